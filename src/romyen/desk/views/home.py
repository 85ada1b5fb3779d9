"""Home and administration."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from romyen import access
from romyen.access.models import Member, Organisation
from romyen.access.nodes import ORGANISATION_ID
from romyen.desk import queries
from romyen.rules.spans import local_day


def home(request: HttpRequest) -> HttpResponse:
    """What waits for me today."""
    reader, now = access.open(request), access.clock()
    day = queries.day(reader, now=now)
    may = {
        "lead": access.can(reader, "lead.record", now=now),
        "survivor": access.can(reader, "survivor.register", now=now),
        "administration": access.can(reader, "organisation.manage", now=now),
    }
    context = {"day": day, "may": may, "name": reader.member.name, "today": local_day(now)}
    return render(request, "desk/home.html", context)


def administration(request: HttpRequest) -> HttpResponse:
    """The state of the installation, for who manages it. Opens nothing."""
    reader, now = access.open(request), access.clock()
    organisation = Organisation.objects.select_related("node").get(pk=ORGANISATION_ID)
    access.require(reader, "organisation.manage", organisation.node, now=now)
    checkpoint = queries.last_checkpoint()
    rows = [
        {"key": _("Organisation"), "value": organisation.name},
        {"key": _("Members who can sign in"), "value": _active_members()},
        {
            "key": _("Entries in the last signed checkpoint of the log"),
            "value": checkpoint.size if checkpoint else _("none yet"),
        },
    ]
    links = [
        {"href": reverse("access:people"), "text": _("People, roles and teams")},
        {"href": reverse("access:approvals"), "text": _("What waits for a second person")},
    ]
    return render(request, "desk/administration.html", {"rows": rows, "links": links})


def _active_members() -> int:
    return Member.objects.filter(is_active=True, admitted_at__isnull=False).count()
