"""Counting: what is taken, when, and how it is as it was then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from tests.leads.story import a_lead, a_station, passed
from tests.prevention.story import a_session

from romyen import access
from romyen.audit.models import Entry
from romyen.cases import actions as cases
from romyen.keys.fields import SealedField
from romyen.leads.models import Lead
from romyen.prevention.models import Session
from romyen.rules.refusals import Refusal
from romyen.statistics import actions
from romyen.statistics.counting import count, relations
from romyen.statistics.indicators import book
from romyen.statistics.models import Figure, Stock
from romyen.statistics.periods import period, window
from romyen.survivors import actions as survivors
from romyen.survivors.particulars import Particulars

APRIL = datetime(2026, 4, 2, 3, 0, tzinfo=UTC)


def of(code, cells):
    """The cells of an indicator as {(period, dimension, code): value}."""
    return {cell: one.value for cell, one in cells.items() if cell[1] == code or not code}


def counted(code, now=APRIL):
    return count(book().indicators[code], window(now, book().years))


def test_only_quarters_that_are_over_are_counted():
    asked = window(APRIL, 2)
    assert [one.code for one in asked.quarters] == [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1",
    ]  # fmt: skip
    assert asked.until == date(2026, 4, 1)
    # in Thailand the quarter is over seven hours earlier
    assert window(datetime(2026, 3, 31, 17, 0, tzinfo=UTC), 2).until == date(2026, 4, 1)
    assert window(datetime(2026, 3, 31, 16, 59, tzinfo=UTC), 2).until == date(2026, 1, 1)
    assert [one.code for one in window(datetime(2026, 1, 9, tzinfo=UTC), 2).years] == ["2025"]


def test_a_period_is_read_back_from_its_code():
    assert (period("2026-Q4").begin, period("2026-Q4").end) == (date(2026, 10, 1), date(2027, 1, 1))
    assert (period("2026").quarter, period("2026").end) == (0, date(2027, 1, 1))


def test_leads_are_counted_by_the_day_in_thailand_and_by_what_they_say(world):
    a_lead(world, place="500101", exploitation=["ForcedLabour", "ForcedCriminalityScam"])
    a_lead(world, place="10", source="police", child="yes_child")
    late = a_lead(world)
    # the last hour of the quarter in Bangkok, and the first of the next
    Lead.objects.filter(pk=late.pk).update(received_at=datetime(2026, 3, 31, 16, 30, tzinfo=UTC))
    after = a_lead(world)
    Lead.objects.filter(pk=after.pk).update(received_at=datetime(2026, 3, 31, 17, 30, tzinfo=UTC))
    cells = counted("leads_received")
    assert cells["2026-Q1", "", ""].value == cells["2026", "", ""].value == 3
    assert cells["2026-Q1", "province", "50"].value == 1
    assert cells["2026-Q1", "province", "unknown"].value == 1
    assert cells["2026-Q1", "exploitation", "ForcedCriminalityScam"].value == 1
    assert cells["2026-Q1", "source", "police"].value == 1
    assert counted("leads_children")["2026", "", ""].value == 1


def test_every_indicator_counts_an_empty_organisation_and_adds_up(world):
    asked = window(APRIL, book().years)
    for indicator in book().indicators.values():
        assert count(indicator, asked) == {}, indicator.code
        assert relations(indicator, {}, asked) == []


def test_parts_add_up_to_their_whole_wherever_they_are_said_to(world):
    for number in range(7):
        a_lead(world, source="police" if number % 2 else "public", place="50" if number else "")
    cells = counted("leads_received")
    asked = window(APRIL, book().years)
    known = relations(book().indicators["leads_received"], cells, asked)
    assert known
    for relation in known:
        *parts, whole = [cells[cell].value if cell in cells else 0 for cell in relation]
        assert sum(parts) == whole, relation


def test_cases_stand_open_at_the_end_of_a_period_until_they_are_closed(world):
    her = survivors.register(
        Particulars(gender="Feminine"), team=world.team.node, actor=world.nok, now=world.now
    )
    case = cases.open_case(her, manager=world.nok.member, actor=world.nok, now=world.now)
    assert counted("cases_open")["2026-Q1", "", ""].value == 1
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_on=date(2026, 3, 31))
    assert counted("cases_open") == {}
    type(case).objects.filter(pk=case.pk).update(closed_on=date(2026, 4, 1))
    assert counted("cases_open")["2026", "", ""].value == 1


def test_reach_is_summed_by_sex_and_age(world):
    a_session(world, reach={"f:13": 20, "m:13": 11})
    a_session(world, on=date(2025, 12, 1), reach={"f:25": 4})
    cells = counted("people_reached")
    assert cells["2026-Q1", "sex", "f"].value == 20
    assert cells["2026", "age", "13"].value == 31
    assert cells["2025-Q4", "", ""].value == 4
    assert counted("sessions_held")["2026", "kind", "school"].value == 1


def test_nights_are_those_within_the_quarter():
    from romyen.statistics.counting import _overlap

    asked = window(APRIL, 2)
    first = next(one for one in asked.quarters if one.code == "2026-Q1")
    assert _overlap(date(2025, 12, 30), date(2026, 1, 3), first, asked) == 2
    assert _overlap(date(2026, 3, 30), None, first, asked) == 2
    assert _overlap(date(2026, 3, 30), date(2026, 3, 30), first, asked) == 0
    assert _overlap(date(2025, 1, 1), date(2025, 2, 1), first, asked) == 0


# --- taking stock


def test_stock_is_taken_once_a_quarter_and_stays_as_it_was(world):
    for _number in range(6):
        a_lead(world)
    stock = actions.take_stock(actor=world.nok, now=APRIL)
    whole = stock.figures.get(indicator="leads_received", period="2026-Q1", dimension="")
    assert (whole.value, whole.hidden, whole.version) == (6, "", 1)
    assert (stock.until, stock.fewest) == (date(2026, 4, 1), 5)
    a_lead(world)
    with pytest.raises(Refusal) as caught:
        actions.take_stock(actor=world.nok, now=APRIL + timedelta(days=60))
    assert caught.value.code == "RY-STATISTICS-TAKEN"
    assert stock.figures.get(pk=whole.pk).value == 6
    again = actions.take_stock(actor=world.nok, now=APRIL + timedelta(days=95))
    figure = again.figures.get(indicator="leads_received", period="2026-Q1", dimension="")
    assert figure.value == 7
    assert Stock.objects.count() == 2
    entry = Entry.objects.filter(verb="statistics.take").first()
    assert entry.actor == world.nok.id


def test_a_small_number_stands_in_no_table(world):
    a_station_receipts = passed(world, a_lead(world), a_station(world))
    assert a_station_receipts.pk
    for source in ("public", "public", "public", "police"):
        a_lead(world, source=source)
    stock = actions.take_stock(actor=world.nok, now=APRIL)
    small = stock.figures.filter(hidden="few")
    assert small.exists()
    assert set(small.values_list("value", flat=True)) == {None}
    police = stock.figures.get(indicator="leads_received", period="2026", code="police")
    public = stock.figures.get(indicator="leads_received", period="2026", code="public")
    assert (police.value, police.hidden) == (None, "few")
    assert (public.value, public.hidden) == (None, "few") or public.hidden == "guard"
    values = stock.figures.exclude(value=None).exclude(indicator__in=("sessions_held",))
    assert min(values.values_list("value", flat=True)) >= 5


def test_who_reads_only_does_not_count_and_the_chore_does_it_by_itself(world):
    for reader in (world.arun, world.mali, world.wit, world.pim, world.dao):
        with pytest.raises(Refusal) as caught:
            actions.take_stock(actor=reader, now=APRIL)
        assert caught.value.code == "RY-ACCESS-DENIED"
    assert actions.take_due(now=APRIL).taken_by == access.operator().id
    assert actions.take_due(now=APRIL + timedelta(days=1)) is None
    assert actions.take_due(now=APRIL + timedelta(days=91)) is not None


def test_an_exclusion_changes_no_figure(world):
    for _number in range(6):
        lead = a_lead(world)
    world.exclude(world.prasit, lead.node)
    world.exclude(world.nok, lead.node)
    stock = actions.take_stock(actor=world.nok, now=APRIL)
    whole = stock.figures.get(indicator="leads_received", period="2026-Q1", dimension="")
    assert whole.value == 6


# --- the data


def test_indicators_name_columns_that_exist_and_are_open():
    for indicator in book().indicators.values():
        model = apps.get_model(indicator.table)
        names = [*indicator.day, *indicator.sum, *(one.field for one in indicator.by)]
        names += [name.removesuffix("__isnull").removesuffix("__in") for name in indicator.where]
        for name in [*names, *([indicator.people] if indicator.people else [])]:
            column = _column(model, name)
            assert not isinstance(column, SealedField), (indicator.code, name)


def _column(model, path) -> models.Field:
    *way, last = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def test_the_number_of_questions_does_not_grow_with_the_records(world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            for code in book().indicators:
                counted(code)
        return len(queries)

    few = asked()
    for _number in range(5):
        a_lead(world)
        a_session(world, reach={"f:13": 9})
    assert asked() == few
    assert Session.objects.count() == 5
    assert not Figure.objects.exists()
