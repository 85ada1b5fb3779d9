"""Three years of fictional work: leads, survivors, clocks met and missed, referrals, closures.

Everything goes through the verbs, each at its own moment of the past. The tables in ``data/`` and
the same seed tell the same stories; ids, codes and keys are random as everywhere.
"""

from datetime import timedelta

from romyen.demo.courses import tell_case
from romyen.demo.extras import entered_twice
from romyen.demo.houses import found_houses, incidents
from romyen.demo.operations import tell_operations
from romyen.demo.people import begin
from romyen.demo.prevention import recommend, teach
from romyen.demo.stage import DAYS, Stage, told
from romyen.demo.tips import tell_leads
from romyen.notices.actions import mark_read, unread
from romyen.partners import actions as partnerwork
from romyen.statistics.actions import take_due

PARTNERS = {
    "shelter": ("บ้านพักเด็กและครอบครัว (สมมติ) · Shelter for Children and Families (fictional)",
                "CentralGovernmentOrganisation", "50"),
    "hospital": ("โรงพยาบาลสมมติ · Hospital of the Hill (fictional)",
                 "HealthServiceOrganisation", "63"),
    "lawyer": ("ศูนย์กฎหมายสมมติ · Legal Aid Corner (fictional)", "LegalService", "10"),
    "police": ("สถานีตำรวจสมมติ · Police unit (fictional)", "LawEnforcement", "20"),
    "abroad": ("องค์กรพี่น้องสมมติ · Sister organisation abroad (fictional)", "NGO", ""),
}  # fmt: skip


def tell(stage: Stage) -> None:
    """The whole story."""
    _partners(stage)
    tell_leads(stage)
    tell_operations(stage)
    found_houses(stage)
    # The oldest first: a bed is given to the next only after somebody has left it.
    for number, row in sorted(enumerate(told("people")), key=lambda one: -one[1]["days"]):
        survivor, worker, came = begin(stage, number)
        tell_case(stage, number, survivor, worker, came)
        if "entered_twice" in row.get("more", ()):
            entered_twice(stage, survivor)
    incidents(stage)
    teach(stage)
    recommend(stage)
    take_due(now=stage.today)
    _read_notices(stage)


def _partners(stage: Stage) -> None:
    for key, (name, kind, province) in PARTNERS.items():
        stage.partners[key] = partnerwork.record(
            name=name,
            kind=kind,
            country="TH" if province else "MM",
            province=province,
            contact="" if province else "sister.example",
            actor=stage.crew["kanya"],
            now=stage.ago(DAYS + 1),
        )


def _read_notices(stage: Stage) -> None:
    """Everyone has read what they were told, but for the last day."""
    yesterday = stage.today - timedelta(days=1)
    for reader in stage.crew.values():
        old = unread(reader.id).filter(at__lt=yesterday)
        mark_read(reader.id, old.values_list("pk", flat=True), now=yesterday)
