"""What an approval is pinned to, where that is a member and perhaps a last day."""

from datetime import date


class Pinned:
    """Reads ``digest``: the id of a member, or that and a day (ISO); else it says nothing."""

    digest: str

    @property
    def about(self) -> str:
        """The id of the member whom it is about, where it is about one."""
        return self.digest.partition(" ")[0]

    @property
    def until(self) -> date | None:
        """The last day that was asked for, where there is one."""
        day = self.digest.partition(" ")[2]
        return date.fromisoformat(day) if day else None
