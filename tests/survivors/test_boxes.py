"""A box of another package on her page: offered to those who do its verb on her record."""

import pytest
from django.urls import resolve

from romyen.access.context import doing
from romyen.pages.slots import slots_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(malee, monkeypatch):
    """The box of her cases, as if it asked for ``operation.read``; its address."""
    url = f"/cases/of-survivor/{malee.pk}"
    monkeypatch.setattr(resolve(url).func, "slot_verb", "operation.read")
    return url


def test_a_box_stands_only_in_the_pages_of_those_who_do_its_verb(world, malee, box):
    page = f"/survivors/{malee.pk}"
    assert box in world.client(world.nok).get(page).content.decode()
    assert box not in world.client(world.arun).get(page).content.decode()


def test_without_a_reader_a_box_that_asks_for_a_verb_is_not_offered(malee, box):
    assert slots_of("survivor", malee.pk) == []


def test_what_is_offered_costs_one_query(world, malee, django_assert_num_queries):
    assert world.nok.facts.active
    does = doing(world.nok)
    with django_assert_num_queries(1):
        assert does("survivor.read", malee.pk)
        assert not does("audit.read", malee.pk)
    assert not does("survivor.read", "nobody")
