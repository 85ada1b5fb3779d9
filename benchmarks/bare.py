"""The same pages without decisions, audit and decryption: what the walls of a page cost.

The baseline answers every question of access as it was answered once with the walls up, opens
every value from memory, writes no entry, and finds the reader ready without opening a ring. Its
lists are those of one team. It exists here only: nothing in the application can be switched off.
"""

import sys
from contextlib import contextmanager


class Bare:
    """Records how the walls answered, and replays it with the walls down.

    ``swaps`` are (owner, name, what stood there, what stands there while bare).
    """

    def __init__(self):
        self.readers, self.decided, self.opened = {}, {}, {}

    @contextmanager
    def watching(self):
        """The walls are up, and their answers are remembered."""
        with swapped(self._watchers()):
            yield

    @contextmanager
    def down(self):
        """The walls are down."""
        with swapped(self._replacements()):
            yield

    def _watchers(self):
        from romyen.access import decisions, middleware
        from romyen.keys import sealing

        decide, can, reader, opens = (
            decisions.decide,
            decisions.can,
            middleware._reader,
            sealing._decrypt,
        )

        def watch_decide(actor, verb, node, *, now):
            answer = decide(actor, verb, node, now=now)
            self.decided[actor.id, verb, node.pk] = answer
            return answer

        def watch_can(actor, verb, *, now):
            answer = can(actor, verb, now=now)
            self.decided[actor.id, verb] = answer
            return answer

        def watch_reader(request, row, now):
            found = reader(request, row, now)
            if found is not None:
                found.facts  # noqa: B018 - asked for once, so that the baseline never asks
                self.readers[row.pk] = (row, found)
            return found

        def watch_opens(parts, ring):
            found = opens(parts, ring)
            for (rows, _fields), values in zip(parts, found, strict=True):
                for row in rows:
                    self.opened.setdefault((type(row), row.pk), {}).update(values[row.pk])
            return found

        return [
            *everywhere(decide, watch_decide),
            *everywhere(can, watch_can),
            *everywhere(reader, watch_reader),
            *everywhere(opens, watch_opens),
        ]

    def _replacements(self):
        from romyen.access import decisions, middleware, rings
        from romyen.audit import actions
        from romyen.keys import sealing

        def row_of(request):
            from romyen.access.rings import _cookie_secret, _hash

            secret = _cookie_secret(request)
            return self.readers[_hash(secret)][0] if secret else None

        def opens(parts, ring):
            return [
                {row.pk: {n: self.opened[type(row), row.pk][n] for n in fields} for row in rows}
                for rows, fields in parts
            ]

        swaps = {
            decisions.decide: lambda actor, verb, node, *, now: self.decided[
                actor.id, verb, node.pk
            ],
            decisions.can: lambda actor, verb, *, now: self.decided[actor.id, verb],
            decisions.require: lambda actor, verb, node, *, now: None,
            decisions.visible_to: lambda actor, verb, queryset, *, now: queryset,
            decisions.first_visible: lambda actor, verb, queryset, *, most, now: list(
                queryset.filter(team=min(actor.facts.teams))[:most]
            ),
            rings.row_of: row_of,
            middleware._reader: lambda request, row, now: row and self.readers[row.pk][1],
            actions.record_alone: lambda **entry: None,
            actions.record: lambda **entry: None,
            sealing._decrypt: opens,
        }
        return [swap for old, new in swaps.items() for swap in everywhere(old, new)]


def everywhere(old, new):
    """Every place of the application that names this function."""
    return [
        (module, name, old, new)
        for path, module in list(sys.modules.items())
        if path.startswith("romyen") and module is not None
        for name, value in list(vars(module).items())
        if value is old
    ]


@contextmanager
def swapped(swaps):
    """Other functions in these places, until the block ends."""
    try:
        for module, name, _old, new in swaps:
            setattr(module, name, new)
        yield
    finally:
        for module, name, old, _new in swaps:
            setattr(module, name, old)
