"""Building a world: time goes by in batches, as imports of an office's old files would."""

import random
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from benchmarks.worlds import filling, people, stories
from romyen import access, audit
from romyen.cases.actions import taking_over as of_cases
from romyen.rules.spans import local_day
from romyen.survivors.actions import taking_over as of_her

SEED = 2551
YEARS = 10
BATCH = 200
LEADS_EACH = 5
"""One lead for so many survivors."""
OPEN_DAYS = 180
"""Cases of the last half year are still open, as far as caseloads take them."""


class Builder:
    """One world in the making. ``say`` hears how far it is."""

    def __init__(self, survivors, say):
        self.survivors, self.say = survivors, say
        self.dice = random.Random(SEED)
        self.today = timezone.now().replace(microsecond=0)
        self.begun = self.today - timedelta(days=365 * YEARS)
        self.open = {}
        self.number = 0

    def build(self):
        """The whole world; what it was written down as."""
        began = time.perf_counter()
        self.staff = people.gather(self.begun)
        self.worker = self.staff.workers[self.staff.teams[0].pk][0]
        batches = -(-self.survivors // BATCH)
        for batch in range(batches):
            self._batch(self._moment(batch, batches))
            if batch % max(1, batches // 10) == 0:
                self.say(f"  {self.number:,} of {self.survivors:,} survivors")
        team = self.staff.teams[0]
        told = filling.tell_caseload(self.worker, team, self.dice, self.today)
        walled = filling.walls(self.worker, team, self.staff.lead, self.today)
        audit.integrate()
        return {
            "survivors": self.survivors + len(told),
            "cases": told,
            "walled": walled,
            "phone": people.SEED,
            "built_in_seconds": round(time.perf_counter() - began),
        }

    def _moment(self, batch, batches):
        """Batches lie evenly over the years; the last one a day ago."""
        return self.today - timedelta(
            days=1, seconds=int((batches - 1 - batch) / batches * 365 * YEARS * 86400)
        )

    def _batch(self, now):
        """So many files and cases of one team, in one transaction."""
        count = min(BATCH, self.survivors - self.number)
        team = self.dice.choice(self.staff.teams)
        actor = access.operator()
        with transaction.atomic():
            files = [
                of_her.check_kept(stories.kept(self.dice, self.number + n, local_day(now)), now=now)
                for n in range(count)
            ]
            hers = of_her.take_over(files, team=team.node, actor=actor, now=now)
            kept = [self._case(team, now) for _ in hers]
            cases = of_cases.take_over(
                list(zip(hers, kept, strict=True)), team=team.node, actor=actor, now=now
            )
            filling.fill(cases, actor=actor, now=now)
            filling.leads(team, count // LEADS_EACH, self.dice, actor=actor, now=now)
            self._log(cases, actor, now)
        self.number += count

    def _case(self, team, now: datetime):
        workers = self.staff.workers[team.pk]
        manager = self.dice.choice(workers)
        recent = self.today - now < timedelta(days=OPEN_DAYS)
        room = manager is not self.worker and self.open.get(manager.id, 0) < stories.OPEN_CASES
        if recent and room:
            self.open[manager.id] = self.open.get(manager.id, 0) + 1
        opened = local_day(now - timedelta(days=0 if recent and room else 200))
        return stories.kept_case(self.dice, manager.member, opened, still_open=recent and room)

    def _log(self, cases, actor, now):
        entries = [
            audit.One(subjects=(case.survivor_id, case.pk), details={"code_taken_over": False})
            for case in cases
        ]
        audit.record_many(entries, actor=actor.id, verb="exchange.import", at=now)
