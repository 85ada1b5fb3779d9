"""Random ids: the only names that records carry in addresses and in the log."""

import secrets

ID_BYTES = 16
"""128 bits, the least that OWASP ASVS 5.0 V11.5.1 asks of an unguessable string."""

ID_LENGTH = 22


def new_id() -> str:
    """A fresh id: 128 random bits as 22 URL-safe characters, without meaning or order."""
    return secrets.token_urlsafe(ID_BYTES)
