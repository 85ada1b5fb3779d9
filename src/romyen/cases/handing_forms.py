"""The forms of handing a case over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.access.models import Member, Node
from romyen.cases.forms import LONGEST, Choosing, area
from romyen.pages.forms import Form


class HandOverForm(Choosing):
    """Which cases go to whom."""

    lists = {"reason": "hand_over_reasons"}

    cases = forms.MultipleChoiceField(
        label=_("Which cases?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    to = forms.ChoiceField(label=_("Who takes over?"))
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        cases: Iterable[tuple[str, str]],
        members: Iterable[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.offer("cases", cases)
        self.offer("to", [(pk, member.name) for pk, member in self.members.items()])


class TransferForm(Choosing):
    """A survivor's file for another team."""

    lists = {"reason": "hand_over_reasons", "wish": "transfer_wishes"}

    to = forms.ChoiceField(label=_("Which team, and who there?"))
    wish = forms.ChoiceField(label=_("What does she say to it?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, receivers: Iterable[tuple[Node, Member]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {f"{team.pk}.{member.pk}": (team, member) for team, member in receivers}
        named = [(key, f"{team}: {member}") for key, (team, member) in self.receivers.items()]
        self.offer("to", named)


class HandOnForm(Form):
    """The last step of a transfer."""

    leave = forms.BooleanField(
        label=_("What nobody passed on may stay closed for now"), required=False
    )


class OfferedForm(Choosing):
    """Yes or no to cases that are offered; a no has its reason."""

    lists = {"because": "decline_reasons"}

    offers = forms.MultipleChoiceField(
        label=_("Which cases?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[("accept", _("I take them over")), ("decline", _("I cannot take them over"))],
    )
    because = forms.ChoiceField(
        label=_("If you cannot: why?"), widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST, widget=area(3)
    )

    def __init__(self, *args: Any, offers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("offers", offers)

    def clean(self) -> dict[str, Any]:
        """A no needs its reason."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "decline" and not given.get("because"):
            self.add_error("because", gettext("Choose why, so that the colleague can plan."))
        return given
