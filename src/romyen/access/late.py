"""What came too late or was refused: a form is kept for its author, a refusal is written down."""

from django.http import HttpRequest, HttpResponse

from romyen import audit
from romyen.access import drafts
from romyen.access.actors import Reader, stranger
from romyen.access.doors import clock
from romyen.access.models import OpenRing
from romyen.pages.errors import too_old
from romyen.rules.ids import is_id
from romyen.rules.refusals import Refusal, refuse

NOTED = frozenset({403, 404, 410, 503})
"""Who may not, what is hidden or over, what was tampered with. A slip in a form (422) is none."""


def keep_late_form(request: HttpRequest) -> bool:
    """Seal what a late form carried to its author; whether there was anything to keep.

    Only a browser of ours brings the ring's cookie (``SameSite=Strict``), so nobody elsewhere
    puts words into a colleague's drafts.
    """
    row: OpenRing | None = getattr(request, "ring_row", None)
    if request.method != "POST" or row is None or row.staged or clock() >= row.ends_at:
        return False
    typed = {name: request.POST.getlist(name) for name in request.POST}
    try:
        return drafts.keep(row.member, drafts.form_of(request), typed, now=clock())
    except Refusal:  # a broken chain or far too much text: signing in comes first
        return False


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """``CSRF_FAILURE_VIEW``: usually a page from before the last sign-in, still open in a tab."""
    note_refusal(request, refuse("RY-PAGE-TOO-OLD"))
    return too_old(request, kept=keep_late_form(request))


def note_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Write down that someone was refused, where, and about which ids; never what was typed.

    What is hidden and what does not exist leave the same trace and take the same time.
    """
    if refusal.status not in NOTED:
        return
    reader, match = getattr(request, "reader", None), request.resolver_match
    actor = reader if isinstance(reader, Reader) else stranger()
    about = [ref for ref in (match.kwargs.values() if match else ()) if is_id(ref)]
    audit.record_alone(
        actor=actor.id,
        verb="request.refused",
        subjects=about,
        details={"code": refusal.code, "route": match.view_name if match else ""},
        at=clock(),
    )
