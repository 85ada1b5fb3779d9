"""The forms of care."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.access.models import Member
from romyen.care.models import Appointment, Goal
from romyen.care.words import kinds, label, language, listed
from romyen.cases.forms import LONGEST, Choosing, HourField, PurposeForm, area
from romyen.pages.forms import DayField
from romyen.partners.models import Partner
from romyen.rules import measures, places
from romyen.rules.measures import Tool

__all__ = [
    "AppointmentForm",
    "FollowUpForm",
    "FollowUpsForm",
    "GoalForm",
    "MeasureForm",
    "PurposeForm",
    "ReviewForm",
    "ServiceForm",
    "SessionForm",
    "SettleForm",
    "StrikeForm",
]


class CareForm(Choosing):
    """A form whose choices come from the lists of care, from people, or from the directory."""

    ours: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.ours.items():
            known = kinds() if of == "kinds" else listed(of)
            self.offer(name, known.choices(language()))
        self.rows: dict[str, dict[str, Any]] = {}

    def offer_rows(self, name: str, rows: Iterable[Any]) -> None:
        """Choices that are rows of the database, by id."""
        self.rows[name] = {row.pk: row for row in rows}
        self.offer(name, [(pk, row.name) for pk, row in self.rows[name].items()])

    def facts(self) -> dict[str, Any]:
        """What the verb takes: rows in place of ids, without the version."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return given | {name: rows.get(given[name]) for name, rows in self.rows.items()}

    @property
    def expected(self) -> int:
        """The version that the writer saw."""
        return self.cleaned_data.get("version") or 0


def seen() -> forms.IntegerField:
    """The version that the writer sees."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def text(title: Any, rows: int = 4, **more: Any) -> forms.CharField:
    """Free words."""
    more.setdefault("required", False)
    return forms.CharField(label=title, max_length=LONGEST, widget=area(rows), **more)


class GoalForm(CareForm):
    """A goal. Her own words come first, because everything else follows from them."""

    ours = {"kind": "kinds"}

    words = text(
        _("What does the survivor want? In the survivor's own words"),
        help_text=_("As it was said, not as we would say it."),
        required=True,
    )
    kind = forms.ChoiceField(label=_("What kind of goal is it?"))
    steps = text(_("What is done towards it?"), help_text=_("Small steps, one on each line."))
    member = forms.ChoiceField(label=_("Who of us sees to it?"), required=False)
    partner = forms.ChoiceField(label=_("Which organisation helps?"), required=False)
    set_on = DayField(label=_("Set on"))
    review_on = DayField(
        label=_("Looked at again on"),
        help_text=_("30 days is our own proposal, no rule; choose what fits."),
    )
    version = seen()

    def __init__(
        self, *args: Any, members: Iterable[Member], partners: Iterable[Partner],
        rewriting: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.offer_rows("member", members)
        self.offer_rows("partner", partners)
        if rewriting:
            del self.fields["set_on"], self.fields["review_on"]


class ReviewForm(CareForm):
    """How a goal stands."""

    ours = {"state": "goal_states"}

    state = forms.ChoiceField(label=_("How does it stand?"), widget=forms.RadioSelect)
    on = DayField(label=_("Since which day?"))
    words = text(
        _("What happened, or why?"),
        help_text=_("Needed when the goal is paused, replaced or given up."),
    )
    review_on = DayField(
        label=_("Looked at again on"),
        help_text=_("Only when it goes on or rests. 30 days is our own proposal, no rule."),
        required=False,
    )
    version = seen()


class ServiceForm(CareForm):
    """Help that was given."""

    ours = {"kind": "kinds"}

    kind = forms.ChoiceField(label=_("What kind of help?"))
    on = DayField(label=_("On which day?"))
    partner = forms.ChoiceField(
        label=_("Who gave it?"), help_text=_("Leave it empty when it was us."), required=False
    )
    hours = forms.DecimalField(
        label=_("How many hours?"), required=False, max_digits=5, decimal_places=2
    )
    amount = forms.DecimalField(
        label=_("How much money, in baht?"), required=False, max_digits=10, decimal_places=2
    )
    goal = forms.ChoiceField(label=_("For which goal?"), required=False)
    note = text(_("Note"))

    def __init__(
        self, *args: Any, partners: Iterable[Partner], goals: Iterable[Goal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("partner", partners)
        self.rows["goal"] = {row.pk: row for row in goals}
        named = [(pk, self._goal(row)) for pk, row in self.rows["goal"].items()]
        self.offer("goal", named)

    @staticmethod
    def _goal(row: Goal) -> str:
        """A goal by kind and state: its words are sealed."""
        return f"{label('kinds', row.kind)} ({label('goal_states', row.state)})"


class AppointmentForm(CareForm):
    """A medical appointment."""

    ours = {"kind": "appointment_kinds"}

    on = DayField(label=_("On which day?"))
    hour = HourField()
    kind = forms.ChoiceField(
        label=_("What kind of appointment?"),
        help_text=_("Opens to carers only, as the reason does."),
    )
    partner = forms.ChoiceField(
        label=_("Where?"), help_text=_("Health services of the directory"), required=False
    )
    province = forms.ChoiceField(
        label=_("In which province?"),
        help_text=_("When the place is not in the directory"),
        required=False,
    )
    reason = text(_("What for?"))
    interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    companion = forms.ChoiceField(label=_("Who goes along?"), required=False)

    def __init__(
        self, *args: Any, members: Iterable[Member], partners: Iterable[Partner], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("companion", members)
        self.offer_rows("partner", partners)
        named = [(one.code, one.name(language())) for one in places.children()]
        self.offer("province", sorted(named, key=lambda pair: pair[1]))


class SettleForm(CareForm):
    """What became of an appointment."""

    state = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    words = text(
        _("What came of it, or why?"), help_text=_("Opens to carers only."), required=False
    )
    on = DayField(label=_("New day"), help_text=_("When it was moved."), required=False)
    hour = HourField()
    version = seen()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = listed("appointment_states")
        possible = [item for item in known if item.code != Appointment.PLANNED]
        self.offer("state", [(item.code, item.label(language())) for item in possible])


class SessionForm(CareForm):
    """A counselling session that was held."""

    ours = {"kind": "session_kinds", "safety": "safety_outcomes"}

    on = DayField(label=_("On which day?"))
    kind = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("How many minutes?"), required=False)
    counsellor = forms.ChoiceField(label=_("Who counselled?"))
    safety = forms.ChoiceField(
        label=_("What did the question about safety bring?"),
        help_text=_("Immediate danger raises an alert, which stands first on the survivor's page."),
        widget=forms.RadioSelect,
    )
    alarm_words = text(
        _("What do colleagues have to know now?"),
        help_text=_("Only with immediate danger. Carers read this; the notes stay closed to them."),
        rows=2,
    )
    notes = text(_("Notes"), help_text=_("Open to counsellors only."), rows=10)
    next_on = DayField(label=_("Next session"), required=False)

    def __init__(self, *args: Any, counsellors: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("counsellor", counsellors)


class MeasureForm(CareForm):
    """A questionnaire whole, where its text may be asked here; of others the scores."""

    on = DayField(label=_("On which day was it taken?"))

    def __init__(self, *args: Any, tool: Tool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        if tool.embedded:
            self._ask()
        else:
            self._take_scores()
        self.fields["words"] = text(_("In the survivor's own words, or what was seen"))
        for name in self.fields:
            self._ask_for(name)

    def _ask(self) -> None:
        choices = [(str(value), said) for value, said in self.tool.answers]
        for number, question in enumerate(self.tool.items, start=1):
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=f"{number}. {question}",
                required=False,
                widget=forms.RadioSelect,
                choices=choices,
            )

    def _take_scores(self) -> None:
        for score in self.tool.scores:
            self.fields[f"score_{score.code}"] = forms.DecimalField(
                label=score.label(language()),
                help_text=_("From %(least)s to %(most)s")
                % {"least": score.least, "most": score.most},
                required=False,
            )
        if self.tool.alarm:
            self._ask_about_safety(self.tool.alarm)
        self.fields["version"] = forms.CharField(
            label=_("Version or language of the questionnaire"), required=False, max_length=100
        )

    def _ask_about_safety(self, number: int) -> None:
        self.fields["alarm"] = forms.ChoiceField(
            label=_("Was question %(number)s answered with more than 0?") % {"number": number},
            help_text=_("Yes raises an alert, which stands first on the survivor's page."),
            required=False,
            widget=forms.RadioSelect,
            choices=[(measures.YES, _("Yes")), (measures.NO, _("No"))],
        )
        self.fields["alarm_words"] = text(
            _("What do colleagues have to know now?"), help_text=_("Only with yes."), rows=2
        )

    def taken(self) -> measures.Taken:
        """What was typed, counted or checked; refuses as ``rules.measures`` does."""
        given = self.cleaned_data
        if self.tool.embedded:
            numbers = range(1, len(self.tool.items) + 1)
            typed = {n: given.get(f"item_{n}") or "" for n in numbers}
            return measures.count(self.tool, {n: int(v) if v else None for n, v in typed.items()})
        scores: dict[str, Decimal | None] = {
            score.code: given.get(f"score_{score.code}") for score in self.tool.scores
        }
        alarm, edition = given.get("alarm", ""), given.get("version", "")
        return measures.read(self.tool, scores, alarm=alarm, version=edition)


class FollowUpsForm(CareForm):
    """From which day follow-ups are counted."""

    ours = {"start": "follow_up_starts"}

    start = forms.ChoiceField(label=_("What begins here?"), widget=forms.RadioSelect)
    start_on = DayField(label=_("On which day?"))


class FollowUpForm(CareForm):
    """A follow-up, whether the survivor was reached or not."""

    ours = {"way": "follow_up_ways", "found": "follow_up_found", "why_not": "not_reached_reasons"}

    reached = forms.ChoiceField(
        label=_("Was the survivor reached?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )
    done_on = DayField(label=_("On which day?"))
    way = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    found = forms.MultipleChoiceField(
        label=_("What did you find?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = text(_("In the survivor's own words"))
    why_not = forms.ChoiceField(
        label=_("If not reached: why not?"), required=False, widget=forms.RadioSelect
    )
    version = seen()

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = super().facts()
        return {**given, "reached": given["reached"] == "yes"}


class StrikeForm(CareForm):
    """Why something was entered in error."""

    reason = text(_("Why?"), required=True)
