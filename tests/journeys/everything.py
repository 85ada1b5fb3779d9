"""An installation with one of everything, for a browser to look at every page of it.

``python everything.py FOLDER`` tells the sweep's story into FOLDER/data and prints as JSON the
pages that somebody may read, and the cookies of those who read them.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]


def main(folder: Path) -> None:
    """The story, then everyone at a browser of their own, now."""
    from tests.gates.planting import prepare

    os.umask(0o077)

    prepare(folder)
    import django

    django.setup()
    from django.db import transaction
    from django.test.utils import setup_test_environment
    from tests.gates.sweep.cast import players
    from tests.gates.sweep.scene import told

    from romyen import cli

    assert cli.run(["migrate"]) == 0
    setup_test_environment()
    outside = transaction.atomic()
    outside._from_testcase = True  # so that reads may write their own entry
    with outside:
        with told() as scene:
            pages = readable(scene)
        everyday(scene)
        cookies = {name: one.cookies for name, one in players(scene.world).items()}
    sys.stdout.write(f"\n{json.dumps({'pages': pages, 'cookies': cookies})}\n")


def readable(scene: Any) -> list[tuple[str, str, str]]:
    """Every route that shows a page: its entry, an address, and somebody to whom it is open."""
    from tests.gates.sweep.asking import Probe
    from tests.gates.sweep.cast import ALMOST, LOOKERS, TELLERS
    from tests.gates.sweep.expectations import ROUTES
    from tests.gates.sweep.needs import PUBLIC, WAY_IN
    from tests.gates.sweep.questions import Questions
    from tests.gates.sweep.ruling import expected

    asked = Questions(scene, scene.players)
    able = [one for one in (*TELLERS, *scene.players) if one not in (ALMOST, *LOOKERS)]
    found = []
    for name, needs in ROUTES.items():
        if needs.kind in (PUBLIC, WAY_IN) or 200 not in needs.gets:
            continue
        for who in able:
            probe = Probe(name, "GET", who, "mine")
            if expected(scene, probe) == "open":
                answer = asked.ask(probe)
                if answer.status == 200 and b"<html" in answer.content:
                    found.append((name, answer.path, who))
                break
    return found


def everyday(scene: Any) -> None:
    """What a server of today would not know or would end: the sweep's own role, days of March."""
    from romyen.access.doors import clock
    from romyen.access.models import Assignment
    from romyen.exchange.models import Upload

    Assignment.objects.filter(role="almost").update(role="case_manager")
    Assignment.objects.filter(role="location_keeper").update(ends_at=None)
    Upload.objects.update(beat_at=clock())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
