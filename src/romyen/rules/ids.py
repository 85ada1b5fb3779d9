"""Random ids: the only names that records carry in addresses and in the log."""

import secrets
import string

ID_LENGTH = 22
_LETTERS = (string.ascii_letters + string.digits).encode()
_EVEN = 256 - 256 % len(_LETTERS)
_TABLE = bytes(_LETTERS[byte % len(_LETTERS)] for byte in range(256))
_UNEVEN = bytes(range(_EVEN, 256))
"""The bytes that would make some letters likelier than others; they are left out."""


def is_id(text: object) -> bool:
    """Whether this could be one of our ids, so that it may be written down as one."""
    return isinstance(text, str) and len(text) == ID_LENGTH and text.isascii() and text.isalnum()


def new_id() -> str:
    """A fresh id: 22 random letters and digits, without meaning or order.

    131 bits; 128 are the least that OWASP ASVS 5.0 V11.5.1 asks of an unguessable string. No
    dashes: a command would take an id that begins with one for an option.
    """
    letters = b""
    while len(letters) < ID_LENGTH:
        letters += secrets.token_bytes(2 * ID_LENGTH).translate(_TABLE, _UNEVEN)
    return letters[:ID_LENGTH].decode()
