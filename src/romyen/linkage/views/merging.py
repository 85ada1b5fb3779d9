"""Bringing two records together: name the other one, compare, choose; and parting them again."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.linkage import actions, comparing, queries
from romyen.linkage.forms import MergeForm, OtherForm
from romyen.linkage.models import Merge
from romyen.pages.forms import Form
from romyen.pages.slots import slot
from romyen.rules import lists
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors import queries as her
from romyen.survivors.models import Survivor
from romyen.survivors.reading import here


@slot(_("Brought together"), verb=actions.VERB)
def of_survivor(request: HttpRequest, ref: str) -> HttpResponse:
    """What this record was brought together with."""
    reader, now = access.open(request), access.clock()
    survivor = her.survivor(reader, ref, now=now)
    may = bool(access.decide(reader, actions.VERB, survivor.node, now=now))
    rows = queries.merges_of(survivor)
    names = access.names_of(row.by for row in rows)
    context = {
        "survivor": survivor,
        "rows": [_line(row, survivor, names) for row in rows],
        "may": may,
        "offer": may and not survivor.over,
    }
    boxed = request.headers.get("HX-Request") == "true"
    return render(request, f"linkage/of.html{'#box' if boxed else ''}", context)


def _line(row: Merge, survivor: Survivor, names: dict[str, str]) -> dict[str, Any]:
    other = row.folded if row.kept_id == survivor.pk else row.kept
    return {
        "merge": row,
        "other": other,
        "by": names.get(row.by, ""),
        "reason": lists.of("linkage", "merge_reasons").label(row.reason, here()),
    }


def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Name the other record by its code."""
    reader, now = access.open(request), access.clock()
    survivor = her.survivor(reader, ref, now=now)
    access.require(reader, actions.VERB, survivor.node, now=now)
    survivor.refuse_if_over()
    form = OtherForm(request.POST or None)
    if form.is_valid() and (other := _other(reader, form, now)):
        return HttpResponseRedirect(reverse("linkage:merge", args=[survivor.pk, other.pk]))
    return shown(request, "linkage/begin.html", form, survivor=survivor)


def _other(reader: Reader, form: Form, now: datetime) -> Survivor | None:
    """The record with the code that was typed; hidden and absent are said alike."""
    try:
        found = her.by_code(reader, form.cleaned_data["code"], now=now)
    except Refusal as refusal:
        form.add_refusal(refuse(refusal.code, field="code"))
        return None
    if found is None:
        form.add_error("code", gettext("No survivor that is open to you has this code."))
    return found


def merge(request: HttpRequest, ref: str, other: str) -> HttpResponse:
    """Both side by side; for each difference one is chosen, and then they are one."""
    reader, now = access.open(request), access.clock()
    kept, folded = comparing.pair(reader, ref, other, now=now)
    actions.refuse_unlike(kept, folded, now=now)
    pair = comparing.opened(reader, kept, folded, now=now)
    form = begun(request, MergeForm(request.POST or None, pair=pair))

    def take() -> str:
        data, chosen = form.cleaned_data, pair.chosen(form.choices_made())
        actions.merge(
            kept, folded, chosen,
            names=pair.other_names(chosen), reason=data["reason"], words=data["words"],
            expected=(data["kept_version"], data["folded_version"]), actor=reader, now=now,
        )  # fmt: skip
        return reverse("survivors:survivor", args=[kept.pk])

    said = gettext("The two records are one now. It can be undone from this page.")
    return sent(request, form, take, say=said) or shown(
        request, "linkage/merge.html", form, kept=kept, folded=folded
    )


def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Part two records that were brought together by mistake."""
    reader, now = access.open(request), access.clock()
    done = queries.merge(reader, ref, now=now)
    if done.undone_at:
        raise refuse("RY-MERGE-UNDONE")
    form = begun(request, Form(request.POST if request.method == "POST" else None))

    def take() -> str:
        back = actions.unmerge(done, actor=reader, now=now)
        return reverse("survivors:survivor", args=[back.pk])

    said = gettext("The two records are apart again, as they were.")
    return sent(request, form, take, say=said) or shown(
        request, "linkage/undo.html", form, merge=done
    )
