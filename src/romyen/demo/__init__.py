"""A fictional organisation, seeded, made through the verbs. Every person in it is invented."""
