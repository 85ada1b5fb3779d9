"""What the tables say of one person, as far as HTCDS can say it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from romyen.survivors.actions.taking_over import Kept

Said = Literal["", "TRUE", "FALSE"]

STORAGE = "storage"
"""The purpose of consent that ``con_Consent`` is about: keeping her information."""

LOCAL_EXPLOITATION = {
    "ForcedCriminalityScam": ("ForcedCriminality", "ReturnedFromScamCentre"),
    "ForcedCriminalityOther": ("ForcedCriminality",),
    "OnlineChildSexualExploitation": ("OnlineChildExploitation",),
}
"""Our codes of exploitation and the values of ``romyen_exploitation`` that say them."""

FIELDS = {
    "birth": "prs_Birthdate",
    "birth_method": "romyen_birth_method",
    "age": "romyen_birth",
    "gender": "prs_Gender",
    "nationalities": "prs_Citizenship",
    "languages": "prs_PrimaryLanguage",
    "exploitation": "vic_TypeOfExploitation",
    "status": "vic_TraffickingStatus",
    "organisation": "vic_TraffickingStatusDecisionMakingOrg",
    "opened_on": "cas_IncomingReferralDate",
    "closed_on": "cas_OutgoingReferralDate",
    "code": "romyen_code",
}
"""The column of HTCDS that a verb means when it refuses beside one of its own fields."""


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """A case. ``owner`` is the name of whoever manages it."""

    owner: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    closing: str = ""

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return bool(self.outcome)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A file and its case. ``consent`` says whether she agreed that her information is kept."""

    kept: Kept
    consent: Said = ""
    case: CaseFacts | None = None
