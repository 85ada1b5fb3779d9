"""Data keys that were opened are kept for their person alone, and not a moment longer."""

from dataclasses import replace

import pytest
from tests.linkage.cast import somebody

from romyen.access import rings, walls
from romyen.access.models import OpenRing
from romyen.keys import columns, kept, sealing
from romyen.keys.columns import Column
from romyen.keys.models import Grant
from romyen.survivors.models import Survivor

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world, monkeypatch):
    """A few are many, so that a short story will do."""
    monkeypatch.setattr(kept, "MANY", 2)
    monkeypatch.setattr(sealing.kept, "MANY", 2)
    kept.forget_all_but(())
    return [somebody(world, f"มาลี {number}") for number in range(4)]


def opened(reader):
    [found] = columns.open_columns([Column.of(Survivor.objects.all(), "full_name")], reader.ring)
    return sorted(text for _, text in found)


@pytest.fixture
def unwrapped(monkeypatch):
    """How many keys were unwrapped."""
    seen = []
    unwrap = sealing.open_grant

    def counting(grant, ring):
        seen.append(grant.pk)
        return unwrap(grant, ring)

    monkeypatch.setattr(sealing, "open_grant", counting)
    return seen


def test_the_second_time_nothing_is_unwrapped(world, many, unwrapped):
    names = opened(world.nok)
    assert (len(names), len(unwrapped)) == (4, 4)
    assert opened(world.again(world.nok)) == names
    assert len(unwrapped) == 4


def test_what_is_kept_opens_to_nobody_else(world, many, unwrapped):
    opened(world.nok)
    kept._kept[world.arun.ring.holder_id] = kept._kept[world.nok.ring.holder_id]
    assert kept.recall(world.arun.ring) == {}
    assert kept.recall(world.nok.ring)


def test_other_keys_of_the_same_person_do_not_open_it(world, many):
    """Whoever has another pair under the same name, as after a forgotten passphrase."""
    opened(world.nok)
    stranger = replace(world.arun.ring, holder_id=world.nok.ring.holder_id)
    assert kept.recall(stranger) == {}
    assert not kept.kept_for(world.nok.ring.holder_id)


def test_nothing_readable_lies_in_memory_between_requests(world, many):
    opened(world.nok)
    secrets = kept.recall(world.nok.ring).values()
    assert secrets
    assert not any(secret in blob for secret in secrets for blob in kept._kept.values())


def test_a_grant_that_is_taken_back_closes_at_once(world, many):
    before = opened(world.nok)
    mine = Grant.objects.filter(
        data_key__subject=many[0].pk, holder__in=world.nok.ring.holder_ids()
    )
    mine.delete()
    assert opened(world.nok) == before[1:]


def test_replacing_keys_empties_what_is_kept(world, many):
    opened(world.nok)
    walls.exclude(
        world.prasit.member, many[0].node, reason="relative", actor=world.nok, now=world.now
    )
    assert not kept.kept_for(world.nok.ring.holder_id)
    assert len(opened(world.nok)) == 4


@pytest.mark.parametrize("how", ["end", "wipe", "everywhere", "idle"])
def test_whoever_leaves_keeps_nothing(world, many, how):
    world.client(world.nok)
    world.client(world.arun)
    opened(world.nok)
    opened(world.arun)
    row = OpenRing.objects.get(member=world.nok.member)
    if how == "everywhere":
        rings.wipe_member(world.nok.member)
    elif how == "idle":
        OpenRing.objects.filter(pk=row.pk).update(seen_at=world.now)
        rings.sweep(now=row.opened_at)
    else:
        getattr(rings, how)(row)
    assert not kept.kept_for(world.nok.ring.holder_id)
    assert kept.kept_for(world.arun.ring.holder_id)


def test_signing_out_in_the_browser_empties_it(world, many):
    client = world.client(world.nok)
    opened(world.nok)
    client.post("/sign/out")
    assert not kept.kept_for(world.nok.ring.holder_id)


def test_it_is_bounded(world, many, monkeypatch):
    monkeypatch.setattr(kept, "MOST_PEOPLE", 1)
    monkeypatch.setattr(kept, "MOST_KEYS", 3)
    opened(world.nok)
    opened(world.arun)
    assert not kept.kept_for(world.nok.ring.holder_id)
    assert len(kept.recall(world.arun.ring)) == 3
    assert len(opened(world.arun)) == 4


def test_more_keys_than_one_statement_takes(world, many):
    ids = [*range(10**9, 10**9 + 33_000), *Grant.objects.values_list("data_key", flat=True)]
    assert len(sealing.open_data_keys(ids, world.nok.ring)) >= 4
