"""The forms of a lead: three fields at first, everything later, and the decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.access import Team
from romyen.leads.facts import OPEN_FACTS
from romyen.leads.models import SEALED, Lead
from romyen.leads.words import exploitation_choices, words
from romyen.pages.forms import DayField, Form, MomentField
from romyen.partners.forms import province_choices
from romyen.partners.models import Partner
from romyen.rules import places

LONGEST = 20_000
NO_MEDIA = _(
    "Write text and addresses only. Never copy, paste or attach a sexual image of a child: "
    "note where it is and the time, and call the police."
)


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def area(rows: int) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class Choosing(Form):
    """A form whose choices are read from this package's lists when it is drawn."""

    lists: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            self.offer(name, words(of).choices(language()))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field its choices; a select begins with an empty one."""
        field: Any = self.fields[name]
        drop_down = type(field.widget) is forms.Select
        field.choices = [("", _("Choose")), *choices] if drop_down else list(choices)


class QuickForm(Choosing):
    """Three fields are enough to write a lead down."""

    lists = {"source": "sources", "imminence": "imminence"}

    team = forms.ChoiceField(label=_("Team"))
    account = forms.CharField(
        label=_("What was told?"),
        help_text=NO_MEDIA,
        max_length=LONGEST,
        widget=area(8),
    )
    source = forms.ChoiceField(label=_("Who told it?"))
    imminence = forms.ChoiceField(label=_("Is anyone in danger?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.pk: team for team in teams}
        if len(teams) == 1:
            del self.fields["team"]
        else:
            self.offer("team", [(team.pk, team.name) for team in teams])

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        only = next(iter(self.teams))
        return self.teams[self.cleaned_data.get("team") or only]


def _cascade() -> forms.Select:
    """A select whose change fetches the areas inside it; without JavaScript a button does."""
    fetch = {
        "data-hx-get": reverse_lazy("leads:places"),
        "data-hx-trigger": "change",
        "data-hx-include": "#places",
        "data-hx-target": "#places",
        "data-hx-swap": "outerHTML",
    }
    return forms.Select(attrs=fetch)


class PlaceForm(Choosing):
    """An official area: province, district, subdistrict, as deep as it is known."""

    province = forms.ChoiceField(label=_("Province"), required=False, widget=_cascade())
    district = forms.ChoiceField(
        label=_("District"),
        required=False,
        widget=_cascade(),
        error_messages={"invalid_choice": _("Choose a district of this province.")},
    )
    subdistrict = forms.ChoiceField(
        label=_("Subdistrict"),
        required=False,
        error_messages={"invalid_choice": _("Choose a subdistrict of this district.")},
    )

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["province"].choices = province_choices(language(), _("Not known"))
        fields["district"].choices = _inside(place[:2], place[:4])
        fields["subdistrict"].choices = _inside(place[:4], place[:6])
        for name, length in (("province", 2), ("district", 4), ("subdistrict", 6)):
            self.initial.setdefault(name, place[:length] if len(place) >= length else "")

    def place(self) -> str:
        """The code of the smallest area chosen."""
        chosen = self.cleaned_data
        return str(chosen["subdistrict"] or chosen["district"] or chosen["province"])


def _inside(code: str, now: str) -> list[tuple[str, Any]]:
    """The areas inside a place by name; one that was abolished stays while it is recorded."""
    inner = places.children(code) if len(code) in (2, 4) else []
    named = [(area.name(language()), area.code) for area in inner]
    if len(now) > len(code) and now not in {code for _name, code in named}:
        named.append((places.place(now).name(language()), now))
    return [("", _("Not known")), *((code, name) for name, code in sorted(named))]


def place_in(typed: Any) -> str:
    """The place that typed codes name, as deep as they fit each other and exist."""
    found = ""
    for name in ("province", "district", "subdistrict"):
        code = str(typed.get(name) or "")
        if not code.startswith(found) or len(code) != len(found) + 2 or not _exists(code):
            break
        found = code
    return found


def _exists(code: str) -> bool:
    return code in {area.code for area in places.children(code[:-2])}


class FactsForm(PlaceForm):
    """Everything that may be known. Sealed parts appear when empty or opened (``shown``)."""

    lists = {
        "source": "sources",
        "imminence": "imminence",
        "child": "child_involved",
        "contact_safe": "contact_safe",
        "red_flags": "red_flags",
    }

    imminence = forms.ChoiceField(label=_("Is anyone in danger?"), widget=forms.RadioSelect)
    child = forms.ChoiceField(label=_("Is a child involved?"), widget=forms.RadioSelect)
    account = forms.CharField(
        label=_("What was told?"), help_text=NO_MEDIA, max_length=LONGEST, widget=area(8)
    )
    source = forms.ChoiceField(label=_("Who told it?"))
    received_at = MomentField(label=_("When did we hear of it?"))
    reporter = forms.CharField(
        label=_("Name of the person who told it"),
        help_text=_("Leave it empty when the person does not want to be named."),
        required=False,
        max_length=500,
    )
    contact = forms.CharField(label=_("How to reach this person"), required=False, max_length=500)
    contact_safe = forms.ChoiceField(
        label=_("Is it safe to contact this person?"), widget=forms.RadioSelect
    )
    place_detail = forms.CharField(
        label=_("The exact place"),
        help_text=_("House, shop, factory, boat, page or account on the internet."),
        required=False,
        max_length=LONGEST,
        widget=area(3),
    )
    exploitation = forms.MultipleChoiceField(
        label=_("Suspected exploitation"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    red_flags = forms.MultipleChoiceField(
        label=_("Warning signs in an offer or a journey"),
        help_text=_("Tick what was told or seen, not what is guessed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("exploitation", exploitation_choices(language()))
        visible = [name for name in SEALED if name in set(shown)]
        self.masked = [self.fields.pop(name).label for name in SEALED if name not in visible]
        self.initial["shown"] = " ".join(visible)

    def facts(self) -> dict[str, Any]:
        """What the verb ``complete`` takes: only what stood in the form."""
        given = {name: self.cleaned_data[name] for name in OPEN_FACTS if name != "place"}
        given["place"] = self.place()
        return given | {name: self.cleaned_data[name] for name in SEALED if name in self.fields}


def known(lead: Lead) -> dict[str, Any]:
    """What is open of a lead, as the form's initial values."""
    return {name: getattr(lead, name) for name in (*OPEN_FACTS, "version")}


def empty_parts(lead: Lead) -> list[str]:
    """The sealed parts that hold nothing yet: a form may ask for them without opening any."""
    return [name for name in SEALED if getattr(lead, name) is None]


class TriageForm(Choosing):
    """What to do about a lead."""

    lists = {"decision": "triage"}

    decision = forms.ChoiceField(label=_("What do we do?"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why?"), max_length=LONGEST, widget=area(4))


class PoliceForm(Choosing):
    """Who took a lead over at the police, and under which number."""

    unit = forms.ChoiceField(label=_("Police unit"))
    officer = forms.CharField(
        label=_("Who took it over?"),
        help_text=_("Name and rank, or at least the desk."),
        max_length=500,
    )
    receipt_no = forms.CharField(
        label=_("Number of the receipt or daily report"), required=False, max_length=200
    )
    passed_on = DayField(label=_("When?"))

    def __init__(self, *args: Any, units: Iterable[Partner], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.offer("unit", [(unit.pk, unit.name) for unit in self.units.values()])
        self.initial.setdefault("passed_on", today)


class CloseForm(Choosing):
    """Why a lead ends without police or case."""

    lists = {"closing_reason": "closing_reasons"}

    outcome = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    closing_reason = forms.ChoiceField(label=_("Reason"))
    reason = forms.CharField(
        label=_("In your own words"),
        help_text=_("So that someone who reads it in two years understands."),
        max_length=LONGEST,
        widget=area(4),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = dict(words("outcomes").choices(language()))
        self.offer("outcome", [(code, outcomes[code]) for code in ("closed", "referred")])


class DutyForm(Form):
    """That a duty was done."""

    note = forms.CharField(
        label=_("What was done?"),
        help_text=_("Whom you told, when, and what they answered."),
        max_length=LONGEST,
        widget=area(4),
    )


class OpenForm(Choosing):
    """The purpose for which sealed parts are opened."""

    lists = {"purpose": "reading_purposes"}

    purpose = forms.ChoiceField(
        label=_("What do you open it for?"),
        help_text=_("Who opened it, when and what for is written down."),
    )
