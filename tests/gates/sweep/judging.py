"""The sweep: asks every question and compares the answer with what the rule table says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from tests.gates.sweep.asking import Answer, Probe
from tests.gates.sweep.cast import ALMOST, FEW, ONLY_TELL
from tests.gates.sweep.expectations import ROUTES
from tests.gates.sweep.leaks import Leaks
from tests.gates.sweep.needs import WAY_IN
from tests.gates.sweep.questions import CURIOUS, Questions, route_of
from tests.gates.sweep.ruling import expected, stands
from tests.gates.sweep.scene import Scene

COUNTED = ("dao", "prasit", "suda", "guest")
"""Whose hidden answers also take no more and no fewer questions to the database."""


@dataclass
class Report:
    """What a sweep found."""

    probes: int = 0
    routes: set[str] = field(default_factory=set)
    unexpected: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        many = len(self.unexpected)
        return f"{len(self.routes)} routes, {self.probes} probes, {many} unexpected answers"


class Sweep:
    """A scene, the questions, and the judge."""

    def __init__(self, scene: Scene, *, few: bool = False) -> None:
        self.scene = scene
        everyone = [who for who in scene.players if who not in ONLY_TELL]
        self.questions = Questions(scene, FEW if few else everyone)
        self._nothings: dict[tuple[str, ...], Answer] = {}
        self._sent: Counter[str] = Counter()

    @cached_property
    def leaks(self) -> Leaks:
        """What each answer may not give away."""
        return Leaks(self.scene)

    def run(self, names: Iterable[str]) -> Report:
        """Ask everything about these entries of the table."""
        report = Report()
        for name in names:
            report.routes.add(route_of(name))
            for probe in self.questions.probes(name):
                report.probes += 1
                report.unexpected += [f"{probe}: {fault}" for fault in self.faults(probe)]
            if ROUTES[name].writes and not self._sent[name]:
                # a form that nobody could send proves nothing about those who may not send it
                report.unexpected.append(f"POST {name}: nobody's form was taken")
        return report

    def faults(self, probe: Probe) -> list[str]:
        """Whatever is wrong with the answer to one question."""
        try:
            answer = self.questions.ask(probe)
        except NoReverseMatch:  # the address itself refuses an odd id
            return [] if probe.objects == "odd id" else ["no such address"]
        judge = getattr(self, f"_{expected(self.scene, probe).replace(' ', '_')}")
        broken = [f"status {answer.status}"] if answer.status >= 500 else []
        betrayed = [f"betrays {one}" for one in self.leaks.of(probe, answer)]
        return [*broken, *judge(probe, answer), *betrayed]

    # --- one judge for each answer of the rule table

    def _public(self, probe: Probe, answer: Answer) -> list[str]:
        fits = probe.method == "POST" or answer.status in ROUTES[probe.route].gets
        return [] if fits else [f"status {answer.status}"]

    def _sign_in(self, probe: Probe, answer: Answer) -> list[str]:
        return _led_to("account_login", answer) + _changes(answer)

    def _wait(self, probe: Probe, answer: Answer) -> list[str]:
        return _led_to("access:waiting", answer) + _changes(answer)

    def _denied(self, probe: Probe, answer: Answer) -> list[str]:
        """Says no; saying that there is nothing is a no as well."""
        absent = answer.status == 404 and answer.content == self._nowhere.content
        no = absent or answer.status in (403, 405)
        return ([] if no else [f"status {answer.status}, not 403"]) + _changes(answer)

    def _absent(self, probe: Probe, answer: Answer) -> list[str]:
        """Says exactly what it says of an id that nobody has, and takes as long to say it."""
        found = _changes(answer)
        if answer.status not in (403, 404, 405):
            return [*found, f"status {answer.status}, not 404"]
        nothing = self._nothing(probe, CURIOUS if answer.status == 404 else probe.who)
        if answer.said != nothing.said:
            found.append(f"differs from an absent one: {_difference(answer, nothing)}")
        if probe.who in COUNTED and stands(probe):
            takes = self._nothing(probe, probe.who).statements
            if answer.statements != takes:
                found.append(f"takes {answer.statements} statements, an absent one {takes}")
        return found

    def _open(self, probe: Probe, answer: Answer) -> list[str]:
        needs = ROUTES[probe.route]
        if probe.objects == "odd query":
            return _changes(answer)  # any calm answer will do
        if probe.method == "GET":
            fits = answer.status in needs.gets
            return ([] if fits else [f"status {answer.status}"]) + _changes(answer)
        taken = answer.status in (200, 302) and (bool(answer.changed) or not needs.writes)
        self._sent[probe.route] += taken
        fits = answer.status in (*needs.posts, 405) or needs.kind == WAY_IN
        return [] if fits else [f"status {answer.status}"]

    def _nothing(self, probe: Probe, who: str) -> Answer:
        """The answer for an id that nobody has."""
        key = probe.route, probe.method, who, probe.without if who == ALMOST else ""
        if key not in self._nothings:
            self._nothings[key] = self.questions.ask(Probe(*key[:3], "absent", key[3]))
        return self._nothings[key]

    @cached_property
    def _nowhere(self) -> Answer:
        return self.questions.nowhere()


def _led_to(name: str, answer: Answer) -> list[str]:
    to = answer.headers.get("Location", "").partition("?")[0]
    right = answer.status == 302 and to == reverse(name)
    return [] if right else [f"status {answer.status} to {to or 'nowhere'}, not to {name}"]


def _changes(answer: Answer) -> list[str]:
    return [f"changed {table}" for table in sorted(answer.changed)]


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"status {one.status} against {other.status}"
    if one.content == other.content:
        return f"headers {one.headers} against {other.headers}"
    pairs = enumerate(zip(one.content, other.content, strict=False))
    shorter = min(len(one.content), len(other.content))
    at = next((n for n, (a, b) in pairs if a != b), shorter)
    return f"byte {at}: {one.content[at : at + 20]!r} against {other.content[at : at + 20]!r}"
