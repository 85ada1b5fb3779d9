"""Keys: who can open what, decided by arithmetic and not by a row that a query forgets.

The hierarchy (security.md §2.1, design §5): the box key seals what the server itself needs;
every user has a key pair; every team has one per compartment; every record has a data key per
compartment; a grant wraps a data key for a holder. Anyone may put in, only holders take out.
"""
