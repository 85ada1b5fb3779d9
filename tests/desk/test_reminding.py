"""The morning's reminder says how many, once, and nothing else."""

from datetime import date, datetime, timedelta

import pytest
from tests.cases.story import NAME, a_case

from romyen.access.models import Member
from romyen.cases import actions
from romyen.desk.reminding import good_morning
from romyen.notices.actions import open_mail
from romyen.notices.models import Mail, Notice
from romyen.rules.spans import BANGKOK

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 7, 30, tzinfo=BANGKOK)
FRIDAY = MONDAY - timedelta(days=3)


@pytest.fixture
def case(world):
    case = a_case(world)
    for day in (9, 9, 10):
        due = date(2026, 3, day)
        actions.add_task(
            case, words="Slippers.", due_on=due, assigned=world.nok.member,
            actor=world.nok, now=world.now,
        )  # fmt: skip
    return case


def letters():
    return [open_mail(mail) for mail in Mail.objects.order_by("queued_at", "pk")]


def test_one_mail_and_one_notice_say_how_many(world, case):
    assert good_morning(now=MONDAY) == 1
    [letter] = letters()
    assert letter["to"] == "nok@example.org"
    assert letter["subject"] == "Romyen"
    assert "Due today: 2" in letter["text"]
    assert "ครบกำหนดวันนี้: 2 รายการ" in letter["text"]
    for secret in (NAME, "Slippers", case.node.code, case.pk, world.team.name):
        assert secret not in str(letter)
    [notice] = Notice.objects.filter(kind="desk.today")
    assert (notice.recipient, notice.count, notice.subject) == (world.nok.id, 2, "")
    page = world.client(world.nok).get("/me/notices").content.decode()
    assert '<a class="govuk-link" href="/calendar">Due today: 2</a>' in page


def test_once_a_day_in_however_many_processes(world, case):
    assert good_morning(now=MONDAY) == 1
    assert good_morning(now=MONDAY + timedelta(minutes=5)) == 0
    Member.objects.filter(pk=world.nok.id).update(reminded_on=date(2026, 3, 8))
    stale = Member.objects.get(pk=world.nok.id)
    Member.objects.filter(pk=world.nok.id).update(reminded_on=MONDAY.date())
    from romyen.desk import reminding

    assert not reminding._remind(stale, MONDAY.date(), MONDAY)
    assert len(letters()) == 1


def test_the_next_morning_takes_the_place_of_the_last(world, case):
    good_morning(now=MONDAY)
    assert good_morning(now=MONDAY + timedelta(days=1)) == 1
    unread = Notice.objects.filter(kind="desk.today", read_at=None)
    assert [notice.count for notice in unread] == [1]


@pytest.mark.parametrize(
    "at",
    [
        MONDAY - timedelta(minutes=1),
        MONDAY.replace(hour=12),
        MONDAY - timedelta(days=1),
        MONDAY - timedelta(days=2),
    ],
)
def test_not_before_half_past_seven_nor_after_noon_nor_at_the_weekend(world, case, at):
    assert good_morning(now=at) == 0
    assert not Member.objects.exclude(reminded_on=None).exists()


def test_what_is_due_at_the_weekend_is_said_on_friday(world, case):
    actions.add_task(
        case, title="contact_her", due_on=date(2026, 3, 8), actor=world.nok, now=world.now
    )
    assert good_morning(now=FRIDAY) == 1
    assert [notice.count for notice in Notice.objects.filter(kind="desk.today")] == [1]


def test_who_has_nothing_due_or_may_not_see_it_hears_nothing(world, case):
    world.exclude(world.nok, case.survivor.node)
    assert good_morning(now=MONDAY) == 0
    assert not letters()
    assert Member.objects.filter(reminded_on=MONDAY.date()).count() == Member.objects.count()


def test_who_has_left_hears_nothing(world, case):
    Member.objects.filter(pk=world.nok.id).update(is_active=False)
    assert good_morning(now=MONDAY) == 0


def test_the_mail_can_be_switched_off_and_the_notice_stays(world, case):
    browser = world.client(world.nok)
    assert "Send me no morning mail" in browser.get("/me").content.decode()
    assert browser.post("/me/reminders", {}).status_code == 302
    assert not Member.objects.get(pk=world.nok.id).reminders
    assert "Send me the morning mail" in browser.get("/me").content.decode()
    assert good_morning(now=MONDAY) == 1
    assert not letters()
    assert Notice.objects.filter(kind="desk.today", recipient=world.nok.id).count() == 1
    browser.post("/me/reminders", {"reminders": "on"})
    assert Member.objects.get(pk=world.nok.id).reminders
