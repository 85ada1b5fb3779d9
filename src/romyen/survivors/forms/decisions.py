"""Forms of what is decided and agreed: identification, consent."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.pages.forms import DayField
from romyen.partners.models import Partner
from romyen.rules.consent import OURSELVES
from romyen.rules.ladder import Step, choices, organisations, statuses
from romyen.survivors.forms.choosing import LONGEST, Choosing, area, language
from romyen.survivors.listed import listed


class IdentifyForm(Choosing):
    """One step on the ladder; ``correcting`` undoes a mistake in the step before."""

    lists: ClassVar[dict[str, str]] = {"basis": "identification_bases"}
    status = forms.ChoiceField(label=_("What was decided?"), widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=_("Who decided?"))
    partner = forms.ChoiceField(label=_("Which organisation?"), required=False)
    on = DayField(label=_("On which day?"))
    basis = forms.ChoiceField(label=_("On what basis?"))
    words = forms.CharField(
        label=_("Reasons"),
        help_text=_("Sealed with the account."),
        required=False,
        max_length=LONGEST,
        widget=area(6),
    )
    reason = forms.CharField(
        label=_("Why is the earlier step corrected?"),
        required=False,
        max_length=LONGEST,
        widget=area(3),
    )

    def __init__(
        self,
        *args: Any,
        history: list[Step],
        partners: list[Partner],
        correcting: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        here = language()
        allowed = [item.code for item in statuses()] if correcting else choices(history)
        self.offer("status", [(code, statuses().label(code, here)) for code in allowed])
        self.offer("organisation", organisations().choices(here))
        self.offer("partner", [(one.pk, one.name) for one in partners])
        self.partners = {one.pk: one for one in partners}
        if not correcting:
            del self.fields["reason"]

    def decided(self) -> dict[str, Any]:
        """What the verb takes."""
        return {**self.cleaned_data, "partner": self.partners.get(self.cleaned_data["partner"])}


class ConsentForm(Choosing):
    """One consent, for one purpose and one recipient."""

    lists: ClassVar[dict[str, str]] = {
        "purpose": "consent_purposes",
        "giver": "consent_givers",
        "way": "consent_ways",
        "language": "languages",
    }
    purpose = forms.ChoiceField(label=_("What for?"))
    recipient = forms.ChoiceField(label=_("To whom?"))
    giver = forms.ChoiceField(label=_("Who consents?"), widget=forms.RadioSelect)
    guardian = forms.CharField(
        label=_("Name of the guardian"),
        help_text=_("Only where a guardian consents."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    way = forms.ChoiceField(label=_("How was it given?"))
    language = forms.ChoiceField(label=_("In which language was it explained?"), required=False)
    given_on = DayField(label=_("Given on"))
    expires_on = DayField(
        label=_("Holds until"),
        help_text=_("The last day. Leave empty if no end was agreed."),
        required=False,
    )
    limits = forms.CharField(
        label=_("The person's own conditions"),
        help_text=_("For example what must not be passed on. Sealed with the account."),
        required=False,
        max_length=LONGEST,
        widget=area(3),
    )

    def __init__(
        self, *args: Any, partners: list[Partner], conflict: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ours = (OURSELVES, _("This organisation"))
        self.offer("recipient", [ours, *((one.pk, one.name) for one in partners)])
        self.partners = {one.pk: one for one in partners}
        if conflict:
            self.fields["giver"].help_text = _(
                "A conflict with the guardian is noted: a guardian's consent does not count."
            )

    def agreed(self) -> dict[str, Any]:
        """What the verb takes."""
        facts = dict(self.cleaned_data)
        facts["partner"] = self.partners.get(facts.pop("recipient"))
        return facts


class WithdrawForm(Choosing):
    """One press; a reason may be given and never has to be."""

    reason = forms.CharField(
        label=_("Reason, if the person wants to give one"),
        required=False,
        max_length=LONGEST,
        widget=area(3),
    )


def purpose_label(code: str) -> str:
    """A purpose in the reader's words."""
    return listed("consent_purposes").label(code, language())
