"""Notices lead to where something can be done, for whoever may still see it."""

import pytest
from tests.cases.story import a_case

from romyen.access.noticed import noticed
from romyen.notices.actions import notify
from romyen.notices.models import Notice

pytestmark = pytest.mark.django_db


def lines(world, reader):
    mine = Notice.objects.filter(recipient=reader.id).order_by("pk")
    return {row.notice.kind: row.href for row in noticed(reader, mine, now=world.now)}


def test_each_notice_leads_to_its_record_or_its_own_page(world):
    case = a_case(world)
    Notice.objects.all().delete()
    notify([world.nok.id], "disclosure.review", subject=case.pk, now=world.now)
    notify([world.nok.id], "approval.asked", subject=case.pk, now=world.now)
    notify([world.nok.id], "member.waiting", subject=world.arun.id, now=world.now)
    assert lines(world, world.nok) == {
        "disclosure.review": f"/cases/{case.pk}",
        "approval.asked": "/approvals",
        "member.waiting": "/people",
    }


def test_whoever_is_excluded_sees_no_line_about_the_record(world):
    case = a_case(world)
    notify([world.prasit.id], "clock.near", subject=case.pk, now=world.now)
    world.exclude(world.prasit, case.node)
    page = world.client(world.prasit).get("/me/notices").content.decode()
    assert "A deadline is near." not in page
    assert lines(world, world.prasit) == {}
