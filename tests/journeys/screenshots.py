"""The pictures in docs/pictures/: ``make screenshots``.

Builds the demo in a folder of its own, serves it, signs in as a caseworker, and photographs the
pages at 390 and 1280 pixels, in Thai and in English.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.guides import GUIDES, follow, picture

PICTURES = Path("docs/pictures")
ROMYEN = str(Path(sys.executable).with_name("romyen"))
CASEWORKER = "nok@romyen.example"
WIDTHS = (1280, 390)
ID = r"[\w-]{22}"
LISTS = {
    "home": "/",
    "leads": "/leads/",
    "survivors": "/survivors/",
    "caseload": "/cases/",
    "people": "/people",
}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the server answers; half a minute at most."""
    for _ in range(150):
        try:
            urlopen(address)  # noqa: S310
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def sign_in(page: Page, origin: str, environment: dict[str, str], who: str = CASEWORKER) -> None:
    """As a person does: passphrase, then the code from the phone."""
    from romyen.demo.cast import PASSPHRASE

    page.goto(f"{origin}/sign/in")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSPHRASE)
    page.click("main button[type=submit]")
    code = subprocess.check_output([ROMYEN, "demo", "code", who], env=environment, text=True)
    page.fill("input[name=code]", code.strip())
    page.click("main button[type=submit]")
    page.wait_for_url(f"{origin}/")


def first_link(page: Page, origin: str, path: str, pattern: str) -> str:
    """The first address on a page that fits a pattern."""
    page.goto(origin + path)
    for link in page.locator("main a").all():
        href = link.get_attribute("href") or ""
        if re.fullmatch(pattern, href):
            return href
    raise SystemExit(f"no link like {pattern} on {path}")


def shown(page: Page, origin: str) -> dict[str, str]:
    """What is photographed: name and address."""
    case = first_link(page, origin, "/cases/", f"/cases/{ID}")
    survivor = first_link(page, origin, case, f"/survivors/{ID}")
    lead = first_link(page, origin, "/leads/", f"/leads/{ID}")
    return {
        **LISTS,
        "lead": lead,
        "lead-write": "/leads/new",
        "case": case,
        "survivor": survivor,
        "consent": f"{survivor}/consents/new",
        "who-can": f"/record{survivor.removeprefix('/survivors')}/who-can",
    }


def photograph(browser: Browser, origin: str, environment: dict[str, str]) -> None:
    """Every page in both languages and widths. One that does not answer 200 stops everything."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{origin}/sign/in")
    page.screenshot(path=PICTURES / "sign-in-en-1280.png")
    sign_in(page, origin, environment)
    for name, path in shown(page, origin).items():
        for language in ("en", "th"):
            in_language(context, language, origin)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 1000})
                answer = page.goto(origin + path)
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{path} answered {answer and answer.status}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png")


def in_language(context: BrowserContext, language: str, origin: str) -> None:
    """From now on pages come in this language."""
    context.add_cookies([{"name": "django_language", "value": language, "url": origin}])


def guide_pictures(
    browser: Browser, origin: str, environment: dict[str, str], into: Path, *languages: str
) -> None:
    """The pictures of the users' guides, each taken by whom the guide is for."""
    for role, guide in GUIDES.items():
        context = browser.new_context(
            locale="en-US", viewport={"width": 1280, "height": 900}, device_scale_factor=1
        )
        page = context.new_page()
        sign_in(page, origin, environment, guide.who)
        for language in languages:
            in_language(context, language, origin)
            for name, way in guide.pictures.items():
                follow(page, origin, way)
                page.screenshot(path=into / picture(role, name, language))
        context.close()


@contextmanager
def served_demo() -> Iterator[tuple[str, dict[str, str]]]:
    """The demo in a folder of its own, served: its address and the environment of commands."""
    folder, port = Path(tempfile.mkdtemp(prefix="romyen-pictures-")), free_port()
    origin = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "ROMYEN_DATA": str(folder / "data"),
        "ROMYEN_KEYS": str(folder / "keys"),
        "ROMYEN_ORIGIN": origin,
    }
    subprocess.run([ROMYEN, "demo", "load"], env=environment, check=True, stdout=sys.stderr)
    words = [ROMYEN, "demo", "serve", "--port", str(port)]
    server = subprocess.Popen(words, env=environment, stdout=sys.stderr)
    try:
        wait_for(f"{origin}/sign/in")
        yield origin, environment
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def main() -> None:
    """Build, serve, photograph, tidy up."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served_demo() as (origin, environment), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-quic"],
        )
        photograph(browser, origin, environment)
        guide_pictures(browser, origin, environment, PICTURES, "en", "th")


if __name__ == "__main__":
    main()
