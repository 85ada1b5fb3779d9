"""Bringing a file in: choose it, look at what it would do, let it in, see what became of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from romyen import access
from romyen.access import Reader, rings
from romyen.access.sending import sent, shown
from romyen.access.uploads import too_large
from romyen.exchange import queries, reports
from romyen.exchange.actions import uploads, working
from romyen.exchange.forms import UploadForm
from romyen.exchange.models import Upload
from romyen.pages.words import say
from romyen.rules.refusals import gettext_noop as _
from romyen.rules.refusals import refuse

SHOWN = 20
"""Own files in the list."""

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_STATES = {
    Upload.NEW: ("grey", _("Not read yet")),
    Upload.RUNNING: ("blue", _("Running")),
    Upload.READY: ("yellow", _("Waits for you")),
    Upload.STOPPED: ("orange", _("Stopped")),
    Upload.DONE: ("green", _("Done")),
}


def files(request: HttpRequest) -> HttpResponse:
    """Bring a file (POST), and one's own files with what became of them."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams_for(reader, "exchange.import", now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    given = request.FILES or None  # an empty one alone would count as a form that was sent
    form = UploadForm(request.POST or None, given, teams=teams, too_large=too_large(request))

    def take() -> str:
        content, name = form.cleaned_data["file"]
        upload = uploads.take_in(content, name, team=form.into, actor=reader, now=now)
        _begin(request, upload, reader)
        return _address(upload)

    context = {
        "rows": [_row(one, now) for one in queries.uploads(reader)[:SHOWN]],
        "waiting": queries.differences(reader, now=now).count(),
    }
    return sent(request, form, take) or shown(request, "exchange/files.html", form, **context)


def _begin(request: HttpRequest, upload: Upload, reader: Reader) -> None:
    ring = rings.row_of(request)
    if ring is None:
        raise refuse("RY-ACCESS-SIGN-IN")
    working.begin(upload, ring=ring, actor=reader, clock=access.clock)


def _address(upload: Upload) -> str:
    return reverse("exchange:file", args=[upload.pk])


def _row(upload: Upload, now: datetime) -> dict[str, Any]:
    state = _state(upload, now)
    colour, words = _STATES[state]
    return {"upload": upload, "state": state, "colour": colour, "state_words": gettext(words)}


def _state(upload: Upload, now: datetime) -> str:
    """The state; work that died with its process has stopped."""
    if upload.state == Upload.RUNNING and not working.is_working(upload, now=now):
        return Upload.STOPPED
    return upload.state


@require_GET
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """One's own file: how far it is, what would become of it, or what became of it.

    While it runs htmx asks for the progress alone, and reloads the page when it is over.
    """
    reader, now = access.open(request), access.clock()
    upload = queries.upload(reader, ref)
    row = {**_row(upload, now), "reading": not upload.report}
    if request.headers.get("HX-Request") == "true":
        if row["state"] != Upload.RUNNING:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "exchange/file.html#progress", row)
    return render(request, "exchange/file.html", {**row, **_told(upload, reader)})


def _told(upload: Upload, reader: Reader) -> dict[str, Any]:
    report = uploads.report_of(upload, reader)
    first = [
        [
            {"key": reports.label_of(name), "value": reports.said_in(name, said)}
            for name, said in row
        ]
        for row in report.get("first", [])
    ]
    return {
        "report": report,
        "counts": _counts(upload) if report else [],
        "conflicts": reports.told(report.get("conflicts", [])),
        "first": first,
        "reason": say(refuse(upload.code)) if upload.code else "",
        "to_mend": bool(upload.errors),
    }


def _counts(upload: Upload) -> list[dict[str, Any]]:
    """The counts in words; those that are none are left away."""
    words = {
        gettext("Rows in the file"): upload.rows,
        gettext("Would be imported")
        if upload.state == Upload.READY
        else gettext("Imported"): upload.imported,
        gettext("Here already, the same"): upload.unchanged,
        gettext("Here already, with something else: someone decides"): upload.waiting,
        gettext("To be mended, not imported"): upload.refused,
    }
    return [{"key": key, "value": count} for key, count in words.items() if count]


def _act(request: HttpRequest, ref: str, act: Callable[[Upload, Reader], str]) -> HttpResponse:
    """Do something with one's own file, once, and go where that leads."""
    reader = access.open(request)
    return access.once(request, lambda: act(queries.upload(reader, ref), reader))


@require_POST
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Let it in, or go on where it was stopped."""

    def take(upload: Upload, reader: Reader) -> str:
        _begin(request, upload, reader)
        return _address(upload)

    return _act(request, ref, take)


@require_POST
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """Stop it; what was imported stays."""

    def take(upload: Upload, reader: Reader) -> str:
        uploads.stop(upload, actor=reader, now=access.clock())
        return _address(upload)

    return _act(request, ref, take)


@require_POST
def forget(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw the file away, and what was said of it."""

    def take(upload: Upload, reader: Reader) -> str:
        uploads.forget(upload, actor=reader, now=access.clock())
        return reverse("exchange:files")

    return _act(request, ref, take)


@require_GET
def errors(request: HttpRequest, ref: str) -> HttpResponse:
    """The workbook of rows to mend."""
    reader = access.open(request)
    content = uploads.errors_of(queries.upload(reader, ref), reader)
    disposition = 'attachment; filename="rows-to-mend.xlsx"'
    return HttpResponse(
        content, content_type=WORKBOOK, headers={"Content-Disposition": disposition}
    )
