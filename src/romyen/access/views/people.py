"""Pages about people: who works here, inviting, admitting, roles, teams, keys that wait."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import factors, people, queries, tables, tracing, walls
from romyen.access.forms import AdmitForm, AssignForm, InviteForm, PurposeForm, TeamForm, end_of
from romyen.access.inviting import send
from romyen.access.models import Assignment
from romyen.access.roles import role_name
from romyen.access.sending import begun, sent, shown
from romyen.access.templatetags.people import place as place_name
from romyen.rules.refusals import Refusal


def staff(request: HttpRequest) -> HttpResponse:
    """Who works where; who waits to be admitted; who was invited."""
    reader, now = access.open(request), access.clock()
    nodes = queries.staff(reader, now=now)
    if not access.can(reader, "team.read", now=now):
        access.require(reader, "team.read", queries.place("organisation"), now=now)
    if tables.wanted(request):
        return _taken(reader, nodes, now)
    return render(
        request,
        "access/people.html",
        {
            "places": nodes,
            "take_away": tables.offer(request, reader, now=now),
            "waiting": queries.waiting_for_admission(reader, now=now),
            "invitations": queries.open_invitations(reader, now=now),
            "may_invite": access.can(reader, "member.invite", now=now),
            "may_found": access.can(reader, "team.found", now=now),
            "may_wrap": access.can(reader, "member.admit", now=now),
            "may_approve": access.can(reader, "approval.give", now=now),
        },
    )


def _taken(reader: access.Reader, nodes: list[queries.Place], now: datetime) -> HttpResponse:
    """Who works where, as a file; no addresses."""
    language = get_language() or "en"
    columns: list[tables.Column] = [
        (gettext("Name"), lambda row: row.member.name),
        (gettext("Role"), lambda row: role_name(row.role, language)),
        (gettext("Where"), lambda row: place_name(row.node)),
        (gettext("Until"), lambda row: row.ends_at),
    ]
    rows = (held for one in nodes for held in _at(one))
    return tables.take_away(reader, "people", columns, rows, node=lambda row: row.node, now=now)


def _at(place: queries.Place) -> list[Assignment]:
    for held in place.people:
        held.node = place.node
    return place.people


def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague: the link goes out by mail and is shown here, once."""
    reader, now = access.open(request), access.clock()
    nodes = queries.somewhere(reader, "member.invite", now=now)
    codes = queries.conferrable_by(reader, now=now)
    form = begun(request, InviteForm(request.POST or None, codes=codes, nodes=nodes))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            invitation, token = people.invite(
                email=typed["email"],
                name=typed["name"],
                role=typed["role"],
                node=queries.place(typed["node"]),
                actor=reader,
                now=now,
            )
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            link = send(invitation, token)
            return render(request, "access/invited.html", {"invitation": invitation, "link": link})
    return shown(request, "access/invite.html", form)


def member(request: HttpRequest, ref: str) -> HttpResponse:
    """One colleague: roles, keys, and what the reader may change."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    standing = queries.standing(reader, found, now=now)
    return render(request, "access/member.html", {"shown": standing, "member": found})


def admit(request: HttpRequest, ref: str) -> HttpResponse:
    """Admit a colleague after comparing the five groups by telephone or in person."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    if not queries.standing(reader, found, now=now).may_admit:
        access.require(reader, "member.admit", queries.place("organisation"), now=now)
    form = begun(request, AdmitForm(request.POST or None))

    def take() -> str:
        people.admit(found, words=form.cleaned_data["words"], actor=reader, now=now)
        return reverse("access:member", args=[ref])

    roles = queries.roles_of(found, now=now)
    return sent(request, form, take) or shown(
        request, "access/admit.html", form, member=found, roles=roles
    )


def assign(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a colleague a role on a team."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    nodes = queries.somewhere(reader, "member.assign", now=now)
    codes = queries.conferrable_by(reader, now=now)
    form = begun(request, AssignForm(request.POST or None, codes=codes, nodes=nodes))

    def take() -> str:
        typed = form.cleaned_data
        people.assign(
            found,
            typed["role"],
            queries.place(typed["node"]),
            purpose=typed["purpose"],
            ends=end_of(typed["ends"]),
            actor=reader,
            now=now,
        )
        return reverse("access:member", args=[ref])

    return sent(request, form, take) or shown(request, "access/assign.html", form, member=found)


@require_POST
def end_role(request: HttpRequest, ref: str, role: str) -> HttpResponse:
    """Take a role back."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    assignment = queries.assignment(found, role)

    def take() -> str:
        people.end_assignment(assignment, actor=reader, now=now)
        return reverse("access:member", args=[ref])

    return access.once(request, take)


def deactivate(request: HttpRequest, ref: str) -> HttpResponse:
    """A colleague leaves: asked once more, then at once."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    access.require(reader, "member.deactivate", queries.place("organisation"), now=now)
    if request.method != "POST":
        return render(request, "access/deactivate.html", {"member": found})

    def take() -> str:
        people.deactivate(found, actor=reader, now=now)
        return reverse("access:people")

    return access.once(request, take)


def reset_factor(request: HttpRequest, ref: str) -> HttpResponse:
    """A colleague's phone is lost: ask a second person, and after their yes take the code off."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)
    access.require(reader, factors.VERB, factors.place_of(found, now=now), now=now)
    asked = factors.factor_request(reader, found, now=now)
    form = begun(request, PurposeForm(request.POST or None))

    def ask() -> str:
        factors.ask_factor_reset(found, purpose=form.cleaned_data["purpose"], actor=reader, now=now)
        return reverse("access:reset_factor", args=[ref])

    def take() -> str:
        approval = request.POST.get("approval", "")
        factors.reset_factor(found, approval=approval, actor=reader, now=now)
        return reverse("access:member", args=[ref])

    if "approval" in request.POST:
        return access.once(request, take)
    return sent(request, form, ask) or shown(
        request, "access/reset_factor.html", form, member=found, asked=asked
    )


def found_team(request: HttpRequest) -> HttpResponse:
    """A new team."""
    reader, now = access.open(request), access.clock()
    access.require(reader, "team.found", queries.place("organisation"), now=now)
    form = begun(request, TeamForm(request.POST or None))

    def take() -> str:
        people.found_team(form.cleaned_data["name"], actor=reader, now=now)
        return reverse("access:people")

    return sent(request, form, take) or shown(request, "access/team.html", form)


def keys(request: HttpRequest) -> HttpResponse:
    """Keys that wait for a holder: for colleagues, and on records after an exclusion."""
    reader, now = access.open(request), access.clock()
    people.found_missing(reader, now=now)
    context = {
        "people": queries.holding_nothing(reader, now=now),
        "records": tracing.walled_records(reader, now=now),
    }
    return render(request, "access/keys.html", context)


@require_POST
def wrap(request: HttpRequest, ref: str) -> HttpResponse:
    """Wrap for a colleague what the reader holds."""
    reader, now = access.open(request), access.clock()
    found = queries.member(reader, ref, now=now)

    def take() -> str:
        people.wrap(found, actor=reader, now=now)
        return reverse("access:keys")

    return access.once(request, take)


@require_POST
def rekey(request: HttpRequest, ref: str) -> HttpResponse:
    """Replace the keys of a record after an exclusion."""
    reader, now = access.open(request), access.clock()
    node = tracing.record(reader, ref, "", now=now)

    def take() -> str:
        walls.rekey(node, actor=reader, now=now)
        return reverse("access:keys")

    return access.once(request, take)
