
import django.db.models.deletion
import romyen.rules.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.CharField(max_length=64)),
                ('note', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('ref', models.CharField(default=romyen.rules.ids.new_id, editable=False, max_length=22, unique=True)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=32)),
                ('verb', models.CharField(max_length=64)),
                ('purpose', models.CharField(blank=True, max_length=120)),
                ('commitment', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='EntrySubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Frontier',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('peaks', models.BinaryField(default=bytes)),
                ('newest', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64)),
                ('handler', models.CharField(max_length=120)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Detail',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='detail', serialize=False, to='audit.entry')),
                ('salt', models.BinaryField(max_length=32)),
                ('body', models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['actor', '-id'], name='audit_entry_by_actor'),
        ),
        migrations.AddField(
            model_name='entrysubject',
            name='entry',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='audit.entry'),
        ),
        migrations.AddConstraint(
            model_name='frontier',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='audit_one_frontier'),
        ),
        migrations.AddField(
            model_name='leaf',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='audit.entry'),
        ),
        migrations.AddField(
            model_name='outbox',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.entry'),
        ),
        migrations.AddIndex(
            model_name='entrysubject',
            index=models.Index(fields=['subject', '-entry'], name='audit_entry_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='entrysubject',
            constraint=models.UniqueConstraint(fields=('entry', 'subject'), name='audit_subject_once'),
        ),
        migrations.AddIndex(
            model_name='outbox',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['due_at'], name='audit_outbox_open'),
        ),
        migrations.AddConstraint(
            model_name='outbox',
            constraint=models.UniqueConstraint(fields=('entry', 'handler'), name='audit_outbox_once'),
        ),
    ]
