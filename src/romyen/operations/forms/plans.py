"""The forms of a plan and of what became of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.access import Team
from romyen.operations.actions.planning import Plan
from romyen.operations.forms.choosing import (
    LONGEST,
    Choosing,
    Sealing,
    area,
    free,
    language,
    line,
)
from romyen.operations.whereabouts import Whereabouts, said_in
from romyen.pages.forms import DayField
from romyen.partners.forms import province_choices
from romyen.partners.models import Partner

SUPPORT_ONLY = _(
    "The organisation supports. Searching, arresting and holding people is done by the police "
    "unit alone, under its authority."
)

THERE = ("on", "province", "place", "unit")
"""The fields that are one sealed value."""


class PlanForm(Sealing):
    """What is planned."""

    lists: ClassVar[dict[str, str]] = {
        "kind": "kinds",
        "roles": "roles",
        "contributions": "contributions",
        "counting": "counting",
    }
    sealed = ("on", "province", "place", "unit", "officer", "order_no", "aim")
    columns: ClassVar[dict[str, str]] = dict.fromkeys(THERE, "whereabouts")

    team = forms.ChoiceField(label=_("Team"))
    kind = forms.ChoiceField(label=_("Kind of operation"), widget=forms.RadioSelect)
    on = DayField(label=_("Planned day"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    place = free(_("The exact place"), 3, help_text=_("House, shop, factory, boat."))
    unit = forms.ChoiceField(label=_("Police unit"), required=False)
    officer = line(_("Officer in charge"), help_text=_("Rank and name."))
    order_no = line(_("Number of the warrant or order"))
    roles = forms.MultipleChoiceField(
        label=_("What does the organisation do there?"),
        help_text=SUPPORT_ONLY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    aim = free(_("The plan"), 8, help_text=_("Aim, interpreters, places to stay, risks."))
    contributions = forms.MultipleChoiceField(
        label=_("What did the organisation contribute?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counting = forms.ChoiceField(label=_("How is it counted?"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, units: Iterable[Partner], teams: Iterable[Team] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.teams = {team.pk: team for team in teams}
        self.initial.setdefault("counting", "none")
        if "province" in self.fields:
            offered: Any = self.fields["province"]
            offered.choices = province_choices(language(), _("Not known"))
        if "unit" in self.fields:
            self.offer("unit", [(u.pk, u.name) for u in self.units.values()], _("None"))
        if len(self.teams) > 1:
            self.offer("team", [(t.pk, t.name) for t in self.teams.values()], _("Choose"))
        else:
            del self.fields["team"]

    @classmethod
    def read(cls, name: str, text: str) -> Any:
        """When and where are several parts of one value."""
        if name not in THERE:
            return text
        said = said_in(text).get(name, "")
        return date.fromisoformat(said) if name == "on" and said else said

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        return self.teams[self.cleaned_data.get("team") or next(iter(self.teams))]

    def plan(self) -> Plan:
        """What the verbs take."""
        given = self.cleaned_data
        return Plan(
            kind=given["kind"],
            roles=given["roles"],
            contributions=given["contributions"],
            counting=given["counting"],
            whereabouts=there(given, self.units) if "on" in self.fields else None,
            **{name: self.said(name) for name in ("officer", "order_no", "aim")},
        )


def there(given: Mapping[str, Any], units: Mapping[str, Partner]) -> Whereabouts:
    """When, where and under whose authority, as a form gives it."""
    said = {name: given[name] for name in ("on", "province", "place")}
    return Whereabouts(unit=units.get(given["unit"]), **said)


def planned(row: Any) -> dict[str, Any]:
    """What is open of a plan, as the form's initial values."""
    return {name: getattr(row, name) for name in ("kind", "roles", "contributions", "counting")} | {
        "version": row.version
    }


class CarriedOutForm(Choosing):
    """That it took place: when, where, under whose authority."""

    on = DayField(label=_("Day of the operation"))
    province = forms.ChoiceField(label=_("Province"), required=False)
    place = free(_("The exact place"), 3, help_text=_("It stays sealed for good."))
    unit = forms.ChoiceField(label=_("Police unit in charge"), required=False)
    outcome = free(
        _("What happened?"), 6, help_text=_("Who entered, what was found. Sealed as soon as saved.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Iterable[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        offered: Any = self.fields["province"]
        offered.choices = province_choices(language(), _("Not known"))
        self.offer("unit", [(u.pk, u.name) for u in self.units.values()], _("None"))

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = self.cleaned_data
        found = there(given, self.units)
        return {"there": found, "outcome": given["outcome"], "expected": given["version"]}


class CallOffForm(Choosing):
    """Why a plan is called off."""

    lists: ClassVar[dict[str, str]] = {"off_code": "calling_off"}
    off_code = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("In your own words"), max_length=LONGEST, widget=area(4))
    version = forms.IntegerField(widget=forms.HiddenInput)


class BlownForm(Choosing):
    """That others knew."""

    lists: ClassVar[dict[str, str]] = {"suspected": "leaks"}
    noticed_on = DayField(label=_("When was it noticed?"))
    suspected = forms.ChoiceField(
        label=_("How did it probably get out?"),
        help_text=_("A suspicion, not a finding. It can be recorded again when more is known."),
        widget=forms.RadioSelect,
    )
    how = free(_("What points to it?"), 5, help_text=_("Sealed as soon as saved."))
