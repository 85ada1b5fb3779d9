"""The forms of a session: what it was, whom it reached, what was known before and after."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.access import Member, Team
from romyen.leads.forms import PlaceForm
from romyen.pages.forms import DayField, Form
from romyen.partners.models import Partner
from romyen.prevention.facts import LONGEST_VENUE, MOST
from romyen.prevention.models import Session
from romyen.prevention.words import questionnaire, words
from romyen.rules.lists import Item

FIELDS = ("on", "kind", "topics", "venue", "facilitators", "reporting_points", "disclosures")


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def _count(label: Any, **more: Any) -> forms.IntegerField:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.TextInput(attrs=attrs),
        **more,
    )


class SessionForm(PlaceForm):
    """One session. The reach is a table of counts by sex and age band."""

    team = forms.ChoiceField(label=_("Team"))
    on = DayField(label=_("Day"), help_text=_("A day ahead plans a session."))
    kind = forms.ChoiceField(label=_("What kind of session?"))
    topics = forms.MultipleChoiceField(label=_("Topics"), widget=forms.CheckboxSelectMultiple)
    venue = forms.CharField(
        label=_("School, hall or page"),
        help_text=_("The public name of the place. Write no names of participants."),
        required=False,
        max_length=LONGEST_VENUE,
    )
    partner = forms.ChoiceField(label=_("Together with"), required=False)
    facilitators = forms.MultipleChoiceField(
        label=_("Who held it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reporting_points = _count(
        _("Teachers or others who became a reporting point"),
        help_text=_("People whom others can turn to, and who know whom to call."),
    )
    disclosures = _count(
        _("How many people told us something?"),
        help_text=_("Only the number. What they told is written down as a lead, and sealed."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        teams: Iterable[Team],
        colleagues: Iterable[Member],
        partners: Iterable[Partner],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.pk: team for team in teams}
        self.partners = {partner.pk: partner for partner in partners}
        self._offer_people(colleagues)
        self.offer("kind", words("kinds").choices(language()))
        self.offer("topics", words("topics").choices(language()))
        self._add_reach()

    def _offer_people(self, colleagues: Iterable[Member]) -> None:
        if len(self.teams) < 2:
            del self.fields["team"]
        else:
            self.offer("team", [(team.pk, team.name) for team in self.teams.values()])
        self.offer("facilitators", [(member.pk, member.name) for member in colleagues])
        partner: Any = self.fields["partner"]
        named = [(one.pk, one.name) for one in self.partners.values()]
        partner.choices = [("", _("Nobody else")), *named]

    def _add_reach(self) -> None:
        for sex in words("sexes"):
            for age in words("ages"):
                label = f"{sex.label(language())}, {age.label(language())}"
                field = _count(label)
                self.fields[_reach_name(sex, age)] = field
                self._ask_for(_reach_name(sex, age))

    @property
    def reach_rows(self) -> list[dict[str, Any]]:
        """The table of the reach: one row for each age band, one input for each sex."""
        return [
            {
                "label": age.label(language()),
                "cells": [(self[_reach_name(sex, age)], sex.label(language())) for sex in _sexes()],
            }
            for age in words("ages")
        ]

    @property
    def sexes(self) -> list[str]:
        """The headings of that table."""
        return [sex.label(language()) for sex in _sexes()]

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        only = next(iter(self.teams))
        return self.teams[self.cleaned_data.get("team") or only]

    def facts(self) -> dict[str, Any]:
        """What the verbs take."""
        typed = self.cleaned_data
        given = {name: typed[name] for name in FIELDS}
        for name in ("reporting_points", "disclosures"):
            given[name] = typed[name] or 0
        given["place"] = self.place()
        given["partner"] = self.partners.get(typed["partner"])
        given["reach"] = {
            f"{sex.code}:{age.code}": typed[_reach_name(sex, age)] or 0
            for sex in _sexes()
            for age in words("ages")
        }
        return given


def _sexes() -> list[Item]:
    return list(words("sexes"))


def _reach_name(sex: Item, age: Item) -> str:
    return f"reach_{sex.code}_{age.code}"


def known(session: Session) -> dict[str, Any]:
    """A session as the form's initial values."""
    given = {name: getattr(session, name) for name in (*FIELDS, "version")}
    given["partner"] = session.partner_id or ""
    for group, count in session.reach.items():
        given[f"reach_{group.replace(':', '_')}"] = count
    return given


class CountForm(Form):
    """How many were right, counted by hand."""

    stage = forms.ChoiceField(label=_("When were the questions asked again?"))
    asked = _count(_("How many people answered before and after?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_stages(self)
        self.fields["asked"].required = True
        for question in questionnaire().questions:
            name = question.name.label(language())
            for when, label in (("before", _("right before")), ("after", _("right after"))):
                self.fields[f"{question.code}_{when}"] = _count(f"{name}: {label}")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row for each question."""
        return [
            {
                "label": question.name.label(language()),
                "before": self[f"{question.code}_before"],
                "after": self[f"{question.code}_after"],
            }
            for question in questionnaire().questions
        ]

    def right(self) -> dict[str, tuple[int | None, int | None]]:
        """What the verb takes."""
        typed = self.cleaned_data
        return {
            one.code: (typed[f"{one.code}_before"], typed[f"{one.code}_after"])
            for one in questionnaire().questions
        }


class MatchForm(Form):
    """Lines of anonymous answers; nothing of them is kept but their sums."""

    stage = forms.ChoiceField(label=_("When were the questions asked again?"))
    lines = forms.CharField(
        label=_("Answers, one person a line"),
        help_text=_(
            "Code; letters before; letters after, such as GECKO7; bacab; bacba. The code is one "
            "that the person made up. A dot is a question left empty."
        ),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_stages(self)


def _offer_stages(form: Form) -> None:
    stage: Any = form.fields["stage"]
    stage.choices = words("stages").choices(language())
