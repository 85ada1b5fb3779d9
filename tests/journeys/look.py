"""What a careful reviewer finds on a page: structure, width, and WCAG 2.2 AA by axe-core.

Every page is gone over. A page that is built otherwise than all pages before it is looked at
closely as well: by axe-core, on a telephone and on a desk, and photographed where
``JOURNEY_PICTURES`` names a folder.
"""

import itertools
import os
import re
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

PICTURES = os.environ.get("JOURNEY_PICTURES", "")
WIDTHS = (390, 1280)
HEIGHT = {390: 844, 1280: 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

GONE_OVER = """() => {
  const found = [];
  const say = (what) => found.push(what);
  const heads = document.querySelectorAll('h1').length;
  const sheet = document.querySelector('.romyen-paper') !== null;
  if (heads !== (sheet ? document.querySelectorAll('.romyen-paper').length : 1))
    say(`${heads} headings of the first level`);
  if (!document.title.trim()) say('no title');
  if (!document.querySelector('main')) say('no main part');
  const named = (one) => one.labels?.length || one.getAttribute('aria-label')
    || one.getAttribute('aria-labelledby');
  for (const one of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
    if (!named(one)) say(`no label: ${one.name || one.id}`);
  for (const one of document.querySelectorAll('fieldset'))
    if (!one.querySelector('legend')?.textContent.trim()) say('a group without a legend');
  for (const one of document.querySelectorAll('a, button'))
    if (!one.textContent.trim() && !one.getAttribute('aria-label')) say('a link without words');
  for (const one of document.querySelectorAll('img:not([alt])')) say(`no alt: ${one.src}`);
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) say(`twice: #${id}`);
  for (const one of document.querySelectorAll('[aria-describedby]'))
    for (const id of one.getAttribute('aria-describedby').split(/\\s+/))
      if (id && !document.getElementById(id)) say(`described by nothing: #${id}`);
  return found;
}"""

TOO_WIDE = """() => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return [];
  const wide = [...document.querySelectorAll('body *')].find(
    (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return [`${over} pixels too wide: ${wide ? wide.tagName + '.' + wide.className : ''}`];
}"""

BUILT_OF = """() => [...new Set([...document.querySelectorAll('body [class]')].flatMap(
  (one) => [...one.classList].map((name) => name.replace(/(__|--).*|^govuk-!.*/, ''))))].sort()"""

AXE = """(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(
  (all) => all.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes
    .map((node) => `${node.target.join(' ')}: ${node.any.concat(node.all, node.none)
      .map((why) => why.message).join('; ')}`).slice(0, 3).join(' | ')}`))"""

_seen: set[tuple[object, ...]] = set()
_numbers = itertools.count(1)


def kind_of(path: str) -> str:
    """A path without what names one record: ``/cases/…/note``."""
    return re.sub(r"(?<=/)[\w-]{22,}(?=/|$)", "…", re.sub(r"[?#].*", "", path))


def go_over(page: Page, path: str, *, script: bool, story: str = "") -> list[str]:
    """The faults of the page that is open."""
    if script:  # the slots of a page are filled after it
        expect(page.locator(".romyen-slot__open")).to_have_count(0)
    faults = [*page.evaluate(GONE_OVER), *page.evaluate(TOO_WIDE)]
    built = (kind_of(path), *page.evaluate(BUILT_OF))
    if script and _is_new(*built):  # without script nothing can be awaited in the page
        page.evaluate(AXE_SCRIPT)
        faults += page.evaluate(AXE, RULES)
    if _is_new(page.locator("html").get_attribute("lang"), script, *built):
        faults += _at_every_width(page, path, story)
    return faults


def _is_new(*what: object) -> bool:
    """Whether this is the first page of this kind."""
    known = what in _seen
    _seen.add(what)
    return not known


def _at_every_width(page: Page, path: str, story: str) -> list[str]:
    faults: list[str] = []
    usual = page.viewport_size
    number = next(_numbers)
    for width in WIDTHS:
        if usual and usual["width"] == width and not PICTURES:
            continue  # gone over already
        page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        faults += [f"at {width}: {fault}" for fault in page.evaluate(TOO_WIDE)]
        if PICTURES:
            name = re.sub(r"[^a-z]+", "-", kind_of(path)).strip("-") or "home"
            picture = Path(PICTURES) / f"{story}-{number:03}-{name}-{width}.png"
            page.screenshot(path=picture, full_page=True)
    if usual:
        page.set_viewport_size(usual)
    return faults
