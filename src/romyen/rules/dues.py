"""What becomes due on a day, from whatever floor: a deadline, a hearing, the end of a permit."""

from dataclasses import dataclass
from datetime import datetime

from romyen.rules.spans import Moment, start_of

MOST = 500
"""A source gives no more than so many, the earliest of them; the calendar says that it was cut."""


@dataclass(frozen=True)
class Due:
    """One thing that becomes due. It names nobody: ``code`` is the code of the record.

    ``what`` is said in the reader's language. ``at`` is a moment, or a day where no hour is
    known. ``kind`` is a code: deadline, task, hearing, permit, appointment, follow_up, licence …
    ``key`` is the opaque id of the row, so that a calendar elsewhere knows it again. ``mine``
    says that the reader is the one to see to it; what hangs on a case is also the reader's own
    where the reader manages the case.
    """

    key: str
    kind: str
    at: Moment
    what: str
    code: str
    href: str
    mine: bool = False

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Sorts by time, then kind and id."""
        return start_of(self.at), self.kind, self.key
