"""What hangs on the cases of a measured world: events, clocks, notes, tasks; and one caseload."""

from datetime import date, datetime, time, timedelta

from benchmarks.worlds import stories
from romyen import access
from romyen.access import Node
from romyen.access import walls as wall
from romyen.cases.actions.events import deadline_row
from romyen.cases.book import book
from romyen.cases.models import Case, Deadline, Event, Note, Task
from romyen.demo import courses
from romyen.demo.stage import Stage
from romyen.leads.models import Lead
from romyen.partners import actions as partnerwork
from romyen.rules.codes import new_code
from romyen.rules.spans import BANGKOK, local_day
from romyen.survivors import actions as survivorwork


def fill(cases, *, actor, now):
    """Events, a settled clock, two notes and a task for each case that was taken over."""
    nodes = [case.node for case in cases]
    access.found_keys(nodes, ("narrative",), actor=actor, now=now)
    events = [_event(case, *step, actor, now) for case in cases for step in stories.COURSE]
    Event.objects.bulk_create(events)
    Deadline.objects.bulk_create(one for event in events for one in _deadlines(event, now))
    Note.objects.bulk_create(
        _note(case, text, actor, now) for case in cases for text in stories.NOTES
    )
    Task.objects.bulk_create(_task(case, actor, now) for case in cases)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=BANGKOK)


def _event(case, code, after, actor, now):
    event = Event(
        case=case,
        code=code,
        at=_at(case.opened_on + timedelta(days=after)),
        source="official",
        recorded_at=now,
        recorded_by=actor.id,
    )
    access.seal(event, actor=actor, now=now, detail=stories.NOTES[1])
    return event


def _deadlines(event, now):
    """What the law attaches to the event, all of it met in time."""
    for found in book().deadlines(event.code, event.at, facts={}):
        if not found.at_once:
            row = deadline_row(event, found)
            row.met_at, row.settled_at = event.at + timedelta(hours=5), now
            row.settled_by = event.recorded_by
            yield row


def _note(case, text, actor, now):
    note = Note(case=case, kind="case", author=actor.id, at=now)
    access.seal(note, actor=actor, now=now, narrative=text)
    return note


def _task(case, actor, now):
    return Task(
        case=case,
        title="contact_her",
        due_on=local_day(now),
        assigned_id=case.manager_id,
        created_at=now,
        created_by=actor.id,
        done_at=now,
    )


def leads(team, count, dice, *, actor, now):
    """Leads of a team, most of them ended long ago."""
    nodes = Node.objects.bulk_create(
        access.planned_node("lead", team.node, now=now, code=new_code("lead")) for _ in range(count)
    )
    access.found_keys(nodes, ("operations",), actor=actor, now=now)
    Lead.objects.bulk_create(_lead(node, dice, actor, now) for node in nodes)


def _lead(node, dice, actor, now):
    ended = dice.random() < 0.95
    lead = Lead(
        node=node,
        source=dice.choice(("relative", "public", "hotline")),
        imminence=dice.choice(("days", "past", "unknown")),
        place="5001",
        received_at=now,
        taken_by=actor.id,
        status="closed" if ended else "new",
    )
    access.seal(lead, actor=actor, now=now, account=stories.NOTES[0], reporter="ผู้แจ้งสมมติ")
    return lead


def tell_caseload(worker, team, dice, today):
    """The caseload that is measured, told through the verbs as the demo tells its own; ids."""
    stage = Stage({}, {}, today, dice=dice)
    stage.partners = {
        key: partnerwork.record(
            name=f"Partner {key} (fictional)",
            kind="HealthServiceOrganisation",
            country="TH",
            province="50",
            actor=worker,
            now=today - timedelta(days=300),
        )
        for key in ("hospital", "shelter", "lawyer")
    }
    plots = sorted(courses.COURSES)
    for number in range(stories.OPEN_CASES):
        now = today - timedelta(days=3 + 2 * number)
        survivor = survivorwork.register(
            stories.person(dice, number, local_day(now)), team=team.node, actor=worker, now=now
        )
        for purpose in ("interview", "storage"):
            minor = survivor.minor != "no"
            survivorwork.give_consent(
                survivor,
                purpose=purpose,
                giver="both" if minor else "herself",
                guardian="ผู้ปกครองสมมติ" if minor else "",
                way="signed",
                given_on=local_day(now),
                actor=worker,
                now=now,
            )
        survivorwork.raise_alert(survivor, kind="allergy", text="เพนิซิลลิน", actor=worker, now=now)
        row = {"plot": plots[number % len(plots)]}
        courses.kept_up(stage, courses.opened(stage, row, number, survivor, worker, now), worker)
    return sorted(case.pk for case in stage.cases.values())


def walls(worker, team, lead, today):
    """Records of the worker's own team that are hidden from the worker: relatives, say."""
    others = Case.objects.exclude(manager=worker.member).filter(node__team=team.node)
    hidden = [case.survivor for case in others.select_related("survivor__node").order_by("pk")[:3]]
    for survivor in hidden:
        wall.exclude(worker.member, survivor.node, reason="relative", actor=lead, now=today)
    return [survivor.pk for survivor in hidden]
