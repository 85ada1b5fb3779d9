"""Every route × method × person × object: nobody gets what the rule table does not give.

What is asked stands in ``sweep/expectations.py``, one line for each route.
"""

import pytest
from django.urls import get_resolver, path
from tests.gates.sweep.expectations import ROUTES
from tests.gates.sweep.judging import Sweep
from tests.gates.sweep.questions import package_of, routes, without_expectation

from romyen.access import decisions, middleware
from romyen.access.models import Node
from romyen.keys import sealing
from romyen.leads import queries as leads
from romyen.leads.models import Lead
from romyen.rules.refusals import refuse
from romyen.shelters import panels
from romyen.shelters.models import Location

PACKAGES = sorted({package_of(name) for name in ROUTES})


@pytest.mark.source
def test_every_route_has_an_expectation():
    assert without_expectation() == []


@pytest.mark.source
def test_every_form_is_our_own():
    exempt = [name for name, route in routes() if getattr(route.callback, "csrf_exempt", False)]
    assert exempt == []


@pytest.mark.django_db
@pytest.mark.parametrize("package", PACKAGES)
def test_nobody_gets_what_the_rule_table_does_not_give(sweep, package, record_property):
    report = sweep.run(name for name in ROUTES if package_of(name) == package)
    record_property("sweep", (sorted(report.routes), report.probes))
    assert report.unexpected == [], "\n".join(["", *report.unexpected[:200]])


# --- the sweep itself can fail: one check is taken away, and it has to say so


@pytest.mark.source
def test_a_route_without_expectation_is_found(monkeypatch):
    more = path("leads/<str:ref>/secret", leads.lead, name="secret")
    patterns = [*get_resolver().url_patterns, more]
    monkeypatch.setattr(get_resolver(), "url_patterns", patterns)
    monkeypatch.setitem(ROUTES, "leads:gone", ROUTES["leads:lead"])
    monkeypatch.setitem(ROUTES, "leads:pass", ROUTES["leads:duty"])
    assert without_expectation() == [
        "secret: no expectation",
        "leads:gone: an expectation, and no such route",
        "leads:pass: names ['duty_ref', 'ref'], not the parameters of its address",
    ]


def a_page_asks_nobody(sweep, patch):
    patch(leads, "leads", lambda actor, now: Lead.objects.select_related("node"))


def a_list_forgets_exclusions(sweep, patch):
    patch(decisions, "unbarred", lambda actor, queryset: queryset)


def a_form_is_shown_to_readers(sweep, patch):
    patch(leads, "lead_for", lambda actor, ref, verb, now: leads.lead(actor, ref, now=now))


def a_verb_asks_nobody(sweep, patch):
    a_form_is_shown_to_readers(sweep, patch)
    patch(decisions, "require", lambda *asked, **at: None)


def hidden_is_denied(sweep, patch):
    asked = decisions.one

    def telling(queryset, ref):
        if not queryset.filter(pk=ref).exists() and Node.objects.filter(pk=ref).exists():
            raise refuse("RY-ACCESS-DENIED")
        return asked(queryset, ref)

    patch(decisions, "one", telling)


def hidden_takes_longer(sweep, patch):
    asked = decisions.one

    def slow(queryset, ref):
        if node := Node.objects.filter(pk=ref).first():
            Node.objects.filter(pk=node.parent_id).first()
        return asked(queryset, ref)

    patch(decisions, "one", slow)


def a_page_opens_with_foreign_keys(sweep, patch):
    opened, founder = sealing._decrypt, sweep.scene.world.founder
    patch(sealing, "_decrypt", lambda parts, ring: opened(parts, founder.ring))


def looking_changes_something(sweep, patch):
    patch(leads, "receipts", lambda lead: Lead.objects.filter(pk=lead.pk).update(version=9) and [])


def a_page_is_open_to_strangers(sweep, patch):
    patch(middleware, "PUBLIC_ROUTES", {*middleware.PUBLIC_ROUTES, "leads:inbox"})


def a_list_shows_an_address(sweep, patch):
    """Whatever a list of houses would read along: no key of the team excuses it."""
    founder, line = sweep.scene.world.founder, panels.row

    def telling(one, today):
        rows = list(Location.objects.filter(shelter=one.shelter))
        opened = sealing.decrypt_rows(rows, ["address"], founder.ring)
        return line(one, today) | {"kind": [values["address"] for values in opened.values()]}

    patch(panels, "row", telling)


FAULTS = {
    a_page_asks_nobody: ("leads:lead", "GET leads:lead (mine) by dao: status 200, not 404"),
    a_list_forgets_exclusions: (
        "leads:inbox",
        "GET leads:inbox (mine) by prasit: betrays the lead",
    ),
    a_form_is_shown_to_readers: (
        "leads:triage",
        "GET leads:triage (mine) by almost without lead.triage: status 200, not 403",
    ),
    a_verb_asks_nobody: (
        "leads:triage",
        "POST leads:triage (mine) by almost without lead.triage: changed leads_lead",
    ),
    hidden_is_denied: (
        "leads:lead",
        "GET leads:lead (mine) by prasit: differs from an absent one: status 403 against 404",
    ),
    hidden_takes_longer: ("leads:lead", "GET leads:lead (mine) by prasit: takes "),
    a_page_opens_with_foreign_keys: (
        "cases:case",
        "POST cases:case (mine) by mali: betrays sealed words",
    ),
    a_list_shows_an_address: (
        "shelters:list",
        "GET shelters:list (mine) by mali: betrays sealed words",
    ),
    looking_changes_something: ("leads:lead", "GET leads:lead (mine) by nok: changed leads_lead"),
    a_page_is_open_to_strangers: ("leads:inbox", "GET leads:inbox (mine) by anonymous: status 403"),
}


@pytest.mark.source  # the sweep is the same on both databases: once is enough
@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_missing_check_is_found(sweep, fault, monkeypatch):
    route, complaint = FAULTS[fault]
    again = Sweep(sweep.scene, few=True)
    again.leaks = sweep.leaks
    assert again.run([route]).unexpected == []
    fault(sweep, monkeypatch.setattr)
    again = Sweep(sweep.scene, few=True)
    again.leaks = sweep.leaks
    unexpected = again.run([route]).unexpected
    assert any(one.startswith(complaint) for one in unexpected), unexpected
