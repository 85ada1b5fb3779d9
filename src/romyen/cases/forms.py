"""The forms of a case file."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.access.models import Member
from romyen.cases.book import book, listed
from romyen.cases.lawful import PURPOSES
from romyen.cases.panels import ground_of
from romyen.cases.words import EXTENDERS, language
from romyen.pages.era import BANGKOK, written_day
from romyen.pages.forms import DayField, Form
from romyen.partners.models import Partner
from romyen.rules.consent import bases
from romyen.rules.days import thai_digits
from romyen.rules.refusals import Refusal
from romyen.rules.spans import Moment
from romyen.survivors.listed import listed as of_survivors

LONGEST = 20_000
NO_MEDIA = _(
    "Write text and addresses only. Never copy, paste or attach a sexual image of a child: "
    "note where it is and the time, and call the police."
)


def area(rows: int) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


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


class HourField(forms.CharField):
    """An hour in Bangkok, or nothing where it is not known; Thai digits allowed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time"))
        kwargs.setdefault("help_text", _("If it is known, such as 14:30"))
        super().__init__(
            required=False,
            max_length=8,
            widget=forms.TextInput(attrs={"size": 5}),
            **kwargs,
        )

    def clean(self, value: Any) -> time | None:
        """The hour typed as 14:30, 14.30 or 1430."""
        digits = thai_digits(super().clean(value)).replace(".", "").replace(":", "").strip()
        if not digits:
            return None
        try:
            if not (digits.isascii() and digits.isdigit() and len(digits) in (3, 4)):
                raise ValueError
            return time(int(digits[:-2]), int(digits[-2:]))
        except ValueError:
            raise forms.ValidationError(
                gettext("Write the time as hours and minutes, such as 14:30."), code="time"
            ) from None


def moment(day: date, hour: time | None) -> Moment:
    """The moment in Bangkok, or the day alone."""
    return datetime.combine(day, hour, BANGKOK) if hour is not None else day


class PurposeForm(Form):
    """What sealed parts are opened for; the code stands in the log."""

    purpose = forms.ChoiceField(label=_("What do you open it for?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purpose"]
        field.choices = of_survivors("reading_purposes").choices(language())


class OpenCaseForm(Choosing):
    """A case for a survivor."""

    manager = forms.ChoiceField(label=_("Who manages the case?"))
    opened_on = DayField(label=_("Opened on"))

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.offer("manager", [(pk, member.name) for pk, member in self.members.items()])


class FlagsForm(Choosing):
    """Which flags stand on a case."""

    lists = {"flags": "flags"}

    flags = forms.MultipleChoiceField(
        label=_("Flags"),
        help_text=_("Lists show them beside the code. They hold no words of your own."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class EventForm(Choosing):
    """Something that happened."""

    lists = {"source": "event_sources"}

    code = forms.ChoiceField(
        label=_("What happened?"), help_text=_("Some events start a clock of the law.")
    )
    at = DayField(label=_("On which day?"))
    hour = HourField()
    source = forms.ChoiceField(label=_("How do we know?"), widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("Details"), help_text=NO_MEDIA, required=False, max_length=LONGEST, widget=area(5)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = [event for event in book().events.values() if event.scope == "case"]
        self.offer("code", [(event.code, event.label(language())) for event in events])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        given["at"] = moment(given["at"], given.pop("hour"))
        return given


class ReasonForm(Form):
    """Why, in a few words."""

    reason = forms.CharField(label=_("Why?"), max_length=LONGEST, widget=area(4))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MeetForm(Form):
    """When a duty was done."""

    on = DayField(label=_("Done on"))
    hour = HourField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ExtendForm(Choosing):
    """Who extended a deadline, until when, under which paper."""

    by = forms.ChoiceField(label=_("Extended by"), widget=forms.RadioSelect)
    until = DayField(label=_("Until"))
    hour = HourField()
    paper = forms.CharField(
        label=_("Number of the order or letter"), required=False, max_length=200
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("by", [(by, gettext(EXTENDERS.get(by, by)))])

    def add_refusal(self, refusal: Refusal) -> None:
        """The latest day in the reader's own era."""
        if "until" in refusal.details:
            latest = date.fromisoformat(str(refusal.details["until"]))
            refusal.details["until"] = written_day(latest)
        super().add_refusal(refusal)


class TaskForm(Choosing):
    """Something to do."""

    lists = {"title": "task_titles"}

    title = forms.ChoiceField(label=_("What has to be done?"), required=False)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=1000, widget=area(3)
    )
    due_on = DayField(label=_("Until"), required=False)
    assigned = forms.ChoiceField(label=_("Who does it?"), required=False)

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        self.offer("assigned", [(pk, member.name) for pk, member in self.members.items()])

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        return {**given, "assigned": self.members.get(given["assigned"])}


class NoteForm(Choosing):
    """A note; its kind decides who can open it."""

    lists = {"kind": "note_kinds"}

    kind = forms.ChoiceField(
        label=_("Kind of note"),
        help_text=_("Health notes open to carers only, legal notes to whoever does legal work."),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Note"), help_text=NO_MEDIA, max_length=LONGEST, widget=area(10))


class PersonForm(Choosing):
    """Someone else in the story."""

    lists = {"role": "person_roles"}

    role = forms.ChoiceField(label=_("Who is it?"))
    name = forms.CharField(
        label=_("Name"), help_text=_("Or how the person is called"), max_length=200
    )
    contact = forms.CharField(
        label=_("How to reach them"), required=False, max_length=500, widget=area(2)
    )
    known = forms.CharField(
        label=_("What is known"), required=False, max_length=LONGEST, widget=area(4)
    )
    in_conflict = forms.BooleanField(
        label=_("This person's interest runs against the survivor's"),
        help_text=_("A guardian in conflict cannot consent: note it on the survivor's page too."),
        required=False,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class LinkForm(Choosing):
    """Another case of the same family."""

    lists = {"kind": "family_kinds"}

    code = forms.CharField(
        label=_("Code of the other case"), help_text=_("Such as C-7K3MQ4TX"), max_length=20
    )
    kind = forms.ChoiceField(label=_("How are they related?"), widget=forms.RadioSelect)


class WishForm(Choosing):
    """Whether she wishes to take part in proceedings."""

    lists = {"wish": "proceedings_wishes"}

    wish = forms.ChoiceField(
        label=_("Does the survivor wish to take part in the proceedings?"),
        help_text=_("Help never depends on this."),
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CloseForm(Choosing):
    """How a case ended."""

    lists = {"outcome": "outcomes"}

    outcome = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    closed_on = DayField(label=_("Closed on"))
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST, widget=area(6)
    )
    confirmed = forms.MultipleChoiceField(
        label=_("These deadlines still run. Confirm each."),
        help_text=_("They stay as they are, and run on should the case be reopened."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, running: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(running)
        self.offer("confirmed", rows)
        if not rows:
            del self.fields["confirmed"]


class ReopenForm(Choosing):
    """Why a case is opened again."""

    lists = {"reason": "reopening_reasons"}

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("In your own words"), max_length=LONGEST, widget=area(4))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RecipientForm(Choosing):
    """First step of a referral: to whom, for what."""

    partner = forms.ChoiceField(label=_("To which organisation?"))
    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)
    service = forms.ChoiceField(label=_("Which help?"), required=False)

    def __init__(self, *args: Any, partners: Iterable[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {partner.pk: partner for partner in partners}
        self.offer("partner", [(pk, partner.name) for pk, partner in self.partners.items()])
        purposes = of_survivors("consent_purposes")
        self.offer("purpose", [(code, purposes.label(code, language())) for code in PURPOSES])
        self.offer("service", listed("services").choices(language()))


class ReferralForm(Choosing):
    """Second step: the facts that may be shown, and the ground where there is no consent."""

    lists = {"shown": "referral_facts"}

    shown = forms.MultipleChoiceField(
        label=_("What may be passed on?"),
        help_text=_("Only what this organisation needs. Nothing else is ever shown."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    request = forms.CharField(
        label=_("What do we ask for?"), required=False, max_length=2000, widget=area(4)
    )
    basis = forms.ChoiceField(label=_("Lawful basis"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it is needed without consent"),
        help_text=_(
            "A second person looks at this afterwards. Do not wait for it where life is in danger."
        ),
        required=False,
        max_length=2000,
        widget=area(4),
    )

    def __init__(self, *args: Any, consented: bool, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if consented:
            del self.fields["basis"], self.fields["reason"]
            return
        grounds = [one for one in bases().values() if purpose in one.purposes]
        self.offer("basis", [(one.code, one.label(language())) for one in grounds])
        field: Any = self.fields["basis"]
        field.choice_hints = {one.code: ground_of(one) for one in grounds}


class AnswerForm(Choosing):
    """What became of a referral."""

    lists = {"state": "referral_outcomes"}

    state = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = listed("referral_outcomes")
        self.offer(
            "state", [(one.code, one.label(language())) for one in known if one.code in states]
        )


class ReviewForm(Choosing):
    """What the second person finds."""

    lists = {"finding": "review_findings"}

    finding = forms.ChoiceField(label=_("What do you find?"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Why?"), max_length=2000, widget=area(4))
