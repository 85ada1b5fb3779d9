"""The forms of shelters."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.access import Member, Team
from romyen.access.approvals import LONGEST_PURPOSE
from romyen.access.forms import member_choices
from romyen.cases.forms import HourField
from romyen.cases.models import Case
from romyen.pages.forms import DayField, Form
from romyen.partners.forms import province_choices
from romyen.shelters.models import Bed, Shelter
from romyen.shelters.words import exit_choices, language, listed, warning
from romyen.survivors.listed import listed as of_survivors

LONGEST = 20_000
FACTS = (
    "name", "kind", "province", "capacity", "takes", "residents_per_staff", "licence_from",
    "licence_until",
)  # fmt: skip


def area(rows: int) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def text(label: Any, rows: int = 4, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """Free words, sealed when they are saved."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST, widget=area(rows)
    )


class Choosing(Form):
    """A form whose choices are read from this package's lists when it is drawn."""

    lists: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            self.offer(name, listed(of).choices(language()))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field its choices; a select begins with an empty one."""
        field: Any = self.fields[name]
        drop_down = type(field.widget) is forms.Select
        field.choices = [("", _("Choose")), *choices] if drop_down else list(choices)


class ShelterForm(Choosing):
    """What is open of a house."""

    lists = {"kind": "kinds", "takes": "takes"}

    team = forms.ChoiceField(label=_("Team"))
    name = forms.CharField(
        label=_("Name of the house"),
        help_text=_(
            "A name for use inside. Choose one that gives away no address: no street, no village, "
            "no number, no temple or school nearby."
        ),
        max_length=60,
    )
    kind = forms.ChoiceField(label=_("Whose house is it?"), widget=forms.RadioSelect)
    province = forms.ChoiceField(
        label=_("Province"), help_text=_("Nothing nearer than the province is shown anywhere.")
    )
    capacity = forms.IntegerField(label=_("For how many people?"))
    takes = forms.MultipleChoiceField(
        label=_("Whom does it take in?"),
        help_text=_("Nothing ticked means everyone."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    residents_per_staff = forms.IntegerField(
        label=_("Residents for each member of staff"),
        help_text=_("Such as 4, when one member of staff is there for four residents."),
        required=False,
    )
    licence_from = DayField(label=_("Licence valid from"), required=False)
    licence_until = DayField(label=_("Licence valid until"), required=False)
    active = forms.BooleanField(label=_("The house takes people in"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("province", province_choices(language(), "")[1:])
        self.teams = {team.pk: team for team in teams}
        if len(self.teams) > 1:
            self.offer("team", [(team.pk, team.name) for team in self.teams.values()])
        else:
            del self.fields["team"]
        if self.teams:  # a new house takes people in
            del self.fields["active"]

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        return self.teams[self.cleaned_data.get("team") or next(iter(self.teams))]

    def facts(self) -> dict[str, Any]:
        """What the verbs take."""
        names = [name for name in (*FACTS, "active") if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}


def known(shelter: Shelter) -> dict[str, Any]:
    """A house as the form's initial values."""
    return {name: getattr(shelter, name) for name in (*FACTS, "active", "version")}


class BedsForm(Form):
    """New beds, one label on each line."""

    labels = forms.CharField(
        label=_("Labels of the beds"),
        help_text=_("One on each line, such as A1. Write no name of a person."),
        max_length=2000,
        widget=area(4),
    )

    def facts(self) -> list[str]:
        """The labels, empty lines left out."""
        return [line for line in self.cleaned_data["labels"].splitlines() if line.strip()]


class ReasonForm(Choosing):
    """For what an address is opened."""

    lists = {"purpose": "reading_purposes"}

    purpose = forms.ChoiceField(label=_("What do you open it for?"))


class PurposeForm(Form):
    """For what names and words are opened; the code stands in the log."""

    purpose = forms.ChoiceField(label=_("What do you open it for?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purpose"]
        field.choices = of_survivors("reading_purposes").choices(language())


class LocationForm(Form):
    """Where a house is. It begins empty, and is not saved while it is being typed."""

    address = text(_("Address"), 3)
    directions = text(_("How to get there"), 3)
    coordinates = forms.CharField(label=_("Coordinates"), required=False, max_length=200)
    telephone = forms.CharField(label=_("Telephone of the house"), required=False, max_length=200)
    arrival = text(_("What to do on arrival"), 3)
    licence_no = forms.CharField(
        label=_("Number of the licence"),
        help_text=_(
            "It is sealed with the address, because a register may tell one for the other."
        ),
        required=False,
        max_length=200,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def facts(self) -> dict[str, str]:
        """What the verbs take."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class OpenToForm(Form):
    """To whom an address shall be opened, until when, and why."""

    member = forms.ChoiceField(label=_("Colleague"))
    until = DayField(
        label=_("Last day"),
        help_text=_("At most 30 days ahead. Who keeps the house may know it without an end."),
        required=False,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("A few words, without names of survivors or places"),
        max_length=LONGEST_PURPOSE,
    )

    def __init__(self, *args: Any, colleagues: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.choices = member_choices(colleagues)


class Warned(Choosing):
    """A form of placing: the warnings of the house stand in it, to be confirmed one by one."""

    confirmed = forms.MultipleChoiceField(
        label=_("Warnings: tick what shall be so all the same"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    over_reason = text(_("Why one more than there are places?"), 2)

    def __init__(self, *args: Any, beds: Iterable[Bed], warned: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beds = {bed.pk: bed for bed in beds}
        field: Any = self.fields["bed"]
        named = [(bed.pk, bed.label) for bed in self.beds.values()]
        field.choices = [("", _("Without a bed of one's own")), *named]
        self.offer("confirmed", [(code, warning(code)) for code in warned])
        if not warned:
            del self.fields["confirmed"]
        if "full" not in warned:
            del self.fields["over_reason"]

    def facts(self) -> dict[str, Any]:
        """What the verbs take."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**given, "bed": self.beds.get(given["bed"])}


class PlaceForm(Warned):
    """She arrived in this house."""

    bed = forms.ChoiceField(label=_("Bed"), required=False)
    arrived_on = DayField(label=_("Arrived on"))
    hour = HourField()
    field_order = ("bed", "arrived_on", "hour", "confirmed", "over_reason")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("arrived_on", today)

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = super().facts()
        given["arrived_at"] = given.pop("hour")
        return given


class MoveForm(Warned):
    """She moved to this house, or to another bed in it."""

    bed = forms.ChoiceField(label=_("Bed"), required=False)
    on = DayField(label=_("Moved on"))
    words = text(_("Why?"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("bed", "on", "words", "confirmed", "over_reason")


class LeaveForm(Choosing):
    """Nights away."""

    lists = {"reason": "leave_reasons"}

    began_on = DayField(label=_("Away from"))
    until_on = DayField(label=_("Back on"))
    reason = forms.ChoiceField(label=_("Reason"))
    words = text(_("In your own words"), 3)


class EndForm(Choosing):
    """She left the house."""

    left_on = DayField(label=_("Left on"))
    reason = forms.ChoiceField(label=_("Reason"))
    words = text(_("In your own words"), 4, hint=_("Where to and with whom: it is sealed."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reason", exit_choices())


class IncidentForm(Choosing):
    """Something that happened in the house."""

    lists = {"kind": "incident_kinds", "called": "called"}

    kind = forms.ChoiceField(label=_("What kind of incident?"))
    on = DayField(label=_("On which day?"))
    hour = HourField()
    words = text(_("What happened?"), 6, required=True)
    health = text(
        _("What concerns somebody's health"), 3, hint=_("Only colleagues who do care open this.")
    )
    done = text(_("What was done?"), 3)
    called = forms.MultipleChoiceField(
        label=_("Who was called?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cases = forms.MultipleChoiceField(
        label=_("Whom did it concern?"),
        help_text=_("By code. Who may not read one of these cases does not see the incident."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    follow_up_on = DayField(label=_("Follow up until"), required=False)
    field_order = (
        "kind", "on", "hour", "cases", "words", "health", "done", "called", "follow_up_on",
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Iterable[Case], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {case.pk: case for case in cases}
        self.offer("cases", [(case.pk, case.node.code) for case in self.people.values()])
        if not self.people:
            del self.fields["cases"]
        self.initial.setdefault("on", today)

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        return {**given, "cases": [self.people[pk] for pk in given.get("cases", [])]}


class FollowUpForm(Form):
    """What followed."""

    words = text(_("What was done?"), required=True)
