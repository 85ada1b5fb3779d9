"""What an answer gives away: records and sealed words that are closed to whoever asked."""

from typing import Any

from django.apps import apps
from tests.gates.canaries import LATIN, Canaries
from tests.gates.sweep.asking import Answer, Probe
from tests.gates.sweep.expectations import ROUTES
from tests.gates.sweep.needs import RECORD
from tests.gates.sweep.ruling import expected, record_of
from tests.gates.sweep.scene import HERE, THERE, Scene

from romyen.access import Node, Reader, decisions
from romyen.access.decisions import READ, ancestry
from romyen.access.roles import roles
from romyen.keys.compartments import LOCATION
from romyen.keys.sealing import decrypt_rows, sealed_fields

RECORDS = tuple(kind for kind in READ if kind not in ("team", "organisation"))


class Leaks:
    """Knows every record's id and code, and under which key each canary lies."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        records = list(Node.objects.filter(kind__in=RECORDS))
        self._names = {name: node for node in records for name in (node.pk, node.code)}
        self._cases = [node for node in records if node.kind == "case"]
        nodes = {node.pk: node for node in records}
        # nobody opens everything: what counsellors hold is closed to those who lead
        readers = scene.world.readers.values()
        places = [one for who in readers for one in sealed_places(who, scene.canaries).items()]
        self._sealed = {place: (nodes[subject], key) for place, (_, subject, key) in places}

    def of(self, probe: Probe, answer: Answer) -> list[str]:
        """What the answer betrays to whoever asked."""
        reader, text = self.scene.players[probe.who].reader, answer.text
        given = f"{answer.path} {answer.body}{self._asked_for(probe)}"
        found = [
            f"the {node.kind} {name}"
            for name, node in self._names.items()
            if name in text and name not in given and not self._may_know(reader, node)
        ]
        sung = set(self.scene.canaries.sung(text)) & self._sealed.keys() if LATIN in text else set()
        closed = [place for place in sung if not self._may_read(reader, *self._sealed[place])]
        return sorted([*found, *(f"sealed words ({place})" for place in closed)])

    def _asked_for(self, probe: Probe) -> str:
        """The record that an open page is about; whoever traces it need not read it."""
        about = ROUTES[probe.route].kind == RECORD and probe.objects in (HERE, THERE)
        if not about or expected(self.scene, probe) != "open":
            return ""
        node = record_of(self.scene, probe)
        return f" {node.pk} {node.code}"

    def _may_know(self, reader: Reader | None, node: Node) -> bool:
        if reader is None or not reader.member.is_active:
            return False
        if decisions.decide(reader, READ[node.kind], node, now=self.scene.world.now):
            return True
        # whoever reads a case knows whose it is, though perhaps not her file
        hers = [case for case in self._cases if case.parent_id == node.pk]
        return node.kind == "survivor" and any(self._may_know(reader, case) for case in hers)

    def _may_read(self, reader: Reader | None, node: Node, compartment: str) -> bool:
        if reader is None or not self._may_know(reader, node):
            return False
        up, now = ancestry(node), self.scene.world.now
        up = [node.pk] if compartment == LOCATION else up  # no role on a team opens an address
        held = [a for a in reader.facts.assignments if a.node in up and a.holds(now)]
        return any(compartment in roles()[a.role].compartments for a in held)


def sealed_places(reader: Reader, canaries: Canaries) -> dict[str, tuple[str, str, str]]:
    """Every canary that the reader's keys find in a sealed column: column, record, compartment."""
    found = {}
    for model in apps.get_models():
        fields = sealed_fields(model)
        for row, values in opened(model, list(fields), reader):
            for name, text in values.items():
                for place in canaries.sung(text) if isinstance(text, str) else ():
                    column = f"{model._meta.label}.{name}"
                    found[place] = (column, row.sealed_subject(), fields[name].compartment)
    return found


def opened(model: Any, fields: list[str], reader: Reader) -> list[tuple[Any, dict[str, Any]]]:
    """Every row of a table with its sealed values, as far as the reader's keys open them."""
    rows = list(model._default_manager.all()) if fields else []
    opened = decrypt_rows(rows, fields, reader.ring) if rows else {}
    return [(row, opened[row.pk]) for row in rows]
