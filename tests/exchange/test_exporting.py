"""Cases go out: a key holder's passphrase, a second person, once, and every byte the same."""

from io import StringIO

import pytest
from tests.exchange.htcds.files import DATA
from tests.exchange.tables import CODE, MALEE, OTHER_CODE, table

from romyen import cli
from romyen.access import approvals
from romyen.access.models import Approval
from romyen.audit.models import Entry
from romyen.exchange import queries
from romyen.exchange.actions import ask_export, export
from romyen.exchange.htcds import Mapped, read
from romyen.rules.refusals import Refusal
from romyen.survivors import actions as of_her
from romyen.survivors.models import Survivor
from world import PASSPHRASE

pytestmark = pytest.mark.django_db


def allowed(world, team=None):
    """Nok has asked, Founder has said yes."""
    asked = ask_export(team or world.team, purpose="yearly", actor=world.nok, now=world.now)
    approvals.give(asked, actor=world.founder, now=world.now)
    return asked.pk


def exported(world):
    return export(world.team, approval=allowed(world), actor=world.nok, now=world.now)


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_it_needs_a_second_person_and_is_spent_once(world, bring):
    bring(table(MALEE))
    how = {"actor": world.nok, "now": world.now}
    asked = ask_export(world.team, purpose="yearly", **how)
    assert refused(export, world.team, approval=asked.pk, **how) == "RY-ACCESS-APPROVAL-NEEDED"
    assert refused(approvals.give, asked, **how) == "RY-ACCESS-SELF"
    approvals.give(asked, actor=world.founder, now=world.now)
    assert export(world.team, approval=asked.pk, **how).rows == 1
    assert refused(export, world.team, approval=asked.pk, **how) == "RY-ACCESS-APPROVAL-OVER"


def test_who_may_not_export_cannot_even_ask(world, bring):
    bring(table(MALEE))
    for reader, code in ((world.arun, "RY-ACCESS-DENIED"), (world.dao, "RY-ABSENT")):
        how = {"actor": reader, "now": world.now}
        assert refused(ask_export, world.team, purpose="x", **how) == code
        assert refused(export, world.team, approval=allowed(world), **how) == code


def test_an_approval_of_one_team_does_not_open_another(world, bring):
    bring(table(MALEE), team=world.other_team)
    how = {"actor": world.founder, "now": world.now}
    assert refused(export, world.other_team, approval=allowed(world), **how) == "RY-ABSENT"


def test_one_read_entry_names_everyone(world, bring):
    bring(table(MALEE, {"prs_FirstName": "Nang"}))
    exported(world)
    read_entry = Entry.objects.get(verb="sealed.read", purpose="htcds export")
    named = {row.subject for row in read_entry.subjects.all()}
    assert set(Survivor.objects.values_list("pk", flat=True)) <= named
    assert Entry.objects.filter(verb="exchange.export", actor=world.nok.id).count() == 1


def test_rows_are_sorted_by_code_and_our_own_file_brings_nothing_new(world, bring):
    bring(table({**MALEE, "romyen_code": OTHER_CODE}, {"prs_FirstName": "A", "romyen_code": CODE}))
    made = exported(world)
    records = [o.record for o in Mapped(read(made.content))]
    assert [record.code for record in records] == [CODE, OTHER_CODE]
    assert bring(made.content).unchanged == 2


def test_what_was_changed_here_goes_out_and_comes_back_unchanged(world, bring):
    bring(table(MALEE))
    first = exported(world)
    survivor = Survivor.objects.select_related("node").get()
    of_her.add_name(survivor, kind="nickname", text="Lek", actor=world.arun, now=world.now)
    second = exported(world)
    assert b"Lek" in second.content
    assert bring(first.content).unchanged == bring(second.content).unchanged == 1


def test_whoever_is_hidden_or_void_is_not_in_it(world, bring):
    bring(table({**MALEE, "romyen_code": CODE}, {"prs_FirstName": "A", "romyen_code": OTHER_CODE}))
    hers = Survivor.objects.select_related("node").get(node__code=CODE)
    world.exclude(world.nok, hers.node)
    assert exported(world).rows == 1
    other = Survivor.objects.select_related("node").get(node__code=OTHER_CODE)
    of_her.void(other, reason="entered twice", actor=world.founder, now=world.now)
    assert exported(world).rows == 0


def test_what_the_keys_do_not_open_is_told(world, bring):
    bring(table({**MALEE, "romyen_code": CODE}))
    del world.nok.ring.compartments[
        next(
            pk
            for pk in world.nok.ring.compartments
            if _compartment(pk) == (world.team.pk, "narrative")
        )
    ]
    made = exported(world)
    assert (made.rows, made.closed) == (0, [CODE])
    assert b"Malee" not in made.content


def _compartment(holder_id):
    from romyen.keys.models import Holder

    holder = Holder.objects.get(pk=holder_id)
    return holder.team, holder.compartment


@pytest.fixture
def passphrase(monkeypatch):
    def typed(text=PASSPHRASE):
        monkeypatch.setattr("sys.stdin", StringIO(text + "\n"))

    return typed


def test_from_the_shell(world, bring, tmp_path, capsys, passphrase):
    bring((DATA / "names.csv").read_bytes())
    out = tmp_path / "out.csv"
    words = ["htcds", "export", "--as", "nok@example.org", "--out", str(out), "--passphrase-stdin"]
    passphrase("not her passphrase at all")
    assert cli.run(words) == 1
    assert "RY-KEYS-WRONG-PASSPHRASE" in capsys.readouterr().err
    passphrase()
    assert cli.run(words) == 1
    asked = Approval.objects.get()
    assert f"romyen approvals give {asked.pk}" in capsys.readouterr().out
    assert not out.exists()
    approvals.give(asked, actor=world.founder, now=asked.asked_at)
    passphrase()
    assert cli.run([*words, "--approval", asked.pk]) == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert len([o for o in Mapped(read(out)) if o.record]) == 12
    passphrase()
    assert cli.run([*words, "--approval", asked.pk]) == 1
    assert "RY-HTCDS-FILE-EXISTS" in capsys.readouterr().err


def test_those_of_several_teams_name_one(world):
    founder, now = world.founder, world.now
    assert refused(queries.team_to_export, founder, None, now=now) == "RY-HTCDS-WHICH-TEAM"
    assert queries.team_to_export(founder, "south", now=now) == world.other_team
    assert queries.team_to_export(world.nok, None, now=now) == world.team
    assert refused(queries.team_to_export, world.nok, "South", now=now) == "RY-HTCDS-NO-TEAM"
    assert refused(queries.team_to_export, world.arun, None, now=now) == "RY-ACCESS-DENIED"
