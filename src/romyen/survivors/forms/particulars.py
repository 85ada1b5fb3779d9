"""Who she is: short when she is registered, whole when the record is changed."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.access import Team
from romyen.pages.forms import PartialDayField
from romyen.pages.words import say
from romyen.rules.births import Birth, methods
from romyen.rules.refusals import Refusal
from romyen.rules.telephones import number_alike, telephones
from romyen.survivors.forms.choosing import Choosing, language
from romyen.survivors.known import Asked
from romyen.survivors.listed import exploitation, genders, listed, nationalities
from romyen.survivors.particulars import UNKNOWN_GENDER, Particulars, tidy

NAME_LENGTH = 200
FREQUENT_LANGUAGES = ("th", "my", "km", "lo", "shn", "ksw")
"""Ticked rather than looked up; every other language is chosen from the list."""


class ParticularsForm(Choosing):
    """Everything of ``Particulars``. Only what is typed counts as known."""

    lists: ClassVar[dict[str, str]] = {}

    full_name = forms.CharField(
        label=_("Name"),
        help_text=_("In any script, as the person says it. Leave empty if not known yet."),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    birth = PartialDayField(
        label=_("Date of birth"),
        help_text=_("The year alone is enough; leave out what is not known."),
        required=False,
    )
    age_youngest = forms.IntegerField(
        label=_("Or age: at least"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    age_oldest = forms.IntegerField(
        label=_("Age: at most"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    age_on = forms.DateField(required=False, widget=forms.HiddenInput)
    birth_method = forms.ChoiceField(label=_("How is this known?"), required=False)
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, widget=forms.RadioSelect, initial=UNKNOWN_GENDER
    )
    nationalities = forms.MultipleChoiceField(
        label=_("Nationality"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_nationality = forms.ChoiceField(label=_("Another nationality"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_language = forms.ChoiceField(label=_("Another language"), required=False)
    interpreter = forms.BooleanField(label=_("An interpreter is needed"), required=False)
    exploitation = forms.MultipleChoiceField(
        label=_("Kind of exploitation, as far as known"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, known: Particulars | None = None, **kwargs: Any) -> None:
        known = known or Particulars()
        kwargs["initial"] = {**initial_of(known), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        here = language()
        self.offer("birth_method", methods().choices(here))
        self.offer("gender", genders().choices(here))
        self.offer("exploitation", exploitation().choices(here))
        frequent = tuple(listed("frequent_nationalities").items)
        self._tick("nationalities", nationalities(), (*frequent, *known.nationalities))
        self._tick("languages", listed("languages"), (*FREQUENT_LANGUAGES, *known.languages))

    def _tick(self, name: str, known: Any, ticked: tuple[str, ...]) -> None:
        """Offer the frequent as boxes and all the rest as a drop-down."""
        here, boxes = language(), dict.fromkeys(ticked)
        self.offer(name, [(code, known.label(code, here)) for code in boxes])
        rest = [(code, words) for code, words in known.choices(here) if code not in boxes]
        other = {"nationalities": "other_nationality", "languages": "other_language"}[name]
        self.offer(other, rest)

    def particulars(self, today: date) -> Particulars | None:
        """What was typed, or None when the birth does not make sense (said beside it)."""
        birth, wrong = None, False
        try:
            birth = self._birth(today)
        except Refusal as refusal:
            field = "birth" if self.cleaned_data["birth"] else "age_youngest"
            self.add_error(field, ValidationError(say(refusal), code=refusal.code))
            wrong = True
        data = self.cleaned_data
        if birth is not None and self._both_ways():
            self.add_error("age_youngest", gettext("Write the date of birth or the age, not both."))
            wrong = True
        if wrong:
            return None
        return Particulars(
            full_name=data["full_name"],
            given_name=data.get("given_name", ""),
            family_name=data.get("family_name", ""),
            birth=birth,
            gender=data["gender"] or UNKNOWN_GENDER,
            nationalities=_with(data["nationalities"], data["other_nationality"]),
            languages=_with(data["languages"], data["other_language"]),
            interpreter=data["interpreter"],
            exploitation=tuple(data.get("exploitation", ())),
        )

    def _both_ways(self) -> bool:
        data = self.cleaned_data
        ages = (data["age_youngest"], data["age_oldest"])
        return bool(data["birth"]) and any(age is not None for age in ages)

    def _birth(self, today: date) -> Birth | None:
        data = self.cleaned_data
        method = data["birth_method"] or "stated"
        if data["birth"]:
            return Birth.known(data["birth"], method)
        ages = [age for age in (data["age_youngest"], data["age_oldest"]) if age is not None]
        if not ages:
            return None
        unchanged = not {"age_youngest", "age_oldest"} & set(self.changed_data)
        on = data["age_on"] if unchanged and data["age_on"] else today
        return Birth.estimated(ages[0], ages[-1], on, method)


def _with(codes: list[str], other: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*codes, *([other] if other else [])]))


def initial_of(known: Particulars) -> dict[str, Any]:
    """The form's values of a record's particulars."""
    values: dict[str, Any] = {
        "full_name": known.full_name,
        "given_name": known.given_name,
        "family_name": known.family_name,
        "gender": known.gender,
        "nationalities": list(known.nationalities),
        "languages": list(known.languages),
        "interpreter": known.interpreter,
        "exploitation": list(known.exploitation),
    }
    return values | (_birth_values(known.birth) if known.birth else {})


def _birth_values(birth: Birth) -> dict[str, Any]:
    if birth.day is not None:
        return {"birth": birth.day, "birth_method": birth.method}
    youngest, oldest, on = birth.typed
    ages = {"age_youngest": youngest, "age_oldest": oldest, "age_on": on}
    return {**ages, "birth_method": birth.method}


class RegisterForm(ParticularsForm):
    """The least that is needed to begin: everything else can follow."""

    given_name = family_name = exploitation = None  # type: ignore[assignment]
    team = forms.ChoiceField(label=_("Team"))
    nickname = forms.CharField(
        label=_("Nickname"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    document_kind = forms.ChoiceField(label=_("A paper that she has"), required=False)
    document_number = forms.CharField(
        label=_("Its number"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("document_kind", listed("document_kinds").choices(language()))
        self.teams = {str(team.pk): team for team in teams}
        if len(teams) == 1:
            del self.fields["team"]
        else:
            self.offer("team", [(str(team.pk), team.name) for team in teams])

    def team_of(self) -> Team:
        """The team chosen, or the only one there is."""
        only = next(iter(self.teams))
        return self.teams[self.cleaned_data.get("team") or only]

    def clean(self) -> dict[str, Any]:
        """A number says which paper it is of."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("document_number") and not data.get("document_kind"):
            self.add_error("document_kind", gettext("Choose what kind of paper it is."))
        return data

    def asked(self, particulars: Particulars) -> Asked:
        """What can be compared with the files that there are."""
        data = self.cleaned_data
        return Asked(
            names=tuple(particulars.names),
            nicknames=tuple(name for name in [tidy(data["nickname"])] if name),
            birth=particulars.birth,
            telephones=tuple(telephones(data["telephone"])),
            documents=tuple(n for n in [number_alike(data["document_number"])] if n),
        )


class EditForm(ParticularsForm):
    """Everything, and the version that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
