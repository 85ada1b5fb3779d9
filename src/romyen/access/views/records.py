"""Pages that every record has: who can see it, who has seen it, excluding, lifting, sharing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from romyen import access, audit
from romyen.access import queries, tracing, walls
from romyen.access.decisions import ancestry, one
from romyen.access.forms import ExcludeForm, PurposeForm, ShareForm, end_of
from romyen.access.models import Exclusion, Node
from romyen.access.sending import begun, sent, shown


def who_can(request: HttpRequest, ref: str) -> HttpResponse:
    """Who can see this, and why."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "", now=now)
    return render(request, "access/who_can.html", tracing.who_can_page(reader, node, now=now))


def who_has(request: HttpRequest, ref: str) -> HttpResponse:
    """Who has seen this. Looking at it is on the log too."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "access.trace", now=now)
    audit.record_alone(actor=reader.id, verb="access.trace", subject=node.pk, at=now)
    rows, older = tracing.traces(reader, node, before=request.GET.get("before", ""), now=now)
    here = reverse("access:who_has", args=[ref])
    context = {"node": node, "rows": rows, "older": f"{here}?before={older}" if older else ""}
    return render(request, "access/who_has.html", context)


def exclude(request: HttpRequest, ref: str) -> HttpResponse:
    """Hide a record from a colleague (conflict of interest)."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "access.exclude", now=now)
    people = queries.colleagues(reader)
    form = begun(request, ExcludeForm(request.POST or None, colleagues=people))

    def take() -> str:
        member = queries.colleague(form.cleaned_data["member"])
        walls.exclude(member, node, reason=form.cleaned_data["reason"], actor=reader, now=now)
        return reverse("access:who_can", args=[ref])

    return sent(request, form, take) or shown(request, "access/exclude.html", form, node=node)


def _exclusion(node: Node, ref: str) -> Exclusion:
    found = Exclusion.objects.filter(node__in=ancestry(node), lifted_at=None)
    return one(found.select_related("node", "member"), ref)


def ask_to_lift(request: HttpRequest, ref: str, exclusion: str) -> HttpResponse:
    """Ask a second person to let someone back in."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "access.lift", now=now)
    found = _exclusion(node, exclusion)
    form = begun(request, PurposeForm(request.POST or None))

    def take() -> str:
        walls.ask_to_lift(found, purpose=form.cleaned_data["purpose"], actor=reader, now=now)
        return reverse("access:who_can", args=[ref])

    return sent(request, form, take) or shown(
        request, "access/lift.html", form, node=node, exclusion=found
    )


@require_POST
def lift(request: HttpRequest, ref: str, exclusion: str) -> HttpResponse:
    """Lift an exclusion with the approval that a second person gave."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "access.lift", now=now)
    found = _exclusion(node, exclusion)

    def take() -> str:
        walls.lift(found, approval=request.POST.get("approval", ""), actor=reader, now=now)
        return reverse("access:who_can", args=[ref])

    return access.once(request, take)


def share(request: HttpRequest, ref: str) -> HttpResponse:
    """Give one colleague a role on this record, with keys, for a purpose and a time."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "", now=now)
    access.require(reader, "member.assign", node, now=now)
    people, codes = queries.colleagues(reader), queries.conferrable_by(reader, now=now)
    form = begun(request, ShareForm(request.POST or None, colleagues=people, codes=codes))

    def take() -> str:
        typed = form.cleaned_data
        walls.share(
            queries.colleague(typed["member"]),
            typed["role"],
            node,
            purpose=typed["purpose"],
            ends=end_of(typed["ends"]),
            actor=reader,
            now=now,
        )
        return reverse("access:who_can", args=[ref])

    return sent(request, form, take) or shown(request, "access/share.html", form, node=node)
