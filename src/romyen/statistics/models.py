"""Figures as they were on a day: taken once, the same for everybody, small ones not held at all."""

from django.db import models

from romyen.rules.ids import ID_LENGTH, new_id


class Stock(models.Model):
    """One taking of stock: everything that was counted on a day, before the day ``until``."""

    unsealed = {
        "taken_at": "structure",
        "taken_by": "opaque id",
        "until": "structure",
        "fewest": "rule that was applied",
        "periods": "codes of periods",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=ID_LENGTH)
    until = models.DateField(unique=True)
    fewest = models.PositiveSmallIntegerField()
    periods = models.JSONField()

    def __str__(self) -> str:
        return self.taken_at.isoformat()


class Figure(models.Model):
    """One figure of a stock. Where it is ``hidden`` there is no value: not in the table either."""

    unsealed = {
        "indicator": "code",
        "version": "version of the definition",
        "period": "code",
        "dimension": "code",
        "code": "code of a list",
        "value": "sum over the whole organisation, five people or more",
        "hidden": "why there is no value",
    }

    id = models.BigAutoField(primary_key=True)
    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=8)
    dimension = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    hidden = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stock", "period", "indicator", "dimension", "code"], name="figure_once"
            ),
            models.CheckConstraint(
                condition=models.Q(hidden="", value__isnull=False)
                | (~models.Q(hidden="") & models.Q(value__isnull=True)),
                name="a_value_or_a_reason",
            ),
        ]
