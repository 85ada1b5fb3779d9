"""Advocacy: a recommendation and what became of it."""

from datetime import date
from typing import Any

from tests.gates.sweep.needs import READING, anywhere, day, record

from romyen.advocacy import actions

KEPT = {"ref": "recommendation"}
AHEAD = day("review_on", "2100-01-15")

ROUTES = {
    "advocacy:recommendations?csv": anywhere(
        "recommendation.read&list.export", query="?as=csv", **READING
    ),
    "advocacy:recommendations": anywhere("recommendation.read", **READING),
    # (whoever was lent one record of another kind has no team to keep recommendations for)
    "advocacy:record": anywhere(
        "recommendation.record",
        gets=(200, 403),
        posts=(200, 302, 403, 422),
        typed={"source": "un", "theme": "labour", "source_year": "2026", **AHEAD},
    ),
    "advocacy:recommendation": record("recommendation.read", on=KEPT, **READING),
    "advocacy:edit": record(
        "recommendation.record", on=KEPT, typed={"source_year": "2025", **AHEAD}
    ),
    "advocacy:turn": record(
        "recommendation.record",
        on=KEPT,
        typed={"status": "promised", "url": "https://example.org/paper", **AHEAD},
    ),
}


def tell(story: Any) -> None:
    """A published recommendation that an authority took up. Nothing of it is sealed."""
    kept = story.keep(
        "recommendation",
        actions.record,
        team=story.team,
        source="us_tip",
        source_year=2025,
        theme="restitution",
        text="Let courts order compensation more often (fictional).",
        on=date(2025, 7, 1),
        owner=story.things["partner"],
        in_charge=story.lead_by.id,
        review_on=date(2026, 6, 1),
    )
    story.hide(kept.node)
    story.do(
        actions.turn,
        kept,
        status="taken_up",
        on=date(2026, 2, 1),
        evidence="Said in a public meeting (fictional).",
        url="https://example.org/minutes",
        review_on=date(2026, 6, 1),
    )
