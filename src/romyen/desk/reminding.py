"""The morning's reminder: how many things are due, never which, whose or where."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import override

from romyen.access.actors import Away
from romyen.access.models import Member
from romyen.desk.dues import gather
from romyen.notices.actions import notify, outdate, queue_mail
from romyen.rules.spans import BANGKOK

BEGINS, ENDS = time(7, 30), time(12)
"""In Bangkok. A server that slept through the morning says nothing in the afternoon."""
WEEKEND = (5, 6)
KIND = "desk.today"


def good_morning(*, now: datetime) -> int:
    """Remind whoever has something due before the next working day; how many were reminded.

    A chore beside the server, in any number of processes; opens nothing.
    """
    here = now.astimezone(BANGKOK)
    if here.weekday() in WEEKEND or not BEGINS <= here.time() < ENDS:
        return 0
    today = here.date()
    people = Member.objects.filter(is_active=True, admitted_at__isnull=False, holder__isnull=False)
    waiting = people.filter(Q(reminded_on=None) | Q(reminded_on__lt=today))
    return sum(_remind(member, today, now) for member in waiting)


def _remind(member: Member, today: date, now: datetime) -> bool:
    since, until = _start(today), _start(_next_working_day(today))
    actor = Away(member.pk, member=member)
    found = gather(actor, since=since, until=until, mine=True, now=now)
    count = len(found.dues)
    with transaction.atomic():
        marked = Member.objects.filter(pk=member.pk, reminded_on=member.reminded_on)
        if not marked.update(reminded_on=today) or not count:
            return False
        outdate(member.pk, KIND, now=now)
        notify([member.pk], KIND, count=count, now=now)
        if member.reminders:
            queue_mail(to=member.email, subject="Romyen", text=_letter(count), now=now)
    return True


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def _next_working_day(day: date) -> date:
    """The next day on which a reminder comes; what is due on a weekend is said on Friday."""
    day += timedelta(days=1)
    while day.weekday() in WEEKEND:
        day += timedelta(days=1)
    return day


def _letter(count: int) -> str:
    """The letter in every language of the house: nobody's choice of one is kept."""
    parts = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            parts.append(render_to_string("desk/morning.txt", {"count": count}))
    return "\n".join([*parts, settings.ROMYEN_ORIGIN, ""])
