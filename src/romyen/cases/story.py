"""The time line in words: what happened, by whom, and where to read more."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from romyen.cases.models import Turn
from romyen.cases.panels import ground_of, of
from romyen.cases.queries import Timeline
from romyen.cases.queries.timeline import Happening
from romyen.cases.words import REFERRAL_COLOURS, event_label, label, language, offered
from romyen.rules.consent import basis
from romyen.survivors.listed import listed as of_survivors

type Item = dict[str, Any]
type Names = Mapping[str, str]
type Plain = Mapping[str, Any]


def told(line: Timeline, names: Names, plain: Plain) -> list[Item]:
    """The items of the timeline component."""
    items = []
    for one in line.happenings:
        item = _TELLERS[one.kind](one, names, plain) if one.said is None else one.said
        by = names.get(one.by, "")
        items.append(
            {"at": one.at, "by": gettext("by %(name)s") % {"name": by} if by else "", **item}
        )
    return items


def _event(one: Happening, _names: Names, plain: Plain) -> Item:
    row = one.row
    item: Item = {
        "title": event_label(row.code),
        "text": of(plain, row, "detail"),
        "href": reverse("cases:event", args=[row.case_id, row.pk]),
    }
    if row.void_at:
        item |= {"tag": gettext("Entered in error"), "colour": "grey"}
    return item


def _turn(one: Happening, names: Names, plain: Plain) -> Item:
    row = one.row
    to = {"name": names.get(row.manager, "•••")}
    titles: dict[str, Callable[[], str]] = {
        Turn.OPENED: lambda: gettext("Case opened, managed by %(name)s") % to,
        Turn.HANDED_OVER: lambda: gettext("Handed over to %(name)s") % to,
        Turn.TRANSFERRED: lambda: gettext("Went to another team: %(name)s manages it") % to,
        Turn.CLOSED: lambda: (
            gettext("Case closed: %(outcome)s") % {"outcome": label("outcomes", row.reason)}
        ),
        Turn.REOPENED: lambda: (
            gettext("Case reopened: %(reason)s")
            % {"reason": label("reopening_reasons", row.reason)}
        ),
    }
    text = of(plain, row, "words")
    if row.kind in (Turn.HANDED_OVER, Turn.TRANSFERRED):
        text = label("hand_over_reasons", row.reason)
    return {"title": titles[row.kind](), "text": text, "tag": ""}


def _offer(one: Happening, _names: Names, plain: Plain) -> Item:
    row = one.row
    said = (
        gettext("Offered to %(name)s, of another team")
        if row.team_id
        else gettext("Offered to %(name)s")
    )
    title = said % {"name": row.to.name}
    word, colour = offered(row)
    item: Item = {"title": title, "tag": gettext(word), "colour": colour}
    if row.declined_because:
        item["text"] = label("decline_reasons", row.declined_because)
        words = of(plain, row, "words")
        if isinstance(words, str) and words:
            item["text"] = f"{item['text']}: {words}"
    return item


def _note(one: Happening, _names: Names, _plain: Plain) -> Item:
    row = one.row
    title = label("note_kinds", row.kind)
    if row.corrects_id:
        title = gettext("Correction: %(title)s") % {"title": title}
    return {"title": title, "href": reverse("cases:notes", args=[row.case_id])}


def _referral(one: Happening, _names: Names, _plain: Plain) -> Item:
    row = one.row
    item: Item = {
        "title": gettext("Referral to %(partner)s") % {"partner": row.partner.name},
        "href": reverse("cases:referral", args=[row.case_id, row.pk]),
        "tag": label("referral_outcomes", row.state),
        "colour": REFERRAL_COLOURS[row.state],
    }
    return item | _ground(row)


def _ground(row: Any) -> Item:
    """Without consent the time line says on what ground, for everyone who reads it."""
    if not row.basis:
        return {}
    found = basis(row.basis)
    words = gettext("Without consent: %(basis)s (%(where)s)")
    return {"text": words % {"basis": found.label(language()), "where": ground_of(found)}}


def _disclosure(one: Happening, _names: Names, _plain: Plain) -> Item:
    row = one.row
    facts = ", ".join(label("referral_facts", code) for code in row.shown)
    title = gettext("Information passed on to %(partner)s") % {"partner": row.partner.name}
    return {"title": title, "text": facts}


def _review(one: Happening, _names: Names, _plain: Plain) -> Item:
    row = one.row
    return {
        "title": gettext("Disclosure reviewed by a second person"),
        "text": label("review_findings", row.finding),
        "href": reverse("cases:referral", args=[row.case_id, row.pk]),
    }


def _identification(one: Happening, _names: Names, _plain: Plain) -> Item:
    here = language()
    status = of_survivors("identification_statuses").label(one.row.status, here)
    by = of_survivors("deciding_organisations").label(one.row.organisation, here)
    return {"title": gettext("Identification: %(status)s") % {"status": status}, "text": by}


def _consent(one: Happening, _names: Names, _plain: Plain) -> Item:
    title = gettext("Consent given: %(purpose)s") % {"purpose": _purpose(one.row)}
    return {"title": title, "text": _recipient(one.row)}


def _withdrawal(one: Happening, _names: Names, _plain: Plain) -> Item:
    title = gettext("Consent withdrawn: %(purpose)s") % {"purpose": _purpose(one.row)}
    return {"title": title, "text": _recipient(one.row)}


def _purpose(row: Any) -> str:
    return of_survivors("consent_purposes").label(row.purpose, language())


def _recipient(row: Any) -> str:
    return row.partner.name if row.partner else gettext("This organisation")


_TELLERS: dict[str, Callable[[Happening, Names, Plain], Item]] = {
    "event": _event,
    "turn": _turn,
    "offer": _offer,
    "note": _note,
    "referral": _referral,
    "disclosure": _disclosure,
    "review": _review,
    "identification": _identification,
    "consent": _consent,
    "withdrawal": _withdrawal,
}
