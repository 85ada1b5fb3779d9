"""The migrations make exactly the tables that the models describe."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models


@pytest.mark.django_db
def test_the_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_planted_column_is_found(monkeypatch):
    table = apps.get_model("access", "Team")
    field = models.IntegerField(default=0)
    field.set_attributes_from_name("planted")
    field.model = table
    monkeypatch.setattr(table._meta, "local_fields", [*table._meta.local_fields, field])
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
