"""Sealed fields: columns whose values print as ••• and open only to a ring."""

from typing import Any, Protocol

from django.db import models

from romyen.keys.compartments import COMPARTMENTS

MASK = "•••"
FORMAT = b"R1"
HEAD_BYTES = len(FORMAT) + 8


class SealedRow(Protocol):
    """A model whose rows hold sealed values: it names the subject whose data keys seal them."""

    pk: Any

    def sealed_subject(self) -> str:
        """The id of the protected record (its node) that this row belongs to."""
        ...


class Sealed:
    """A value in its sealed form. It knows its place and its data key, and prints as •••."""

    __slots__ = ("blob", "column", "compartment", "row", "table")

    def __init__(self, blob: bytes, *, table: str, column: str, row: str, compartment: str) -> None:
        self.blob = blob
        self.table = table
        self.column = column
        self.row = row
        self.compartment = compartment

    @property
    def data_key_id(self) -> int:
        """The data key that seals this value."""
        return int.from_bytes(self.blob[len(FORMAT) : HEAD_BYTES])

    @property
    def body(self) -> bytes:
        """Nonce and ciphertext."""
        return self.blob[HEAD_BYTES:]

    def __str__(self) -> str:
        return MASK

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.blob == other.blob

    def __hash__(self) -> int:
        return hash(self.blob)


def place(table: str, column: str, row: str, data_key_id: int) -> bytes:
    """The associated data of a value: table, column, row and key version (design §5)."""
    return f"{table}|{column}|{row}|{data_key_id}".encode()


class SealedAttribute:
    """The attribute of a sealed field: reading gives a Sealed, plain text cannot be assigned."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        blob = instance.__dict__[self.field.attname]
        if blob is None:
            return None
        return Sealed(
            blob,
            table=instance._meta.db_table,
            column=self.field.attname,
            row=str(instance.pk),
            compartment=self.field.compartment,
        )

    def __set__(self, instance: models.Model, value: object) -> None:
        if isinstance(value, Sealed):
            value = value.blob
        if isinstance(value, memoryview):
            value = bytes(value)
        if value is not None and not (isinstance(value, bytes) and value.startswith(FORMAT)):
            raise TypeError(f"{self.field.name} takes sealed values only; use access.seal()")
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of sealed text, in one compartment of its record. Empty is NULL.

    The attribute is a :class:`Sealed` or None; ``access.seal`` sets it, ``access.reveal`` is the
    only way to the plain text.
    """

    def __init__(self, *, compartment: str, **options: Any) -> None:
        if compartment not in COMPARTMENTS:
            raise ValueError(f"unknown compartment {compartment}")
        self.compartment = compartment
        options.setdefault("null", True)
        options.setdefault("blank", True)
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """As Django's, with the compartment."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["compartment"] = self.compartment
        return name, path, args, kwargs

    def contribute_to_class(
        self, cls: type[models.Model], name: str, *args: Any, **kw: Any
    ) -> None:
        """Put the sealing attribute on the model."""
        super().contribute_to_class(cls, name, *args, **kw)
        setattr(cls, self.attname, SealedAttribute(self))

    def value_from_object(self, obj: models.Model) -> Any:
        """The raw column, for Django's own machinery."""
        return obj.__dict__.get(self.attname)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The raw column."""
        return model_instance.__dict__.get(self.attname)
