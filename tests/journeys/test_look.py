"""A page with planted faults: the journeys' reviewer finds each of them."""

import pytest
from tests.journeys.look import go_over
from tests.journeys.person import Person

pytestmark = pytest.mark.journey

PLANTED = """<!doctype html><html lang="en"><head><title></title></head><body><main>
<h1>One</h1><h1 id="a">Two</h1><p id="a" style="color:#ddd">pale</p>
<input name="nobody"><div style="width:3000px">wide</div>
<script>throw Error('planted')</script></main></body></html>"""


def test_what_is_planted_is_found(browser):
    someone = Person(browser, "http://localhost")
    someone.page.set_content(PLANTED)
    found = "\n".join(go_over(someone.page, "/planted", script=True))
    for fault in (
        "2 headings of the first level",
        "no title",
        "no label: nobody",
        "twice: #a",
        "pixels too wide",
        "color-contrast (serious)",
    ):
        assert fault in found
    assert someone.faults == ["script: planted"]
    someone.context.close()
