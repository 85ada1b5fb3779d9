"""The triggers that keep the log append-only."""

from django.db import migrations

from romyen.audit.triggers import lower_guard, raise_guard


def guard(apps, schema_editor):
    raise_guard(schema_editor.connection)


def unguard(apps, schema_editor):
    lower_guard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_the_log")]

    operations = [migrations.RunPython(guard, unguard)]
