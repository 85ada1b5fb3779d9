"""The law's clocks: an event starts every deadline that the version in force attaches to it.

Which deadlines exist is data (``clockdata.py`` reads it): each with instrument, section, source
and confidence, and the versions of the law side by side. What nobody could verify is said, not
hidden: every deadline names what is unverified about it. Days count in Asia/Bangkok. Where the
way of counting is unknown, calendar days are assumed and the day of the event is not counted
(Civil and Commercial Code s.193/3, itself still to be verified by a lawyer).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from romyen.rules.refusals import refuse
from romyen.rules.spans import (
    BANGKOK,
    Counting,
    Moment,
    Span,
    due_after,
    end_of_day,
    local_day,
    start_of,
)

ClockKind = Literal["maximum", "target", "recurring", "at_once"]
Doubt = Literal["duration", "counting", "start", "conditions", "extension"]
StateName = Literal["running", "extended", "met", "missed", "not_applicable"]
Facts = Mapping[str, bool]


@dataclass(frozen=True)
class Extension:
    """Who may extend: by at most ``step``, to at most ``total`` from the start.

    Without a total it is granted once, unless the source says ``renewable``.
    """

    by: str
    confidence: str
    step: Span | None = None
    total: Span | None = None
    renewable: bool = False


@dataclass(frozen=True)
class Version:
    """What one version of the law says; in force from and to these days (inclusive)."""

    id: str
    instrument: str
    section: str
    source: str
    confidence: str
    duration: Span
    counting: Counting
    valid_from: date | None = None
    valid_to: date | None = None
    extension: Extension | None = None
    schedule: tuple[Span, ...] = ()
    repeat: Span | None = None
    start_known: bool = True
    note: str = ""

    def in_force_on(self, day: date) -> bool:
        """Whether this version applies to an event of that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def span(self, occurrence: int) -> Span | None:
        """How long after the start the n-th deadline falls (from 1); None when there is none."""
        if self.schedule:
            return self.schedule[occurrence - 1] if occurrence <= len(self.schedule) else None
        if occurrence == 1:
            return self.duration
        return self.repeat and _longer(self.duration, self.repeat, occurrence - 1)


@dataclass(frozen=True)
class Clock:
    """One duty with a time. ``when`` holds the facts that have to be so for it to apply."""

    id: str
    step: str
    events: tuple[str, ...]
    en: str
    th: str
    th_status: str
    kind: ClockKind
    actor: str
    when: Facts
    warn_at: tuple[Fraction, ...]
    versions: tuple[Version, ...]

    def label(self, language: str) -> str:
        """The name in that language."""
        return self.th if language.startswith("th") and self.th else self.en

    def version_on(self, day: date) -> Version | None:
        """The version of the law in force on the day of the event."""
        return next((version for version in self.versions if version.in_force_on(day)), None)


@dataclass(frozen=True)
class Event:
    """Something that happened and was entered by a person. ``scope`` is case, lead or organisation.

    ``by_choice`` marks an event that no other step implies: a person has to choose it.
    """

    code: str
    en: str
    th: str
    th_status: str
    scope: str
    by_choice: bool

    def label(self, language: str) -> str:
        """The name in that language."""
        return self.th if language.startswith("th") and self.th else self.en


@dataclass(frozen=True)
class Deadline:
    """A clock that runs: what has to be done, by when, and what is not certain about it.

    ``due`` is aware, in Asia/Bangkok, and the last second that is in time. ``extended_until``
    has replaced an earlier ``due``.
    """

    clock: Clock
    version: Version
    event: str
    started: Moment
    due: datetime
    occurrence: int = 1
    unverified: tuple[Doubt, ...] = ()
    unsure_facts: tuple[str, ...] = ()
    extended_until: datetime | None = None

    @property
    def key(self) -> str:
        """Names this deadline within its event: clock, version of the law, occurrence."""
        return f"{self.clock.id}/{self.version.id}/{self.occurrence}"

    @property
    def at_once(self) -> bool:
        """Whether the law says “at once”: a task, never missed by the clock alone."""
        return self.clock.kind == "at_once"

    @property
    def warnings(self) -> tuple[datetime, ...]:
        """The moments at which to warn: fractions of the time, from the data."""
        begin, shares = start_of(self.started), self.clock.warn_at
        length = self.due - begin
        return tuple(begin + length * share.numerator / share.denominator for share in shares)


@dataclass(frozen=True)
class State:
    """How a deadline stands. ``unverified`` can be true beside any name."""

    name: StateName
    extended: bool
    unverified: bool
    warned: bool = False


@dataclass(frozen=True)
class Book:
    """Every event and clock of one or more data files, checked.

    ``other_steps`` says of each step of the procedure that starts no clock where it lives and why.
    """

    events: Mapping[str, Event]
    clocks: Mapping[str, Clock]
    other_steps: Mapping[str, str] = field(default_factory=dict)

    def event(self, code: str) -> Event:
        """The event with this code; refuses with ``RY-CLOCK-UNKNOWN-EVENT``."""
        found = self.events.get(code)
        if found is None:
            raise refuse("RY-CLOCK-UNKNOWN-EVENT", field="event")
        return found

    def started_by(self, event_code: str) -> list[Clock]:
        """The clocks that an event can start, in the order of the data."""
        self.event(event_code)
        return [clock for clock in self.clocks.values() if event_code in clock.events]

    def deadlines(
        self, event_code: str, at: Moment, *, facts: Facts | None = None
    ) -> list[Deadline]:
        """Every deadline that this event starts, by the law in force on its day.

        A clock with conditions runs when the facts fit; a fact that is not known leaves it
        running, marked unsure. A schedule gives all of its deadlines, a repeating clock the
        first (then ``following``).
        """
        found = []
        for clock in self.started_by(event_code):
            version = clock.version_on(local_day(at))
            if version is not None and _applies(clock.when, facts or {}):
                times = max(1, len(version.schedule))
                unsure = tuple(fact for fact in clock.when if fact not in (facts or {}))
                found += [
                    _deadline(clock, version, event_code, at, n + 1, unsure) for n in range(times)
                ]
        return found

    def again(
        self, key: str, event_code: str, at: Moment, *, extended_until: datetime | None = None
    ) -> Deadline:
        """The deadline that a stored key names, extended if it was. An unknown key: KeyError."""
        clock_id, version_id, occurrence = key.rsplit("/", 2)
        clock = self.clocks[clock_id]
        version = next((v for v in clock.versions if v.id == version_id), None)
        if version is None:
            raise KeyError(key)
        found = _deadline(clock, version, event_code, at, int(occurrence), ())
        if extended_until is None:
            return found
        until = extended_until.astimezone(BANGKOK)
        return replace(found, due=until, extended_until=until)

    def following(self, deadline: Deadline) -> Deadline | None:
        """The next deadline of a repeating clock, once this one is met; else None."""
        version = deadline.version
        if version.repeat is None or version.span(deadline.occurrence + 1) is None:
            return None
        return _deadline(
            deadline.clock,
            version,
            deadline.event,
            deadline.started,
            deadline.occurrence + 1,
            deadline.unsure_facts,
        )


def state(
    deadline: Deadline,
    *,
    met_on: Moment | None = None,
    not_applicable: bool = False,
    now: datetime,
) -> State:
    """How a deadline stands at ``now``. Done too late stays missed; an at-once task waits."""
    extended = deadline.extended_until is not None
    warned = any(moment <= now for moment in deadline.warnings)
    name: StateName = "extended" if extended else "running"
    if not_applicable:
        name = "not_applicable"
    elif met_on is not None:
        name = "met" if deadline.at_once or _in_time(met_on, deadline.due) else "missed"
    elif now > deadline.due and not deadline.at_once:
        name = "missed"
    unverified = bool(deadline.unverified or deadline.unsure_facts)
    return State(name, extended, unverified, warned and name in ("running", "extended"))


def extend(deadline: Deadline, by: str, until: Moment) -> Deadline:
    """The deadline, extended by someone's decision until then.

    Refuses with ``RY-CLOCK-NO-EXTENSION`` when the law knows none by them, ``-EXTEND-SHORT``
    when it would not be later, ``-EXTEND-LONG`` when it would pass what the law allows.
    """
    rule = deadline.version.extension
    if rule is None or rule.by != by:
        raise refuse("RY-CLOCK-NO-EXTENSION", field="by")
    new_due = until.astimezone(BANGKOK) if isinstance(until, datetime) else end_of_day(until)
    if new_due <= deadline.due:
        raise refuse("RY-CLOCK-EXTEND-SHORT", field="until")
    latest = latest_extension(deadline)
    if latest is not None and new_due > latest:
        raise refuse("RY-CLOCK-EXTEND-LONG", field="until", until=latest.date().isoformat())
    doubts: tuple[Doubt, ...] = deadline.unverified
    if rule.confidence != "verified_in_source" and "extension" not in doubts:
        doubts = (*doubts, "extension")
    return replace(deadline, due=new_due, extended_until=new_due, unverified=doubts)


def latest_extension(deadline: Deadline) -> datetime | None:
    """The latest end that one more extension may have; None when the law names no limit."""
    rule, version = deadline.version.extension, deadline.version
    if rule is None:
        return None
    ends = []
    if rule.step is not None:
        again = rule.renewable or rule.total is not None
        base = deadline.due if again else _first_due(deadline)
        ends.append(due_after(base, rule.step, replace(version.counting, first_day=False)))
    if rule.total is not None:
        ends.append(due_after(deadline.started, rule.total, version.counting))
    return min(ends, default=None)


def _first_due(deadline: Deadline) -> datetime:
    """When it was due before any extension."""
    version = deadline.version
    span = version.span(deadline.occurrence) or version.duration
    return due_after(deadline.started, span, version.counting)


def _longer(first: Span, repeat: Span, times: int) -> Span:
    """The first span and so many repeats; the data check that the units agree."""
    return Span(first.value + repeat.value * times, first.unit)


def _deadline(
    clock: Clock,
    version: Version,
    event: str,
    at: Moment,
    occurrence: int,
    unsure: tuple[str, ...],
) -> Deadline:
    """One deadline of a version. An occurrence that it does not have: KeyError."""
    span = version.span(occurrence)
    if span is None:
        raise KeyError(f"{clock.id}/{version.id}/{occurrence}")
    due_at = start_of(at) if clock.kind == "at_once" else due_after(at, span, version.counting)
    return Deadline(clock, version, event, at, due_at, occurrence, doubts(clock, version), unsure)


def doubts(clock: Clock, version: Version) -> tuple[Doubt, ...]:
    """What is not verified about a version: its duration, how days count, when it starts.

    Hours need no rule of counting, and neither does a date for which there is only “at once”.
    """
    found: list[Doubt] = []
    if version.confidence != "verified_in_source":
        found.append("duration")
    if not version.counting.known and version.duration.unit != "hours" and clock.kind != "at_once":
        found.append("counting")
    if not version.start_known:
        found.append("start")
    return tuple(found)


def _applies(when: Facts, facts: Facts) -> bool:
    """Whether no known fact speaks against it."""
    return all(facts.get(fact, wanted) == wanted for fact, wanted in when.items())


def _in_time(met_on: Moment, due_at: datetime) -> bool:
    """Whether it was met in time; a date without an hour has its whole day."""
    if isinstance(met_on, datetime):
        return met_on <= due_at
    return met_on <= local_day(due_at)
