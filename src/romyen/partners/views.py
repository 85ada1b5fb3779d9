"""Pages of the directory: list, one organisation, its form."""

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from romyen import access
from romyen.access import Reader, tables
from romyen.access.sending import begun, sent, shown
from romyen.partners import actions, queries
from romyen.partners.forms import FIELDS, PartnerForm, known, province_choices
from romyen.partners.models import Partner
from romyen.partners.words import countries, kinds
from romyen.rules import places

PER_PAGE = 50
FORM = "partners/form.html"
FILTERS = ("kind", "province", "words")


def directory(request: HttpRequest) -> HttpResponse:
    """The list of organisations, by kind, province and words of the name."""
    reader, now = access.open(request), access.clock()
    chosen = {name: request.GET.get(name, "")[:100] for name in FILTERS}
    found = queries.partners(reader, now=now, **chosen)
    if tables.wanted(request):
        return _taken(reader, found, now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "en"
    return render(
        request,
        "partners/directory.html",
        {
            "page": page,
            "rows": [_row(partner, language) for partner in page],
            "chosen": chosen,
            "take_away": tables.offer(request, reader, now=now),
            "kinds": kinds().choices(language),
            "provinces": province_choices(language, gettext("Everywhere")),
            "may_record": access.can(reader, "partner.record", now=now),
        },
    )


def _taken(reader: Reader, found: QuerySet[Partner], now: datetime) -> HttpResponse:
    """The directory as a file."""
    language = get_language() or "en"
    columns: list[tables.Column] = [
        (gettext("Name"), lambda row: row["partner"].name),
        (gettext("Kind of organisation"), lambda row: row["kind"]),
        (gettext("Where"), lambda row: row["place"]),
        (gettext("How to reach the office"), lambda row: row["partner"].contact),
        (gettext("We work with it"), lambda row: row["partner"].active),
    ]
    rows = (_row(one, language) for one in found.iterator(tables.AT_ONCE))
    return tables.take_away(reader, "partners", columns, rows, now=now)


def partner_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One organisation."""
    reader, now = access.open(request), access.clock()
    partner = queries.partner(reader, ref, now=now)
    language = get_language() or "en"
    row = _row(partner, language)
    facts = [
        {"key": gettext("Kind of organisation"), "value": row["kind"]},
        {"key": gettext("Country"), "value": countries().label(partner.country, language)},
        {"key": gettext("Province"), "value": row["province"]},
        {"key": gettext("How to reach the office"), "value": partner.contact},
    ]
    may_record = access.can(reader, "partner.record", now=now)
    context = {"partner": partner, "facts": facts, "may_record": may_record}
    return render(request, "partners/partner.html", context)


def record(request: HttpRequest) -> HttpResponse:
    """Take an organisation into the directory."""
    reader, now = access.open(request), access.clock()
    queries.may_record(reader, now=now)
    given = {"kind": request.GET.get("kind", ""), "country": "TH", "active": True}
    form = begun(request, PartnerForm(request.POST or None, initial=given))
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in FIELDS if name != "active"}

        def take() -> str:
            return _address(actions.record(**facts, actor=reader, now=now))

        if saved := sent(request, form, take):
            return saved
    return shown(request, FORM, form, heading=gettext("Add an organisation"))


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change an organisation's entry; after a conflict both versions are shown."""
    reader, now = access.open(request), access.clock()
    partner = queries.partner(reader, ref, now=now)
    queries.may_record(reader, now=now)
    form = begun(request, PartnerForm(request.POST or None, initial=known(partner)))
    context: dict[str, Any] = {"partner": partner, "heading": gettext("Change this organisation")}
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in FIELDS}
        expected = form.cleaned_data["version"] or 0

        def change() -> str:
            return _address(
                actions.edit(partner, expected=expected, **facts, actor=reader, now=now)
            )

        if saved := sent(request, form, change):
            return saved
        if form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
            context["differences"] = _differences(partner, form)
            typed = request.POST.copy()
            typed["version"] = str(partner.version)
            form.data = typed
    return shown(request, FORM, form, **context)


def _differences(partner: Partner, form: PartnerForm) -> list[dict[str, Any]]:
    """The fields in which the recorded version and the typed one differ, in words."""
    return [
        {
            "label": form.fields[name].label,
            "recorded": _words(name, getattr(partner, name)),
            "typed": _words(name, form.cleaned_data[name]),
        }
        for name in FIELDS
        if getattr(partner, name) != form.cleaned_data[name]
    ]


def _words(name: str, value: Any) -> Any:
    language = get_language() or "en"
    if name == "kind":
        return kinds().label(value, language)
    if name == "country":
        return countries().label(value, language)
    return places.place(value).name(language) if name == "province" and value else value


def _row(partner: Partner, language: str) -> dict[str, Any]:
    province = places.place(partner.province).name(language) if partner.province else ""
    return {
        "partner": partner,
        "kind": kinds().label(partner.kind, language),
        "province": province,
        "place": province or countries().label(partner.country, language),
    }


def _address(partner: Partner) -> str:
    return reverse("partners:partner", args=[partner.pk])
