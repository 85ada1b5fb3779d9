"""Forms of a proceeding: what it is, its stage, charges, days at court."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.cases.forms import HourField
from romyen.legal.forms.fields import Recorded, area, notes, short
from romyen.legal.models import Hearing, Party
from romyen.legal.words import language, offence_choices, words
from romyen.pages.era import written_day
from romyen.pages.forms import DayField
from romyen.partners.words import POLICE

OUTCOMES = ("planned", "held", "cancelled")
"""What may be chosen: a hearing that is put off is moved to its new day."""
COURTS = frozenset({"CentralGovernmentOrganisation", "LocalGovernmentOrganisation", "LegalService"})


class ProceedingForm(Recorded):
    """What is known of a proceeding."""

    lists = {"kind": "proceeding_kinds"}
    offices = ("police", "prosecutor", "court")
    kinds = {"police": frozenset({POLICE}), "prosecutor": COURTS, "court": COURTS}
    sealed = ("police_no", "prosecutor_no", "black_no", "red_no", "accused")

    kind = forms.ChoiceField(label=_("What kind of proceeding?"))
    police = forms.ChoiceField(label=_("Police unit"), required=False)
    police_no = short(_("Number at the police"))
    prosecutor = forms.ChoiceField(label=_("Prosecutor's office"), required=False)
    prosecutor_no = short(_("Number at the prosecutor"))
    court = forms.ChoiceField(label=_("Court or authority"), required=False)
    black_no = short(_("Black case number"))
    red_no = short(_("Red case number"))
    accused = forms.CharField(
        label=_("The accused"),
        help_text=_("One name on each line."),
        required=False,
        max_length=5000,
        widget=area(3),
    )
    accused_count = forms.IntegerField(
        label=_("How many accused?"), required=False, min_value=0, max_value=999
    )
    detained = forms.BooleanField(label=_("One of them is detained"), required=False)
    detained_on = DayField(label=_("Detained since"), required=False)

    def facts(self) -> dict[str, Any]:
        """What the verb takes; a day of detention goes with the box."""
        given = super().facts()
        given["accused_count"] = given["accused_count"] or 0
        given["detained_on"] = given["detained_on"] if given["detained"] else None
        return given


class BeginForm(ProceedingForm):
    """A new proceeding of a case: where it stands, and her part in it."""

    lists = {"kind": "proceeding_kinds", "stage": "stages", "role": "party_roles"}

    stage = forms.ChoiceField(label=_("Where does it stand?"))
    stage_on = DayField(label=_("Since when?"))
    role = forms.ChoiceField(label=_("Part in the proceeding"), widget=forms.RadioSelect)
    lawyer = short(_("Lawyer or legal aid"))
    interpreter = short(_("Interpreter"))
    field_order = ("kind", "role", "stage", "stage_on")

    def facts(self) -> dict[str, Any]:
        """What the verb takes; her part stands apart."""
        given = super().facts()
        part = {name: given.pop(name) for name in ("role", "lawyer", "interpreter")}
        return {**given, "party": part}


class StageForm(Recorded):
    """The next stage."""

    lists = {"stage": "stages"}

    stage = forms.ChoiceField(label=_("Which stage?"), widget=forms.RadioSelect)
    on = DayField(label=_("Since when?"))


class JoinForm(Recorded):
    """Another case that is part of it."""

    lists = {"role": "party_roles"}

    code = forms.CharField(label=_("Code of the case"), max_length=30)
    role = forms.ChoiceField(label=_("Part in the proceeding"), widget=forms.RadioSelect)
    lawyer = short(_("Lawyer or legal aid"))
    interpreter = short(_("Interpreter"))


class ChargeForm(Recorded):
    """A charge by law and section, and what became of it."""

    lists = {"result": "results"}
    sealed = ("detail", "sentence")

    offence = forms.ChoiceField(
        label=_("Law and section"), help_text=_("Is it not in the list? Choose the last one.")
    )
    detail = short(_("The exact section, where the list is not enough"))
    charged_on = DayField(
        label=_("Charged on"),
        help_text=_("The day on which it was filed with the court, if it was."),
        required=False,
    )
    result = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    judged_on = DayField(label=_("Judged or ended on"), required=False)
    sentence = notes(_("Sentence or reason"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("offence", offence_choices())


class HearingForm(Recorded):
    """A day at court, to come or past."""

    lists = {"kind": "hearing_kinds"}
    sealed = ("room", "words")

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    on = DayField(label=_("On which day?"))
    hour = HourField()
    room = short(_("Where exactly?"), help_text=_("Court, building, room. It is sealed."))
    outcome = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("Who has to come?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = notes()

    def __init__(
        self, *args: Any, parties: list[Party], past: str = "planned", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        outcomes = words("hearing_outcomes").choices(language())
        self.offer("outcome", [one for one in outcomes if one[0] in (past, *OUTCOMES)])
        self.initial.setdefault("outcome", "planned")
        self.parties = {party.pk: party for party in parties}
        self.offer("people", [(pk, one.case.node.code) for pk, one in self.parties.items()])
        if not self.parties:
            del self.fields["people"]

    def facts(self) -> dict[str, Any]:
        """What the verb takes; who has to come is said by another."""
        given = super().facts()
        given.pop("people", None)
        return given

    def coming(self) -> list[Party]:
        """The parties that were ticked."""
        return [self.parties[pk] for pk in self.cleaned_data.get("people", ())]


class MoveForm(Recorded):
    """The new day of a hearing that was put off."""

    on = DayField(label=_("New day"))
    hour = HourField()
    room = short(_("Where exactly?"), help_text=_("Court, building, room. It is sealed."))


def hearing_name(row: Hearing) -> str:
    """A hearing as a choice: what, and on which day."""
    return f"{words('hearing_kinds').label(row.kind, language())}, {written_day(row.on)}"
