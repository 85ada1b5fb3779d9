"""The forms of a recommendation: what it asks, and what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.access import Member, Team
from romyen.advocacy.facts import LONGEST, LONGEST_URL
from romyen.advocacy.models import Recommendation
from romyen.advocacy.words import words
from romyen.pages import era
from romyen.pages.forms import DayField, Form
from romyen.partners.models import Partner
from romyen.rules.days import thai_digits, to_be, to_ce

FIELDS = ("source", "source_year", "theme", "text", "in_charge", "review_on")
NO_NAMES = _("Everyone here can read this. Write no name of a person and nothing about one case.")


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


class YearField(forms.IntegerField):
    """A year typed in the reader's era; gives a year C.E."""

    def to_python(self, value: Any) -> int | None:
        """The year, or the error of a number field."""
        year = super().to_python(thai_digits(str(value)) if value else None)
        return to_ce(year) if year is not None and era.current() == "be" else year

    def prepare_value(self, value: Any) -> Any:
        """A stored year as the reader writes it; what was typed stays as it is."""
        return to_be(value) if isinstance(value, int) and era.current() == "be" else value


class RecommendationForm(Form):
    """What is recommended, by whom, to whom, and who follows it up."""

    team = forms.ChoiceField(label=_("Team"))
    source = forms.ChoiceField(label=_("Where does it come from?"))
    source_year = YearField(
        label=_("Year of the publication"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    theme = forms.ChoiceField(label=_("Theme"))
    text = forms.CharField(
        label=_("What is recommended?"),
        help_text=NO_NAMES,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on = DayField(label=_("When was it made?"))
    owner = forms.ChoiceField(
        label=_("Which authority has to act?"),
        help_text=_("From the directory of organisations."),
        required=False,
    )
    in_charge = forms.ChoiceField(label=_("Who of us follows it up?"), required=False)
    review_on = DayField(label=_("When do we look at it again?"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        teams: Iterable[Team],
        colleagues: Iterable[Member],
        partners: Iterable[Partner],
        fresh: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.pk: team for team in teams}
        self.partners = {partner.pk: partner for partner in partners}
        if not fresh:
            del self.fields["on"]
        if len(self.teams) < 2:
            del self.fields["team"]
        else:
            self._offer("team", [(one.pk, one.name) for one in self.teams.values()], _("Choose"))
        self._offer("source", words("sources").choices(language()), _("Choose"))
        self._offer("theme", words("themes").choices(language()), _("Choose"))
        named = [(one.pk, one.name) for one in self.partners.values()]
        self._offer("owner", named, _("Not known"))
        people = [(member.pk, member.name) for member in colleagues]
        self._offer("in_charge", people, _("Nobody yet"))

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]], empty: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [("", empty), *choices]

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        only = next(iter(self.teams))
        return self.teams[self.cleaned_data.get("team") or only]

    def facts(self) -> dict[str, Any]:
        """What the verbs take, the day it was made apart."""
        given = {name: self.cleaned_data[name] for name in FIELDS}
        return given | {"owner": self.partners.get(self.cleaned_data["owner"])}


def known(kept: Recommendation) -> dict[str, Any]:
    """A recommendation as the form's initial values."""
    given = {name: getattr(kept, name) for name in (*FIELDS, "version")}
    return given | {"owner": kept.owner_id or ""}


class TurnForm(Form):
    """What became of a recommendation, and how one knows."""

    status = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    on = DayField(label=_("Since when?"))
    evidence = forms.CharField(
        label=_("How do we know?"),
        help_text=NO_NAMES,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    url = forms.CharField(
        label=_("Address on the internet"),
        help_text=_("Only written down. Romyen never opens it."),
        required=False,
        max_length=LONGEST_URL,
    )
    review_on = DayField(label=_("When do we look at it again?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status: Any = self.fields["status"]
        status.choices = words("statuses").choices(language())
        self.initial.setdefault("on", today)
