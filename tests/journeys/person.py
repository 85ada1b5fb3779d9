"""A person at a real browser, who reads labels and presses buttons, and notices faults."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Locator, Page, Request, Response, expect
from tests.journeys.look import HEIGHT, go_over

from romyen.pages.era import written_day

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine before the journey gives up."""
SHOWN_AGAIN = 422
"""A form shown again because something in it has to be put right: no fault."""


def code_from(seed: str, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238, SHA-1, 30 seconds)."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(seed), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


class Person:
    """Someone with a browser window of their own."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        language: str = "en",
        width: int = 1280,
        script: bool = True,
        story: str = "",
    ) -> None:
        self.language, self.address, self.story = language, address, story
        self.faults: list[str] = []
        self.codes: list[str] = []
        self.context = browser.new_context(
            base_url=address,
            locale={"en": "en-GB", "th": "th-TH"}[language],
            viewport={"width": width, "height": HEIGHT[width]},
            java_script_enabled=script,
        )
        self.context.set_default_timeout(PATIENCE)
        self.script = script
        self.page: Page = self.context.new_page()
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def _heard(self, kind: str, text: str) -> None:
        answered = text.startswith("Failed to load resource")  # counted by _answered
        if kind in ("error", "warning") and not answered:
            self.faults.append(f"console: {text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != SHOWN_AGAIN:
            self.faults.append(f"{response.status} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the person went on before it came
            self.faults.append(f"{request.failure} {request.url}")

    @contextmanager
    def knowing(self, status: int) -> Iterator[None]:
        """Within the block an answer with this status is what the person expects."""
        before = list(self.faults)
        yield
        self.faults[:] = before + [
            fault for fault in self.faults[len(before) :] if not fault.startswith(f"{status} ")
        ]

    # --- words

    def t(self, text: str, **parts: object) -> str:
        """A text of the pages in this person's language."""
        with override(self.language):
            said = gettext(text)
        return said % parts if parts else said

    def era_day(self, day: date) -> str:
        """A day as it stands on this person's pages."""
        with override(self.language):
            return written_day(day)

    # --- moving

    def look(self) -> None:
        """Wait for the page and go over it as a careful reviewer would."""
        self.page.wait_for_load_state("load")
        where = self.page.url.removeprefix(self.address)
        found = go_over(self.page, where, script=self.script, story=self.story)
        self.faults += [f"{where}: {fault}" for fault in found]
        language = self.page.locator("html").get_attribute("lang")
        if language != self.language:
            self.faults.append(f"{self.page.url} is in {language}")

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.look()

    def follow(self, text: str, about: str = "") -> None:
        """Follow a link by its words, and what it is about where several say the same."""
        link = self.page.get_by_role("link", **self._called(text, about))
        more = self.page.locator(".romyen-navigation__more details:not([open]) > summary")
        if not link.count() and more.is_visible():  # a rarer section of the menu
            more.click()
        link.first.click()
        self.look()

    def section(self, text: str) -> None:
        """Go to a section of the menu that stands behind “More” for this role."""
        more = self.page.locator(".romyen-navigation__more")
        more.locator("summary").click()
        more.get_by_role("link", name=self.t(text), exact=True).click()
        self.look()

    def press(self, text: str, about: str = "") -> None:
        """Press a button by its words, and see what comes."""
        self.page.get_by_role("button", **self._called(text, about)).first.click()
        self.look()

    def _called(self, text: str, about: str) -> dict[str, Any]:
        """How a link or button is found; what it is about is said to screen readers alone."""
        if not about:
            return {"name": self.t(text), "exact": True}
        words, rest = re.escape(self.t(text)), re.escape(about)
        return {"name": re.compile(rf"^{words}\W*{rest}$")}

    # --- forms

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by what stands in it."""
        self.field(label).select_option(label=option)

    def field(self, label: str) -> Locator:
        """The field with this label."""
        return self.page.get_by_label(self.t(label), exact=True)

    def group(self, legend: str) -> Locator:
        """The fields under a legend."""
        return self.page.get_by_role("group", name=self.t(legend), exact=True)

    def pick(self, legend: str, *options: str) -> None:
        """Tick under a legend."""
        for option in options:
            self.group(legend).get_by_label(option, exact=True).check()

    def on(self, legend: str, day: date) -> None:
        """Write a day in the era of this person's pages."""
        year = day.year + 543 if self.language == "th" else day.year
        self.day(legend, day.day, day.month, year)

    def day(self, legend: str, day: object, month: object, year: object) -> None:
        """Write the parts of a day as they are."""
        parts = {"Day": day, "Month": month, "Year": year}
        for name, text in parts.items():
            field = self.group(legend).get_by_label(self.t(name), exact=True)
            field.fill("" if text is None else str(text))

    def show(self, purpose: str) -> None:
        """Open what is sealed on this page, for a purpose."""
        closed = self.page.locator("details:not([open])", has=self.page.locator("[name=purpose]"))
        if closed.count():
            closed.locator("summary").click()
        self.page.locator("select[name=purpose]").select_option(label=purpose)
        self.press("Show")

    # --- seeing

    def put_right(self, label: str, message: str) -> None:
        """The page asks to put a field right: in the summary, and beside the field."""
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(message)
        beside = self.page.locator(".govuk-form-group--error", has_text=self.t(label))
        expect(beside.locator(".govuk-error-message").first).to_contain_text(message)

    def reads(self, *texts: str) -> None:
        """These words stand on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(self.t(text))

    def misses(self, *texts: str) -> None:
        """These words do not stand on the page."""
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def at(self, pattern: str) -> re.Match[str]:
        """The page's path matches, and what matched."""
        path = self.page.url.removeprefix(self.address).partition("#")[0]
        found = re.search(pattern, path)
        assert found, f"{path} is not {pattern}: {self.page.locator('main').inner_text()[:600]}"
        return found

    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").first.inner_text()

    # --- signing in

    def join(self, link: str, passphrase: str) -> None:
        """Take up an invitation."""
        self.go(link)
        self.fill("Passphrase", passphrase)
        self.press("Make my account")

    def sign_in_first(self, email: str, passphrase: str) -> None:
        """The first sign-in: set up the code from the phone, keep the recovery codes."""
        self._passphrase(email, passphrase)
        seed = self.page.locator(".romyen-words").inner_text().replace(" ", "")
        self.fill("The six digits from the app", code_from(seed))
        self.press("Continue")
        self.at("/codes/recovery$")
        rows = self.page.locator("ul.romyen-words li").all_inner_texts()
        self.codes = [row.replace(" ", "") for row in rows]
        self.press("I have written them down")

    def sign_in(self, email: str, passphrase: str) -> None:
        """A later sign-in, with a code from the paper: the phone's may be used already."""
        self._passphrase(email, passphrase)
        self.fill("Code from your phone", self.codes.pop())
        self.press("Sign in")

    def _passphrase(self, email: str, passphrase: str) -> None:
        if "/sign/in" not in self.page.url:
            self.go("/sign/in")
        self.fill("E-mail address", email)
        self.fill("Passphrase", passphrase)
        self.press("Continue")
