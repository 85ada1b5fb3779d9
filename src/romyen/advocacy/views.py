"""Pages of advocacy: the list, one recommendation, its forms."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, Team, tables
from romyen.access.sending import begun, sent, shown
from romyen.advocacy import actions, queries, reading
from romyen.advocacy.forms import RecommendationForm, TurnForm, known, language
from romyen.advocacy.models import Recommendation
from romyen.advocacy.queries import Filters
from romyen.advocacy.words import ALL, OPEN_ONES, OVERDUE, words
from romyen.partners import queries as partners
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

FILTERS = ("status", "theme")
FORM = "advocacy/edit.html"


def recommendations(request: HttpRequest) -> HttpResponse:
    """The recommendations that are followed up, the newest first."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "recommendation.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if tables.wanted(request):
        return _taken_away(reader, Filters(**chosen), now)
    older = request.GET.get("older", "")
    page = queries.listed(reader, filters=Filters(**chosen), older=older, now=now)
    today = local_day(now)
    context = {
        "rows": [reading.row(kept, today) for kept in page.rows],
        "older": f"?{urlencode(chosen | {'older': page.older})}" if page.older else "",
        "newest": f"?{urlencode(chosen)}" if older else "",
        "chosen": chosen,
        "statuses": _statuses(),
        "themes": words("themes").choices(language()),
        "may_record": access.can(reader, "recommendation.record", now=now),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "advocacy/recommendations.html", context)


def _taken_away(reader: access.Reader, filters: Filters, now: Any) -> HttpResponse:
    """The list as a file."""

    def page(older: str) -> tables.Page:
        found = queries.listed(reader, filters=filters, older=older, now=now)
        return [reading.row(kept, local_day(now)) for kept in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["kept"].node.code),
        (gettext("Recommendation"), lambda row: row["kept"].text),
        (gettext("Theme"), lambda row: row["theme"]),
        (gettext("Source"), lambda row: row["source"]),
        (gettext("Owner"), lambda row: row["owner"]),
        (gettext("Status"), lambda row: row["status"]),
        (gettext("Next review"), lambda row: row["kept"].review_on),
    ]
    node = lambda row: row["kept"].node  # noqa: E731
    rows = tables.pages(page)
    return tables.take_away(reader, "recommendations", columns, rows, node=node, now=now)


def _statuses() -> list[tuple[str, str]]:
    return [
        (OPEN_ONES, gettext("Followed up")),
        (OVERDUE, gettext("Review is overdue")),
        *words("statuses").choices(language()),
        (ALL, gettext("All")),
    ]


def recommendation_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One recommendation and what became of it."""
    reader, now = access.open(request), access.clock()
    kept = queries.recommendation(reader, ref, now=now)
    context = {
        "kept": kept,
        "row": reading.row(kept, local_day(now)),
        "facts": reading.facts(kept),
        "course": reading.course(queries.turns(kept)),
        "may_record": access.decide(reader, "recommendation.record", kept.node, now=now),
    }
    return render(request, "advocacy/recommendation.html", context)


def record(request: HttpRequest) -> HttpResponse:
    """Keep a recommendation."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    offers = _offers(reader, teams, now, None)
    form = begun(request, RecommendationForm(request.POST or None, fresh=True, **offers))

    def take() -> str:
        facts = {**form.facts(), "on": form.cleaned_data["on"]}
        return _address(actions.record(team=form.team_of(), **facts, actor=reader, now=now))

    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form)


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a recommendation; after a conflict both versions are shown."""
    reader, now = access.open(request), access.clock()
    kept = queries.recommendation_for(reader, ref, now=now)
    offers = _offers(reader, [Team(node=kept.node, name="")], now, kept)
    form = begun(
        request,
        RecommendationForm(request.POST or None, initial=known(kept), fresh=False, **offers),
    )

    def take() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.edit(kept, expected=expected, **form.facts(), actor=reader, now=now)
        return _address(kept)

    if saved := sent(request, form, take, say=gettext("Saved.")):
        return saved
    context: dict[str, Any] = {"kept": kept}
    if form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        words_now = {"key": gettext("What is recommended"), "value": kept.text}
        context["recorded"] = [words_now, *reading.facts(kept)]
        typed = request.POST.copy()
        typed["version"] = str(kept.version)
        form.data = typed
    return shown(request, FORM, form, **context)


def _offers(
    reader: Reader, teams: list[Team], now: datetime, kept: Recommendation | None
) -> dict[str, Any]:
    """What the form offers; an authority that is no longer active stays where it stood."""
    offered: list[Partner] = []
    if access.can(reader, "partner.read", now=now):
        offered = list(partners.offered(reader, now=now))
    if kept and kept.owner and kept.owner not in offered:
        offered.append(kept.owner)
    return {
        "teams": teams,
        "colleagues": queries.colleagues(teams, now=now),
        "partners": offered,
    }


def turn(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what became of a recommendation."""
    reader, now = access.open(request), access.clock()
    kept = queries.recommendation_for(reader, ref, now=now)
    form = begun(request, TurnForm(request.POST or None, today=local_day(now)))

    def take() -> str:
        actions.turn(kept, **form.cleaned_data, actor=reader, now=now)
        return _address(kept)

    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "advocacy/turn.html", form, kept=kept
    )


def _address(kept: Recommendation) -> str:
    return reverse("advocacy:recommendation", args=[kept.pk])
