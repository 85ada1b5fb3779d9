"""The plan: the box on the case's page, the plan itself, its goals, and the plan on paper."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Reader
from romyen.care import actions, panels, queries
from romyen.care.actions.plan import first_review
from romyen.care.forms import GoalForm, PurposeForm, ReviewForm
from romyen.care.models import Goal
from romyen.care.views.working import (
    Opening,
    at,
    differences,
    form_page,
    offered,
    opening,
    page_of,
    reading,
    reading_part,
    working,
    working_part,
)
from romyen.care.words import label
from romyen.cases import queries as cases
from romyen.cases.models import Case
from romyen.cases.views.saving import begun, renew_version, saved
from romyen.pages.slots import slot
from romyen.rules.spans import local_day

_GOAL = ("words", "steps", "why")


@slot(_("Plan and support"), verb="care.read")
def of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """The plan of a case, masked; a POST with a purpose opens her words. Boxed: counts and days."""
    reader, case, now = reading(request, ref)
    if request.headers.get("HX-Request") == "true":
        context = {"summary": queries.summary(case, now=now)}
        page = page_of(reader, case, now, Opening(PurposeForm()), "plan", **context)
        return render(request, "care/plan.html#box", page)
    return _plan(request, reader, case, now, "care/plan.html")


def paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The plan as it can be printed and talked over with her."""
    reader, case, now = reading(request, ref)
    return _plan(request, reader, case, now, "care/paper.html")


def _plan(
    request: HttpRequest, reader: Reader, case: Case, now: datetime, template: str
) -> HttpResponse:
    goals = queries.goals(case)
    found = opening(request, reader, now, (goals, _GOAL))
    context = page_of(
        reader,
        case,
        now,
        found,
        "plan",
        groups=panels.groups(goals, found.plain),
        summary=queries.summary(case, now=now),
        today=local_day(now),
    )
    return render(request, template, context)


def set_goal(request: HttpRequest, ref: str) -> HttpResponse:
    """A new goal."""
    reader, case, now = working(request, ref, "care.plan")
    today = local_day(now)
    first = {"set_on": today, "review_on": first_review(today), "member": reader.id}
    form = begun(request, _goal_form(request, reader, case, now, first))

    def act() -> str:
        actions.set_goal(case, **form.facts(), actor=reader, now=now)
        return at("of-case", case)

    done = saved(request, form, act, say=gettext("The goal stands in the plan."))
    return done or form_page(request, case, form, gettext("Set a goal"), at("of-case", case))


def _goal_form(
    request: HttpRequest,
    reader: Reader,
    case: Case,
    now: datetime,
    initial: dict[str, Any],
    *,
    rewriting: bool = False,
) -> GoalForm:
    return GoalForm(
        request.POST or None,
        members=cases.able(case, now=now),
        partners=offered(reader, now),
        rewriting=rewriting,
        initial=initial,
    )


def _goals() -> QuerySet[Goal]:
    return Goal.objects.select_related("member", "partner")


def goal(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """One goal with everything that it was before."""
    reader, case, row, now = reading_part(request, ref, _goals(), goal_ref)
    turns = queries.turns(row)
    found = opening(request, reader, now, ([row], _GOAL), (turns, _GOAL))
    names = access.names_of(one.by for one in turns)
    context = page_of(
        reader,
        case,
        now,
        found,
        "plan",
        one=panels.goal(row, found.plain),
        turns=[panels.turn(one, found.plain, names) for one in turns],
    )
    return render(request, "care/goal.html", context)


def rewrite_goal(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Say a goal in other words. Opening the form opens the goal: one read entry."""
    reader, case, row, now = working_part(request, ref, _goals(), goal_ref, "care.plan")
    first = {} if request.POST else _known(reader, row, now)
    form = begun(request, _goal_form(request, reader, case, now, first, rewriting=True))

    def act() -> str:
        facts = {**form.facts(), "expected": form.expected}
        actions.rewrite_goal(row, **facts, actor=reader, now=now)
        return at("goal", case, row.pk)

    if done := saved(request, form, act):
        return done
    context: dict[str, Any] = {}
    if renew_version(form, Goal.objects.get(pk=row.pk).version):
        fresh = Goal.objects.select_related("case").get(pk=row.pk)
        context["differences"] = _both(form, _known(reader, fresh, now))
    heading, back = gettext("Say it in other words"), at("goal", case, row.pk)
    return form_page(request, case, form, heading, back, **context)


def _known(reader: Reader, row: Goal, now: datetime) -> dict[str, Any]:
    """The goal as the form's initial values; what no key opens stays empty."""
    texts = access.reveal(reader, [row], ("words", "steps"), purpose="correction", now=now)[row.pk]
    return {
        **{name: text or "" for name, text in texts.items()},
        "kind": row.kind,
        "member": row.member_id,
        "partner": row.partner_id,
        "version": row.version,
    }


def _both(form: GoalForm, recorded: dict[str, Any]) -> list[dict[str, Any]]:
    """The recorded goal and the typed one, people and organisations by name."""
    typed = {name: form.cleaned_data[name] for name in recorded if name != "version"}
    return differences(form, _said(form, recorded), _said(form, typed))


def _said(form: GoalForm, given: dict[str, Any]) -> dict[str, Any]:
    named = {name: form.rows[name].get(given[name] or "") for name in form.rows}
    return {
        "words": given["words"],
        "kind": label("kinds", given["kind"]),
        "steps": given["steps"],
        **{name: row.name if row else "" for name, row in named.items()},
    }


def review_goal(request: HttpRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Look at a goal again."""
    reader, case, row, now = working_part(request, ref, _goals(), goal_ref, "care.plan")
    first = {"on": local_day(now), "version": row.version}
    form = begun(request, ReviewForm(request.POST or None, initial=first))

    def act() -> str:
        facts = {**form.facts(), "expected": form.expected}
        actions.review_goal(row, **facts, actor=reader, now=now)
        return at("of-case", case)

    if done := saved(request, form, act):
        return done
    context: dict[str, Any] = {}
    fresh = Goal.objects.get(pk=row.pk)
    if renew_version(form, fresh.version):
        context["recorded"] = [
            {"key": gettext("How does it stand?"), "value": label("goal_states", fresh.state)},
            {"key": gettext("Since"), "value": fresh.state_on},
            {"key": gettext("Looked at again on"), "value": fresh.review_on},
        ]
    heading, back = gettext("Look at this goal again"), at("goal", case, row.pk)
    before = label("kinds", row.kind)
    return form_page(request, case, form, heading, back, before=before, **context)
