"""Forms of what hangs on a case: her part, hearings, testimony, money, permits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.legal.forms.fields import BahtField, Recorded, notes, short
from romyen.legal.forms.proceedings import hearing_name
from romyen.legal.models import Hearing
from romyen.legal.panels import fund_rule
from romyen.legal.words import language, law_of, sure, words
from romyen.pages.forms import DayField
from romyen.rules.lists import Item


class PartyForm(Recorded):
    """Her part in a proceeding."""

    lists = {"role": "party_roles"}
    sealed = ("lawyer", "interpreter")

    role = forms.ChoiceField(label=_("Part in the proceeding"), widget=forms.RadioSelect)
    lawyer = short(_("Lawyer or legal aid"))
    interpreter = short(_("Interpreter"))


class AttendanceForm(Recorded):
    """How she is protected at a hearing, and whether she was prepared."""

    sealed = ("words",)

    hearing = forms.ChoiceField(label=_("Which hearing?"))
    measures = forms.MultipleChoiceField(
        label=_("What protection is there?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    prepared_on = DayField(label=_("Prepared together on"), required=False)
    words = notes(_("What the survivor asked for"))

    def __init__(self, *args: Any, hearings: Iterable[Hearing] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["measures"]
        self.offer("measures", words("measures").choices(language()))
        field.choice_hints = {item.code: _hint(item) for item in words("measures")}
        self.hearings = {row.pk: row for row in hearings or ()}
        if hearings is None:
            del self.fields["hearing"]
        else:
            self.offer("hearing", [(pk, hearing_name(row)) for pk, row in self.hearings.items()])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = super().facts()
        if "hearing" in given:
            given["hearing"] = self.hearings[given["hearing"]]
        return given


def _hint(item: Item) -> str:
    """Where a measure stands in the law, and how sure we are."""
    law = law_of(item)
    return f"{law}; {sure(item)}" if law else ""


class TestimonyForm(Recorded):
    """Testimony before the charge, step by step."""

    lists = {"asked_by": "testimony_askers"}
    sealed = ("words",)

    asked_by = forms.ChoiceField(label=_("Who asked for it?"), widget=forms.RadioSelect)
    asked_on = DayField(label=_("Asked for on"))
    filed_on = DayField(label=_("Filed by the prosecutor on"), required=False)
    ordered_on = DayField(label=_("Ordered by the court on"), required=False)
    held_on = DayField(label=_("Held on"), required=False)
    hearing = forms.ChoiceField(label=_("The day at court"), required=False)
    words = notes()

    def __init__(self, *args: Any, hearings: Iterable[Hearing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hearings = {row.pk: row for row in hearings}
        self.offer("hearing", [(pk, hearing_name(row)) for pk, row in self.hearings.items()])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = super().facts()
        given["hearing"] = self.hearings.get(given["hearing"])
        return given


class CompensationForm(Recorded):
    """One head of compensation."""

    lists = {
        "head": "compensation_heads",
        "payer": "payers",
        "enforcement": "enforcement_states",
    }
    sealed = ("words",)

    head = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    payer = forms.ChoiceField(label=_("Who has to pay?"))
    claimed = BahtField(
        label=_("Claimed, in baht"),
        help_text=_("Leave it empty when the court ordered it unasked (Act of 2016, section 13)."),
        required=False,
    )
    claimed_on = DayField(label=_("Claimed on"), required=False)
    ordered = BahtField(label=_("Ordered, in baht"), required=False)
    ordered_on = DayField(label=_("Ordered on"), required=False)
    enforcement = forms.ChoiceField(label=_("Enforcement"))
    words = notes()


class PaymentForm(Recorded):
    """An instalment that reached her."""

    amount = BahtField(label=_("Paid, in baht"))
    paid_on = DayField(label=_("Paid on"))


class PermitForm(Recorded):
    """A permit or a paper."""

    lists = {"kind": "permit_kinds", "state": "permit_states"}
    offices = ("authority",)
    sealed = ("number", "words")

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    state = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    number = short(_("Number"))
    authority = forms.ChoiceField(label=_("Which authority?"), required=False)
    granted_on = DayField(label=_("Granted on"), required=False)
    expires_on = DayField(label=_("Valid until"), required=False)
    words = notes()

    def __init__(self, *args: Any, renewal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = words("permit_states").choices(language())
        now = self.initial.get("state", "")
        self.offer("state", [one for one in states if one[0] != "renewed" or now == "renewed"])
        if renewal:
            del self.fields["kind"]


class FundForm(Recorded):
    """An application to the Fund, with what is asked for under each head."""

    lists = {"applicant": "fund_applicants"}
    offices = ("office",)
    sealed = ("words",)

    applicant = forms.ChoiceField(label=_("Who applies?"), widget=forms.RadioSelect)
    applied_on = DayField(label=_("Applied on"))
    office = forms.ChoiceField(
        label=_("Where?"),
        help_text=_("In Bangkok DATIP, in the provinces the provincial office, or the shelter."),
        required=False,
    )
    words = notes()

    def __init__(self, *args: Any, fresh: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heads = list(words("fund_heads")) if fresh else []
        for item in self.heads:
            self.fields[f"asked_{item.code}"] = BahtField(
                label=item.label(language()), help_text=fund_rule(item.code), required=False
            )

    def facts(self) -> dict[str, Any]:
        """What the verb takes; the heads apart in ``asked``."""
        given = super().facts()
        typed = {item.code: given.pop(f"asked_{item.code}") for item in self.heads}
        asked = {code: amount for code, amount in typed.items() if amount}
        return {**given, "asked": asked} if self.heads else given


class AskForm(Recorded):
    """One expense head more."""

    lists = {"head": "fund_heads"}

    head = forms.ChoiceField(label=_("Expense head"))
    asked = BahtField(label=_("Asked for, in baht"))


class HeadForm(Recorded):
    """What was approved and paid under one head."""

    asked = BahtField(label=_("Asked for, in baht"))
    approved = BahtField(label=_("Approved, in baht"), required=False)
    paid = BahtField(label=_("Paid, in baht"), required=False)
    paid_on = DayField(label=_("Paid on"), required=False)


class StepForm(Recorded):
    """A step of the application."""

    lists = {"step": "fund_steps", "decision": "fund_decisions"}

    step = forms.ChoiceField(label=_("Which step?"), widget=forms.RadioSelect)
    on = DayField(label=_("On which day?"))
    decision = forms.ChoiceField(label=_("Decision"), required=False)
    words = notes(_("Opinion or reason"))
