"""Forms of access: joining, people and their roles, walls around a record."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from romyen.access.approvals import LONGEST_PURPOSE
from romyen.access.models import Member, Node
from romyen.access.passphrases import LongEnough
from romyen.access.roles import role_name
from romyen.access.walls import REASONS
from romyen.pages.era import BANGKOK
from romyen.pages.forms import DayField, Form

type Choices = list[tuple[str, str]]


def role_choices(codes: Iterable[str]) -> Choices:
    """Roles in the reader's language."""
    return [(code, role_name(code, get_language() or "en")) for code in codes]


def member_choices(members: Iterable[Member]) -> Choices:
    """Colleagues by name."""
    return [("", gettext("Choose a colleague")), *((member.pk, member.name) for member in members)]


def place_choices(nodes: Iterable[Node]) -> Choices:
    """Teams by name; the organisation as a whole."""
    whole = gettext("the whole organisation")
    return [(node.pk, whole if node.kind == "organisation" else str(node)) for node in nodes]


class JoinForm(Form):
    """Take up an invitation."""

    name = forms.CharField(label=_("Your name, as colleagues know you"), max_length=100)
    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["passphrase"].help_text = LongEnough().get_help_text()

    def clean_passphrase(self) -> str:
        """Long enough and not a common one."""
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase)
        return passphrase


class _RoleForm(Form):
    """A role on a place, of those that the reader may give."""

    role = forms.ChoiceField(label=_("Role"))
    node = forms.ChoiceField(label=_("Where"))

    def __init__(
        self, *args: Any, codes: Iterable[str], nodes: Iterable[Node], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        node: Any = self.fields["node"]
        role.choices = role_choices(codes)
        node.choices = place_choices(nodes)


class InviteForm(_RoleForm):
    """Invite a colleague."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"), max_length=200)
    field_order = ("name", "email", "role", "node")


def _purpose() -> forms.CharField:
    return forms.CharField(
        label=_("Purpose"),
        help_text=_("A few words, without names of survivors or places"),
        max_length=LONGEST_PURPOSE,
    )


def _last_day() -> DayField:
    return DayField(label=_("Last day, if it is for a limited time"), required=False, help_text="")


def end_of(day: date | None) -> datetime | None:
    """The moment after the last day, in Bangkok."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=BANGKOK)


class AssignForm(_RoleForm):
    """Give a colleague a role."""

    purpose = _purpose()
    ends = _last_day()


class AdmitForm(Form):
    """The five groups as the colleague reads them aloud."""

    words = forms.CharField(
        label=_("The five groups that your colleague reads to you"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class TeamForm(Form):
    """Found a team."""

    name = forms.CharField(
        label=_("Name of the team"),
        help_text=_("Choose a name that gives away no address."),
        max_length=60,
    )


class ExcludeForm(Form):
    """Hide a record from a colleague."""

    member = forms.ChoiceField(label=_("Colleague"))
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        reason: Any = self.fields["reason"]
        member.choices = member_choices(colleagues)
        reason.choices = [(code, gettext(text)) for code, text in REASONS.items()]


class PurposeForm(Form):
    """Why a second person is asked."""

    purpose = _purpose()


class ShareForm(Form):
    """Give one colleague a role on one record."""

    member = forms.ChoiceField(label=_("Colleague"))
    role = forms.ChoiceField(label=_("Role on this record"))
    purpose = _purpose()
    ends = _last_day()

    def __init__(
        self, *args: Any, colleagues: Iterable[Member], codes: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        role: Any = self.fields["role"]
        member.choices = member_choices(colleagues)
        role.choices = role_choices(codes)
