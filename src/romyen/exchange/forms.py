"""The forms of the exchange: a file to bring in, and a decision between two versions."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from romyen.access import Team
from romyen.exchange.comparing import BOTH, OURS, THEIRS, Line
from romyen.exchange.htcds import read
from romyen.exchange.htcds.reading import limits
from romyen.exchange.reports import label_of
from romyen.pages.forms import Form
from romyen.pages.words import say
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors.listed import listed


class UploadForm(Form):
    """A file and, for those of several teams, where its cases go."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "The official HTCDS workbook (.xlsx), a CSV with HTCDS names, or submissions of the "
            "official form (XML, or many in a zip). At most 32 MiB."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.xml,.zip"}),
    )
    team = forms.ChoiceField(label=_("Into which team?"))

    def __init__(
        self, *args: Any, teams: list[Team], too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {team.pk: team for team in teams}
        self._too_large = too_large
        if len(teams) == 1:
            del self.fields["team"]
        else:
            field: Any = self.fields["team"]
            field.choices = [("", _("Choose")), *((team.pk, team.name) for team in teams)]

    @property
    def into(self) -> Team:
        """The team chosen, or the only one there is."""
        return self._teams[self.cleaned_data.get("team") or next(iter(self._teams))]

    def clean_file(self) -> tuple[bytes, str]:
        """Content and name of a file that can be read; its refusals stand beside the field."""
        given: UploadedFile[Any] | None = self.cleaned_data["file"]
        try:
            if self._too_large:
                raise refuse("RY-HTCDS-TOO-BIG", limit=limits.FILE // limits.MIB)
            if not given:
                raise refuse("RY-HTCDS-NO-FILE")
            content, name = given.read(), given.name or ""
            read(content, name)
        except Refusal as refusal:
            raise ValidationError(say(refusal), code=refusal.code) from None
        return content, name


class DecideForm(Form):
    """For every line one of the versions; ``expected`` marks what was seen as recorded.

    ``all`` is the button that chooses one version for all lines.
    """

    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[line.name] = _choice(line)
            if not line.theirs:  # the file says nothing here, which is no reason to lose it
                self.initial.setdefault(line.name, OURS)

    def choices(self) -> dict[str, str]:
        """What was chosen, by the names of the lines."""
        return {line.name: self.cleaned_data[line.name] for line in self.lines}

    def clean(self) -> None:
        """Every line is decided, or one of the buttons decides all."""
        whole = self.data.get("all")
        if whole in (OURS, THEIRS):
            self.cleaned_data |= {line.name: whole for line in self.lines}
        elif not all(self.cleaned_data.get(line.name) for line in self.lines):
            raise ValidationError(say(refuse("RY-HTCDS-CHOOSE")), code="RY-HTCDS-CHOOSE")


def _choice(line: Line) -> forms.ChoiceField:
    options = [(OURS, gettext("Keep what is recorded")), (THEIRS, gettext("Take what came"))]
    if line.mixes:
        options.append((BOTH, gettext("Both together")))
    label = line.heading or ", ".join(label_of(name) for name in line.names)
    return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, required=False)


class PrintForm(Form):
    """What of a case is printed, in which language, and for what; the purpose stands in the log."""

    sections = forms.MultipleChoiceField(
        label=_("What to print?"),
        help_text=_("Only what the person who gets it needs. Parts closed to you print as •••."),
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("What for?"))

    def __init__(self, *args: Any, sections: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = get_language() or "en"
        self.initial.setdefault("language", here[:2])
        parts: Any = self.fields["sections"]
        parts.choices = list(sections.items())
        purpose: Any = self.fields["purpose"]
        purpose.choices = [("", gettext("Choose")), *listed("reading_purposes").choices(here)]

    @property
    def asked(self) -> dict[str, Any]:
        """What the verb is told."""
        return self.cleaned_data
