"""The committed css, script and fonts are what the sources make: ``make assets``."""

import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/romyen/pages/static/romyen"


def listed():
    lines = (ROOT / "assets/MANIFEST").read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


def present():
    named = [ROOT / "package.json", ROOT / "package-lock.json"]
    found = [path for folder in (ROOT / "assets", BUILT) for path in folder.rglob("*")]
    files = [path for path in (*named, *found) if path.is_file() and path.name != "MANIFEST"]
    return {str(path.relative_to(ROOT)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_sources_and_outcome_belong_together():
    assert present() == listed(), "assets changed: run make assets and commit the outcome"


def test_nothing_in_the_outcome_reaches_outside():
    css = (BUILT / "romyen.css").read_text()
    assert "url(data:" not in css
    addresses = re.findall(r"url\(\"?([^\")]+)", css)
    assert addresses
    assert all(
        re.match(r"(fonts|images)/[a-z0-9-]+\.(woff2|svg)$", address) for address in addresses
    )
    assert "@import" not in css
    assert "GDS Transport" not in css
