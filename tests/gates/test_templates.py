"""Pages obey the content security policy: no inline style or script, no far host."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.gates.shape import SOURCE, sources

pytestmark = pytest.mark.source

DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
FAULTS = {
    "inline style": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "inline script": r"<script\b(?![^>]*\ssrc\s*=)",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "script in an address": r"javascript:",
    "far host": r"<(?:script|link|img|iframe|source|video|audio|object|embed|form)\b[^>]*"
    r"\s(?:src|href|data|action|srcset)\s*=\s*[\"']?\s*(?:https?:)?//",
}


def faults(markup: str) -> list[str]:
    """What the content security policy would refuse, or what would ask another host."""
    plain = DJANGO.sub("X", markup)
    return [name for name, fault in FAULTS.items() if re.search(fault, plain, re.IGNORECASE)]


def markup() -> Iterator[tuple[Path, str]]:
    """Every template, and every text in our Python that holds a tag."""
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        if path.suffix in (".html", ".svg"):
            yield path, path.read_text()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value:
                yield path, node.value


def test_pages_hold_nothing_inline():
    seen = list(markup())
    assert [path for path, _ in seen if path.suffix == ".html"]
    assert [
        (str(path.relative_to(SOURCE)), fault) for path, text in seen for fault in faults(text)
    ] == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p class="{% if a > b %}x{% endif %}" style="color:red">', "inline style"),
        ("<style>p{}</style>", "style element"),
        ("<script>alert(1)</script>", "inline script"),
        ('<a href="/x" onclick="go()">', "inline handler"),
        ('<a href="javascript:go()">', "script in an address"),
        ('<img alt="" src="https://example.org/x.png">', "far host"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "far host"),
    ],
)
def test_a_planted_fault_is_found(planted, fault):
    assert faults(planted) == [fault]


def test_what_is_allowed_passes():
    allowed = '<script src="{% static "x.js" %}" defer></script><p class="style on=1">a > b</p>'
    assert faults(allowed) == []
