"""Which questions are asked: every route × method × person × object, and what is typed."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import get_resolver, reverse
from tests.gates.sweep.asking import Answer, Asking, Probe
from tests.gates.sweep.browsing import Typed, forms_to
from tests.gates.sweep.cast import ALMOST, ANYBODY, LOOKERS, TELLERS, give_almost
from tests.gates.sweep.expectations import ROUTES
from tests.gates.sweep.needs import ANYWHERE, PUBLIC, RECORD, WAY_IN, Needs
from tests.gates.sweep.ruling import expected
from tests.gates.sweep.scene import HERE, THERE, Scene

from romyen.rules.ids import new_id

METHODS = ("GET", "POST")
ODD_ID = "ไม่มี'\"<b>" + "x" * 300
ODD_QUERY = "9" * 30
ASKED_FOR = """before code form from imminence kind lead older page province purpose q recipient
service status""".split()
"""What some page or other takes from the query of its address."""
CURIOUS = "nok"
"""Who tries more than her own team's: the other team's, ids of nobody, odd ones, mixed ones.
Everyone else tries what is hers."""
HOUSE = {"partner"}
"""Kinds of things that are no team's own."""


def routes(patterns: Iterable[Any] | None = None, space: str = "") -> Iterator[tuple[str, Any]]:
    """Every route that the resolver knows: its name and its pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from routes(one.url_patterns, inner)
        else:
            yield f"{space}{one.name}", one


def route_of(name: str) -> str:
    """The route of an entry of the table: ``cases:open?lead`` asks ``cases:open`` once more."""
    return name.partition("?")[0]


def package_of(name: str) -> str:
    """The package that a route belongs to; django-allauth's and the pages' own have none."""
    return name.partition(":")[0] if ":" in name else "way in"


def without_expectation() -> list[str]:
    """Routes that nobody has said anything about, and expectations whose route is gone."""
    known = dict(routes())
    said = {route_of(name) for name in ROUTES}
    found = [f"{name}: no expectation" for name in sorted(known.keys() - said)]
    found += [f"{name}: an expectation, and no such route" for name in sorted(said - known.keys())]
    for name, needs in ROUTES.items():
        address = known.get(route_of(name))
        if address and set(needs.on) != _parameters(address, needs):
            found.append(f"{name}: names {sorted(needs.on)}, not the parameters of its address")
    return found


def _parameters(pattern: Any, needs: Needs) -> set[str]:
    return {*pattern.pattern.regex.groupindex, *_in_query(needs)}


def _in_query(needs: Needs) -> list[str]:
    return re.findall(r"{(\w+)}", needs.query)


@cache
def _nobodys() -> str:
    return new_id()


class Questions:
    """Asks about one scene. ``people``: who tries every route."""

    def __init__(self, scene: Scene, people: Iterable[str]) -> None:
        self.scene = scene
        self.people = [who for who in people if who != ALMOST]
        self._asking = Asking(scene.players)
        self._bodies: dict[tuple[str, str], Typed] = {}

    def probes(self, name: str) -> Iterator[Probe]:
        """Every question about one entry of the table."""
        for method in METHODS:
            for who in self._who(name, method):
                yield from (Probe(name, method, who, o) for o in self._objects(name, method, who))
            for missing in self._missing(name, method):
                yield Probe(name, method, ALMOST, HERE, missing)

    def _who(self, name: str, method: str) -> list[str]:
        """Everyone, and whoever's form it is."""
        teller = self._teller(name, HERE)
        roles_matter = ROUTES[name].kind not in (PUBLIC, WAY_IN)
        asking = [who for who in self.people if roles_matter or who in ANYBODY]
        asking += [teller] if teller and teller not in asking else []
        return [who for who in asking if method == "GET" or who not in LOOKERS]

    def _objects(self, name: str, method: str, who: str) -> list[str]:
        needs = ROUTES[name]
        kinds = [kind for kind in needs.on.values() if not kind.startswith("=")]
        odd = ["odd query"] if who == CURIOUS and method == "GET" else []
        if needs.kind == PUBLIC and kinds:
            return [HERE, "absent"]
        if not kinds or who != CURIOUS:
            return [HERE, *odd]
        parts = kinds[1:]
        half = ["half"] if parts else []
        mixed = ["mixed"] if parts and not HOUSE.intersection(parts) else []
        return [HERE, THERE, "absent", *half, *mixed, "odd id", *odd]

    def _missing(self, name: str, method: str) -> list[str]:
        """The verbs that Almost lacks in turn."""
        needs = ROUTES[name]
        if needs.kind not in (ANYWHERE, RECORD):
            return []
        verbs = {needs.verb(method), *([needs.get] if needs.kind == RECORD else [])}
        return sorted({one for verb in verbs for one in verb.split("&")})

    def ask(self, probe: Probe) -> Answer:
        """The site's answer."""
        body = self._body(probe.route, probe.objects) if probe.method == "POST" else None
        give_almost(*(probe.without.split("|") if probe.without else ()))
        path = self.path(probe.route, probe.objects)
        return self._asking.ask(probe.who, probe.method, path, body)

    def nowhere(self) -> Answer:
        """The page of what does not exist."""
        return self._asking.ask(CURIOUS, "GET", "/no/such/address")

    def path(self, name: str, objects: str) -> str:
        """The address of a route for these objects."""
        needs = ROUTES[name]
        chosen = {
            parameter: self._id(kind, objects, first=at == 0)
            for at, (parameter, kind) in enumerate(needs.on.items())
        }
        asked = {one: quote(chosen.pop(one)) for one in _in_query(needs)}
        query = needs.query.format(**asked)
        if objects == "odd query":
            query = "?" + urlencode(dict.fromkeys(ASKED_FOR, ODD_QUERY))
        return reverse(route_of(name), kwargs=chosen) + query

    def _id(self, kind: str, objects: str, *, first: bool) -> Any:
        if kind.startswith("="):
            return kind[1:]
        if objects == "odd id":
            return ODD_ID
        if objects == "absent" or (objects == "half" and not first):
            return _nobodys()
        other = objects == THERE or (objects == "mixed" and not first)
        return self.scene.typed(THERE if other else HERE, kind)

    # --- what is typed

    def _body(self, name: str, objects: str) -> Typed:
        """The page's own form, filled in by someone who may."""
        key = name, THERE if objects == THERE else HERE
        if key not in self._bodies:
            self._bodies[key] = self._filled(*key)
        return self._bodies[key]

    def _filled(self, name: str, side: str) -> Typed:
        path, teller = self.path(name, side), self._teller(name, side)
        given: Typed = {
            key: [self.scene.typed(side, text[1:]) if text.startswith("@") else text]
            for key, text in ROUTES[name].typed.items()
        }
        page = self._asking.ask(teller, "GET", path).text if teller else ""
        forms = forms_to(page, path, path.partition("?")[0])
        forms.sort(key=lambda form: not set(given) <= set(form.fields))
        typed = forms[0].filled(lambda field: f"typed into {field}") if forms else {}
        return {"submission": ["sweep"]} | typed | given

    def _teller(self, name: str, side: str) -> str | None:
        """Somebody for whom the route is open, GET and POST."""
        named = ROUTES[name].teller
        for who in (named,) if named else TELLERS:
            asked = [expected(self.scene, Probe(name, method, who, side)) for method in METHODS]
            if asked == ["open", "open"]:
                return who
        return None
