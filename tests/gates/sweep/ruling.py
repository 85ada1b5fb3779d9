"""What the rule table says of a question: the answer that has to come.

It is reckoned from ``access.decide`` and the expectation alone; no view, no query of a package
and no ``visible_to`` has a part in it.
"""

from typing import Any

from tests.gates.sweep.asking import Probe
from tests.gates.sweep.expectations import ROUTES
from tests.gates.sweep.needs import ANYWHERE, OWN, PUBLIC, WAITING, WAY_IN, Needs
from tests.gates.sweep.scene import HERE, THERE, Scene, node_of

from romyen.access import Node, Reader, decisions
from romyen.access.decisions import READ


def expected(scene: Scene, probe: Probe) -> str:
    """public, sign in, wait, absent, denied or open."""
    needs, player = ROUTES[probe.route], scene.players[probe.who]
    if needs.kind == PUBLIC:
        return "public"
    if not player.signed_in or player.reader is None:
        return "sign in"
    if not player.admitted and probe.route not in WAITING:
        return "wait"
    if needs.kind == OWN:
        return _own(scene, probe, needs, player.reader)
    if needs.kind == WAY_IN:
        return "open"
    if needs.kind == ANYWHERE:
        return _anywhere(scene, probe, needs, player.reader)
    return _on_record(scene, probe, needs, player.reader)


def stands(probe: Probe) -> bool:
    """Whether the question names what is really there."""
    return probe.objects in (HERE, THERE) or probe.objects == "odd query"


def _own(scene: Scene, probe: Probe, needs: Needs, reader: Reader) -> str:
    """Whose thing it is decides, whatever anyone's role."""
    if not needs.on:
        return "open"
    mine = stands(probe) and thing_of(scene, probe).member_id == reader.id
    return "open" if mine else "absent"


def _anywhere(scene: Scene, probe: Probe, needs: Needs, reader: Reader) -> str:
    verbs = needs.verb(probe.method).split("&")
    if not all(decisions.can(reader, verb, now=scene.world.now) for verb in verbs):
        return "denied"
    return "open" if stands(probe) or needs.filters else "absent"


def _on_record(scene: Scene, probe: Probe, needs: Needs, reader: Reader) -> str:
    if not stands(probe):
        return "absent"
    node = record_of(scene, probe)
    if not _does(scene, reader, needs.sees or READ[node.kind], node):
        return "absent"
    return "open" if _does(scene, reader, needs.verb(probe.method), node) else "denied"


def thing_of(scene: Scene, probe: Probe) -> Any:
    """What the first parameter names: it decides."""
    kind = next(iter(ROUTES[probe.route].on.values()))
    return scene.things[THERE if probe.objects == THERE else HERE][kind]


def record_of(scene: Scene, probe: Probe) -> Node:
    """The record that it belongs to."""
    return node_of(thing_of(scene, probe))


def _does(scene: Scene, reader: Reader, verbs: str, node: Node) -> bool:
    """Whether the reader does one of the verbs there."""
    return any(
        decisions.decide(reader, verb, node, now=scene.world.now) for verb in verbs.split("|")
    )
