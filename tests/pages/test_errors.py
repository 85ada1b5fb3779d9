"""Answers to what no page of ours would send."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
NUL = "a\0b"


@pytest.mark.parametrize("address", [f"/leads/{NUL}", "/leads/?older=a%00b"])
def test_a_nul_in_an_address_leads_nowhere(world, address):
    answer = world.client(world.nok).get(address)
    assert answer.status_code == 404
    assert answer.content == world.client().get("/no/such/page").content


def test_a_nul_in_a_form_is_not_understood(world):
    typed = {"submission": NUL, "approval": NUL}
    answer = world.client(world.nok).post(reverse("access:give_approval", args=["x"]), typed)
    assert answer.status_code == 400
    assert "RY-BAD-REQUEST" in answer.text
