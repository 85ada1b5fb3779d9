"""Pages of prevention: the list, one session, its forms, the questions on paper."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, Team, drafts, tables
from romyen.access.sending import sent, shown
from romyen.leads.forms import place_in
from romyen.leads.words import CONFIDENCE_WORDS
from romyen.pages.drafts import prefill
from romyen.partners import queries as partners
from romyen.partners.forms import province_choices
from romyen.partners.models import Partner
from romyen.prevention import actions, queries, reading
from romyen.prevention.forms import CountForm, MatchForm, SessionForm, known, language
from romyen.prevention.models import Session
from romyen.prevention.queries import Filters
from romyen.prevention.words import questionnaire, words
from romyen.rules.refusals import refuse

FILTERS = ("kind", "province")
FORM = "prevention/edit.html"


def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions, the latest first."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "session.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if tables.wanted(request):
        return _taken_away(reader, Filters(**chosen), now)
    older = request.GET.get("older", "")
    page = queries.listed(reader, filters=Filters(**chosen), older=older, now=now)
    context = {
        "rows": [reading.row(session) for session in page.rows],
        "older": f"?{urlencode(chosen | {'older': page.older})}" if page.older else "",
        "newest": f"?{urlencode(chosen)}" if older else "",
        "chosen": chosen,
        "kinds": words("kinds").choices(language()),
        "provinces": province_choices(language(), gettext("Everywhere")),
        "may_record": access.can(reader, "session.record", now=now),
        "may_tell": access.can(reader, "lead.record", now=now),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "prevention/sessions.html", context)


def _taken_away(reader: access.Reader, filters: Filters, now: Any) -> HttpResponse:
    """The list as a file."""

    def page(older: str) -> tables.Page:
        found = queries.listed(reader, filters=filters, older=older, now=now)
        return [reading.row(session) for session in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["session"].node.code),
        (gettext("Day"), lambda row: row["session"].on),
        (gettext("Kind"), lambda row: row["kind"]),
        (gettext("Topics"), lambda row: " · ".join(row["topics"])),
        (gettext("Place"), lambda row: row["place"]),
        (gettext("Reached"), lambda row: row["reached"]),
    ]
    node = lambda row: row["session"].node  # noqa: E731
    return tables.take_away(reader, "sessions", columns, tables.pages(page), node=node, now=now)


def session_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One session with its reach and what changed."""
    reader, now = access.open(request), access.clock()
    session = queries.session(reader, ref, now=now)
    context = {
        "session": session,
        "row": reading.row(session),
        "facts": reading.facts(session),
        "reach": reading.reach(session),
        "changes": [reading.change(answers) for answers in queries.answers(session)],
        "may_record": access.decide(reader, "session.record", session.node, now=now),
        "may_tell": access.can(reader, "lead.record", now=now),
    }
    return render(request, "prevention/session.html", context)


def record(request: HttpRequest) -> HttpResponse:
    """Record or plan a session."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    form = _form(request, reader, teams, now)
    if "areas" in request.POST:
        return shown(request, FORM, _as_typed(request, reader, teams, now))

    def take() -> str:
        made = actions.record(team=form.team_of(), **form.facts(), actor=reader, now=now)
        return _address(made)

    return sent(request, form, take, say=gettext("Saved.")) or shown(request, FORM, form)


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a session; after a conflict both versions are shown."""
    reader, now = access.open(request), access.clock()
    session = queries.session_for(reader, ref, now=now)
    teams = [Team(node=session.node, name="")]
    if "areas" in request.POST:
        form = _as_typed(request, reader, teams, now, session)
        return shown(request, FORM, form, session=session)
    form = _form(request, reader, teams, now, session)

    def take() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.edit(session, expected=expected, **form.facts(), actor=reader, now=now)
        return _address(session)

    if saved := sent(request, form, take, say=gettext("Saved.")):
        return saved
    context: dict[str, Any] = {"session": session}
    if form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        context["recorded"] = reading.facts(session)
        typed = request.POST.copy()
        typed["version"] = str(session.version)
        form.data = typed
    return shown(request, FORM, form, **context)


def _form(
    request: HttpRequest,
    reader: Reader,
    teams: list[Team],
    now: datetime,
    session: Session | None = None,
) -> SessionForm:
    """The form as it begins (the reader's own draft in it), or what was sent."""
    draft = None if request.method == "POST" else drafts.recall(reader, request.path)
    first = {name: values[0] for name, values in (draft or {}).items() if values}
    place = place_in(request.POST or first) or (session.place if session and not draft else "")
    form = SessionForm(
        request.POST or None,
        initial=known(session) if session else {},
        place=place,
        **_offers(reader, teams, now, session),
    )
    return prefill(form, draft)


def _offers(
    reader: Reader, teams: list[Team], now: datetime, session: Session | None
) -> dict[str, Any]:
    """What the form offers; a partner that is no longer active stays with its session."""
    offered: list[Partner] = []
    if access.can(reader, "partner.read", now=now):
        offered = list(partners.offered(reader, now=now))
    if session and session.partner and session.partner not in offered:
        offered.append(session.partner)
    return {
        "teams": teams,
        "colleagues": queries.colleagues(teams, now=now),
        "partners": offered,
    }


def _as_typed(
    request: HttpRequest,
    reader: Reader,
    teams: list[Team],
    now: datetime,
    session: Session | None = None,
) -> SessionForm:
    """What was typed, not yet checked, with the areas inside the place that was chosen."""
    place = place_in(request.POST)
    form = SessionForm(place=place, **_offers(reader, teams, now, session))
    prefill(form, dict(request.POST.lists()))
    form.from_draft = False
    return form


def answers(request: HttpRequest, ref: str) -> HttpResponse:
    """Counts of right answers before and after."""
    reader, now = access.open(request), access.clock()
    session = queries.session_for(reader, ref, now=now)
    form = CountForm(request.POST or None)

    def take() -> str:
        given = {name: form.cleaned_data[name] for name in ("stage", "asked")}
        actions.count_answers(session, **given, right=form.right(), actor=reader, now=now)
        return _address(session)

    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "prevention/count.html", form, session=session
    )


def lines(request: HttpRequest, ref: str) -> HttpResponse:
    """Anonymous answers, matched by the codes that people made up."""
    reader, now = access.open(request), access.clock()
    session = queries.session_for(reader, ref, now=now)
    form = MatchForm(request.POST or None)

    def take() -> str:
        actions.match_answers(session, **form.cleaned_data, actor=reader, now=now)
        return _address(session)

    said = gettext("The sums are saved. Codes and answers were not kept.")
    return sent(request, form, take, say=said) or shown(
        request, "prevention/lines.html", form, session=session
    )


def questions(request: HttpRequest) -> HttpResponse:
    """The questions on paper: the same sheet before and after."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "session.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    asked, here = questionnaire(), language()
    context = {
        "questions": [
            {
                "scene": one.scene.label(here),
                "answers": [(letter, said.label(here)) for letter, said in one.answers.items()],
            }
            for one in asked.questions
        ],
        "source": asked.source,
        "confidence": gettext(CONFIDENCE_WORDS[asked.confidence]),
    }
    return render(request, "prevention/questions.html", context)


def _address(session: Session) -> str:
    return reverse("prevention:session", args=[session.pk])
