"""Every column is sealed, or says why it may be open."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from romyen.keys.fields import SealedField


def faults(table: type[models.Model]) -> list[str]:
    """Open columns without a reason, reasons without a column, sealed ones without a subject.

    Primary and foreign keys need no reason: they are random ids (or say so in ``new_id``).
    """
    reasons = getattr(table, "unsealed", {})
    fields = table._meta.concrete_fields
    label = table._meta.label
    open_ones = [
        field.name
        for field in fields
        if not (isinstance(field, SealedField) or field.primary_key or field.remote_field)
    ]
    found = [
        f"{label}.{name} is neither sealed nor excused"
        for name in open_ones
        if not reasons.get(name)
    ]
    known = {field.name for field in fields}
    found += [
        f"{label}.unsealed names {name}, which is no column"
        for name in reasons
        if name not in known
    ]
    sealed = {field.name for field in fields if isinstance(field, SealedField)}
    found += [f"{label}.{name} is sealed and excused" for name in sorted(sealed & set(reasons))]
    if sealed and not hasattr(table, "sealed_subject"):
        found.append(f"{label} seals columns but names no subject")
    return found


def test_every_column_is_sealed_or_excused():
    ours = [table for table in apps.get_models() if table.__module__.startswith("romyen.")]
    assert ours
    assert [fault for table in ours for fault in faults(table)] == []


@isolate_apps("romyen.leads")
def test_planted_columns_are_found():
    class Planted(models.Model):
        unsealed = {"colour": "shown to all", "gone": "no such column", "name": "sealed"}
        name = SealedField(compartment="identity")
        nickname = models.CharField(max_length=20)
        colour = models.CharField(max_length=20)

        class Meta:
            app_label = "leads"

    assert faults(Planted) == [
        "leads.Planted.nickname is neither sealed nor excused",
        "leads.Planted.unsealed names gone, which is no column",
        "leads.Planted.name is sealed and excused",
        "leads.Planted seals columns but names no subject",
    ]
