"""Proceedings: the list, one of them, and the forms about it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader, tables
from romyen.cases import queries as cases
from romyen.cases.forms import PurposeForm
from romyen.legal import actions, panels, queries
from romyen.legal.forms.proceedings import (
    BeginForm,
    ChargeForm,
    HearingForm,
    JoinForm,
    MoveForm,
    ProceedingForm,
    StageForm,
)
from romyen.legal.models import Charge, Hearing
from romyen.legal.models.parts import Part
from romyen.legal.queries import Filters
from romyen.legal.views.saving import added, address, case_address, changed, of_case, of_proceeding
from romyen.legal.words import label, language, words
from romyen.partners import queries as partners
from romyen.rules.refusals import Refusal, refuse
from romyen.rules.spans import local_day

STRUCK: dict[str, Any] = {"charge": Charge, "hearing": Hearing}


def proceedings(request: HttpRequest) -> HttpResponse:
    """Every proceeding that I may read, by code."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "proceeding.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    kind, stage, before = (request.GET.get(name, "") for name in ("kind", "stage", "before"))
    filters = Filters(kind=kind[:20], stage=stage[:20])
    if tables.wanted(request):
        return _taken_away(reader, filters, now)
    page = queries.listed(reader, filters=filters, before=before, now=now)
    coming = queries.next_hearings(page.rows, now=now)
    more = filters.chosen | {"before": page.older}
    context = {
        "rows": [panels.head(row) | {"next": _day(coming.get(row.pk), now)} for row in page.rows],
        "older": f"?{urlencode(more)}" if page.older else "",
        "newest": f"?{urlencode(filters.chosen)}" if before else "",
        "chosen": filters.chosen,
        "kinds": words("proceeding_kinds").choices(language()),
        "stages": words("stages").choices(language()),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "legal/proceedings.html", context)


def _taken_away(reader: Reader, filters: Filters, now: Any) -> HttpResponse:
    """The list as a file: codes, kinds and stages; no number, no name."""

    def page(before: str) -> tables.Page:
        found = queries.listed(reader, filters=filters, before=before, now=now)
        return [panels.head(row) for row in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["row"].node.code),
        (gettext("Kind"), lambda row: row["kind"]),
        (gettext("Stage"), lambda row: row["stage"]),
        (gettext("since"), lambda row: row["row"].stage_on),
    ]
    node = lambda row: row["row"].node  # noqa: E731
    return tables.take_away(reader, "proceedings", columns, tables.pages(page), node=node, now=now)


def _day(row: Hearing | None, now: Any) -> dict[str, Any] | None:
    return panels.hearing(row, {}, now) if row else None


def proceeding(request: HttpRequest, ref: str) -> HttpResponse:
    """One proceeding, masked; a POST with a purpose answers with the sealed parts opened."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding(reader, ref, now=now)
    page = queries.whole(reader, found, now=now)
    form, plain = PurposeForm(request.POST or None), {}
    if form.is_valid():
        plain = page.open(reader, purpose=form.cleaned_data["purpose"], now=now)
    context = {
        "proceeding": found,
        "head": panels.head(found),
        "facts": panels.facts(found, plain),
        "form": form,
        "opened": bool(plain),
        "may_record": bool(access.decide(reader, "proceeding.record", found.node, now=now)),
        **panels.whole(page, plain, now),
    }
    return render(request, "legal/proceeding.html", context, status=422 if form.errors else 200)


def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a proceeding that this case is part of."""
    reader, now = access.open(request), access.clock()
    case = queries.case_for(reader, ref, "proceeding.record", now=now)
    offered = partners.offered(reader, now=now)
    first = {"stage_on": local_day(now), "kind": "trafficking", "role": "injured"}
    form = BeginForm(request.POST or None, partners=offered, initial=first)

    def act(facts: dict[str, Any]) -> str:
        made = actions.begin(case, **facts, actor=reader, now=now)
        reads = access.decide(reader, "proceeding.read", made.node, now=now)
        return address(made) if reads else case_address(case.pk)

    here = of_case(reader, case, gettext("Write down a proceeding"), now)
    return added(request, here, form, act)


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Complete or correct a proceeding."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    here = of_proceeding(reader, found, gettext("Change this proceeding"), now)
    offered = partners.offered(reader, now=now)
    return changed(request, here, found, ProceedingForm, actions.edit, partners=offered)


def stage(request: HttpRequest, ref: str) -> HttpResponse:
    """It came to another stage."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    standing = label("stages", found.stage)
    before = gettext("It stands here now: %(stage)s") % {"stage": standing}
    here = of_proceeding(reader, found, gettext("The next stage"), now, before=before)
    first = {"on": local_day(now)}
    return changed(request, here, found, StageForm, actions.reach_stage, first=first)


def join(request: HttpRequest, ref: str) -> HttpResponse:
    """Another case is part of it; its code is typed, and a hidden one answers like none."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    here = of_proceeding(reader, found, gettext("Add a case to this proceeding"), now)
    form = JoinForm(request.POST or None, initial={"role": "injured"})

    def act(facts: dict[str, Any]) -> None:
        case = _by_code(reader, facts.pop("code"), now)
        actions.join(found, case, **facts, actor=reader, now=now)

    return added(request, here, form, act)


def _by_code(reader: access.Reader, code: str, now: Any) -> Any:
    try:
        return cases.by_code(reader, code, now=now)
    except Refusal as refusal:
        if refusal.code == "RY-ABSENT":
            raise refuse("RY-LEGAL-NO-CASE", field="code") from None
        raise


def charge(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a charge."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    here = of_proceeding(reader, found, gettext("Write down a charge"), now)
    form = ChargeForm(request.POST or None, initial={"result": "pending"})
    return added(
        request, here, form, lambda facts: actions.charge(found, **facts, actor=reader, now=now)
    )


def change_charge(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Correct a charge, or write down what became of it."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    row = queries.proceeding_part(reader, Charge.objects.all(), ref, part_ref, now=now)
    here = of_proceeding(reader, found, gettext("Change this charge"), now)
    return changed(request, here, row, ChargeForm, actions.change_charge)


def hearing(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a day at court."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    here = of_proceeding(reader, found, gettext("Write down a hearing"), now)
    parties = list(queries.parties_of(reader, found, verb="legal.record", now=now))
    form = HearingForm(request.POST or None, parties=parties)

    def act(facts: dict[str, Any]) -> None:
        actions.plan_hearing(found, **facts, people=form.coming(), actor=reader, now=now)

    return added(request, here, form, act)


def change_hearing(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Correct a day at court, or write down what came of it."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    row = queries.proceeding_part(reader, Hearing.objects.all(), ref, part_ref, now=now)
    here = of_proceeding(reader, found, gettext("Change this hearing"), now)
    wishes: dict[str, Any] = {"parties": [], "past": row.outcome}
    return changed(request, here, row, HearingForm, actions.change_hearing, **wishes)


def move_hearing(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """A hearing was put off to another day."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    row = queries.proceeding_part(reader, Hearing.objects.all(), ref, part_ref, now=now)
    before = gettext("Who has to come stays the same. Prepare them anew for the new day.")
    here = of_proceeding(reader, found, gettext("Move this hearing"), now, before=before)
    first = {"on": None, "hour": None}
    return changed(request, here, row, MoveForm, actions.move_hearing, first=first)


@require_POST
def strike(request: HttpRequest, ref: str, kind: str, part_ref: str) -> HttpResponse:
    """A charge or a hearing was entered in error."""
    reader, now = access.open(request), access.clock()
    found = queries.proceeding_for(reader, ref, now=now)
    if kind not in STRUCK:
        raise refuse("RY-ABSENT")
    rows = STRUCK[kind].objects.all()
    row: Part = queries.proceeding_part(reader, rows, ref, part_ref, now=now)

    def take() -> str:
        actions.strike(row, actor=reader, now=now)
        return reverse("legal:proceeding", args=[found.pk])

    return access.once(request, take)
