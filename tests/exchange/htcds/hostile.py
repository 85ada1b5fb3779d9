"""Files built to harm, and a programme that tries one of them and tells what it cost.

``python hostile.py NAME`` prints the refusal's code, the seconds and the peak memory in MiB of
a process that does nothing else.
"""

import io
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.exchange.htcds.files import (
    WORKBOOK,
    archive,
    hand_made,
    sheet_part,
    table,
    with_part,
)

from romyen.exchange.htcds import Mapped, read
from romyen.rules.refusals import Refusal

Made = bytes
HEADS = b"prs_FirstName,prs_Gender\n"
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def entities(rest: str) -> str:
    """Billion laughs before a document."""
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "laugh">{ENTITIES}]>{rest}'


def xxe(rest: str) -> str:
    """An entity that would read a file of the server."""
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{rest}'


def zeros(size: int) -> bytes:
    """A zip archive with one member of nothing but blanks, streamed so that building is cheap."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened,
        opened.open("a.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(size >> 20):
            member.write(b" " * (1 << 20))
    return stream.getvalue()


def big_sheet(before: bytes, piece: bytes, times: int, after: bytes) -> bytes:
    """The official workbook with a sheet of many equal pieces."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(WORKBOOK) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as part:
            part.write(before)
            for _ in range(times // 1000):
                part.write(piece * 1000)
            part.write(after)
    return stream.getvalue()


def member(name: str, content: bytes = b"x", *, mode: int = 0, flags: int = 0) -> bytes:
    """An archive with one member that claims whatever it likes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        info = zipfile.ZipInfo("n" * len(name))
        info.external_attr = mode << 16
        opened.writestr(info, content)
        opened.writestr("a.xml", b"<data/>")
    made = stream.getvalue().replace(b"n" * len(name), name.encode())
    return _flagged(made, flags) if flags else made


def _flagged(made: bytes, flags: int) -> bytes:
    at = made.index(b"PK\x01\x02")
    return made[: at + 8] + struct.pack("<H", flags) + made[at + 10 :]


def many_members(count: int) -> bytes:
    """An archive of empty members."""
    return archive({f"{n}.xml": b"" for n in range(count)}, zipfile.ZIP_STORED)


def lying_size() -> bytes:
    """A member that claims to hold three bytes and unpacks to 200 MiB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packer.compress(b"<" * (1 << 20)) for _ in range(200)) + packer.flush()
    made = archive({"a.xml": b"abc"}, zipfile.ZIP_STORED)
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(data), 3, 5, 0)
    directory = made[made.index(b"PK\x01\x02") : made.index(b"PK\x05\x06")]
    directory = (
        directory[:10]
        + struct.pack("<H", 8)
        + directory[12:16]
        + struct.pack("<III", 0, len(data), 3)
        + directory[28:]
    )
    start = len(head) + 5 + len(data)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), start, 0)
    return head + b"a.xml" + data + directory + end


def claims_a_small_directory() -> bytes:
    """A ZIP64 record that overrules a harmless table of contents."""
    made = many_members(3)
    end = made.rindex(b"PK\x05\x06")
    large = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 10**8, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return made[:end] + large + locator + made[end:]


def attributes() -> str:
    """One tag with a million attributes."""
    return "<data " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>"


FILES: dict[str, tuple[str, Callable[[], Made]]] = {
    "xxe in a submission": ("RY-HTCDS-XML-UNSAFE", lambda: xxe("<d>&x;</d>").encode()),
    "xxe in utf-16": ("RY-HTCDS-XML-UNSAFE", lambda: xxe("<d>&x;</d>").encode("utf-16")),
    "laughs in a submission": ("RY-HTCDS-XML-UNSAFE", lambda: entities("<d>&e11;</d>").encode()),
    "a bare doctype": ("RY-HTCDS-XML-UNSAFE", lambda: b'<!DOCTYPE d SYSTEM "http://x/"><d/>'),
    "laughs in an archive": (
        "RY-HTCDS-XML-UNSAFE",
        lambda: archive({"a.xml": entities("<d>&e11;</d>")}),
    ),
    "laughs in a sheet": (
        "RY-HTCDS-XML-UNSAFE",
        lambda: with_part(WORKBOOK.read_bytes(), {SHEET: entities(sheet_part(""))}),
    ),
    "laughs in shared strings": (
        "RY-HTCDS-XML-UNSAFE",
        lambda: with_part(WORKBOOK.read_bytes(), {"xl/sharedStrings.xml": entities("<sst/>")}),
    ),
    "xxe in relations": (
        "RY-HTCDS-XML-UNSAFE",
        lambda: with_part(WORKBOOK.read_bytes(), {"_rels/.rels": xxe("<r>&x;</r>")}),
    ),
    "deep nesting": ("RY-HTCDS-XML-UNSAFE", lambda: b"<a>" * 1_000_000),
    "one endless tag": ("RY-HTCDS-XML-UNSAFE", lambda: b"<data " + b'a="' + b"x" * (16 << 20)),
    "a million attributes": ("RY-HTCDS-XML-UNSAFE", lambda: attributes().encode()),
    "a million answers": (
        "RY-HTCDS-TOO-MANY",
        lambda: b"<data>" + b"".join(b"<q%d>1</q%d>" % (n, n) for n in range(300_000)) + b"</data>",
    ),
    "a bomb of one layer": ("RY-HTCDS-BOMB", lambda: zeros(256 << 20)),
    "a member that lies": ("RY-HTCDS-DAMAGED", lying_size),
    "a bomb in a sheet": (
        "RY-HTCDS-BOMB",
        lambda: big_sheet(sheet_part("").split("</")[0].encode(), b" " * 1000, 200_000, b""),
    ),
    "a bomb in styles": (
        "RY-HTCDS-BOMB",
        lambda: with_part(WORKBOOK.read_bytes(), {"xl/styles.xml": b" " * (90 << 20)}),
    ),
    "a hundred thousand members": ("RY-HTCDS-TOO-MANY", lambda: many_members(100_000)),
    "a second table of contents": ("RY-HTCDS-TOO-MANY", claims_a_small_directory),
    "zip slip": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("../../etc/passwd")),
    "zip slip for windows": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("..\\..\\evil.xml")),
    "an absolute path": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("/etc/passwd")),
    "a drive": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("C:evil.xml")),
    "a link": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("l.xml", b"/etc/passwd", mode=0o120777)),
    "a device": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("d.xml", mode=0o020666)),
    "a locked member": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: member("secret.xml", flags=1)),
    "bzip2": ("RY-HTCDS-ARCHIVE-UNSAFE", lambda: archive({"a.xml": b"<d/>"}, zipfile.ZIP_BZIP2)),
    "the same name twice": (
        "RY-HTCDS-ARCHIVE-UNSAFE",
        lambda: archive({"a.xml": b"<d/>", "b.xml": b"<d/>"}).replace(b"b.xml", b"a.xml"),
    ),
    "a cut archive": ("RY-HTCDS-DAMAGED", lambda: WORKBOOK.read_bytes()[:-100]),
    "an archive cut in half": ("RY-HTCDS-DAMAGED", lambda: WORKBOOK.read_bytes()[:9000]),
    "a broken member": (
        "RY-HTCDS-DAMAGED",
        lambda: archive({"a.xml": b"<data>abc</data>"}, zipfile.ZIP_STORED).replace(b"abc", b"abd"),
    ),
    "a million columns": (
        "RY-HTCDS-TOO-MANY",
        lambda: hand_made('<row r="3">' + "<c/>" * 10 + '<c r="XFD3"><v>1</v></c></row>'),
    ),
    "a column past the last": (
        "RY-HTCDS-DAMAGED",
        lambda: hand_made('<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>'),
    ),
    "a row past the last": (
        "RY-HTCDS-DAMAGED",
        lambda: hand_made('<row r="99999999999"><c r="B3"><v>1</v></c></row>'),
    ),
    "a string that is not there": (
        "RY-HTCDS-DAMAGED",
        lambda: hand_made('<row r="3"><c r="B3" t="s"><v>9999999</v></c></row>'),
    ),
    "rows without end": (
        "RY-HTCDS-TOO-MANY",
        lambda: big_sheet(sheet_part("").split("</")[0].encode(), b"<row/>", 1_500_000, b""),
    ),
    "cells without end": (
        "RY-HTCDS-TOO-MANY",
        lambda: big_sheet(
            sheet_part("").split("</")[0].encode(),
            b"<row>" + b'<c r="B9"/>' * 100 + b"</row>",
            15_000,
            b"",
        ),
    ),
    "tags without end": (
        "RY-HTCDS-XML-UNSAFE",
        lambda: big_sheet(sheet_part("").split("</")[0].encode(), b"<x/>", 4_500_000, b""),
    ),
    "strings without end": (
        "RY-HTCDS-TOO-MANY",
        lambda: with_part(
            WORKBOOK.read_bytes(),
            {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>"},
        ),
    ),
    "records without end": (
        "RY-HTCDS-TOO-MANY",
        lambda: HEADS + b"".join(b"name %d,Feminine\n" % n for n in range(60_000)),
    ),
    "merges without end": (
        "RY-HTCDS-TOO-MANY",
        lambda: hand_made(
            "", "<mergeCells>" + '<mergeCell ref="A9:B9"/>' * 20_000 + "</mergeCells>"
        ),
    ),
    "a cell of a million characters": (
        "RY-HTCDS-CELL-TOO-LONG",
        lambda: hand_made(f'<row r="3"><c r="B3" t="str"><v>{"x" * 1_000_000}</v></c></row>'),
    ),
    "a csv cell of a million characters": (
        "RY-HTCDS-CELL-TOO-LONG",
        lambda: HEADS + b"x" * 1_000_000 + b",Feminine\n",
    ),
    "csv with a million columns": ("RY-HTCDS-TOO-MANY", lambda: HEADS + b"," * 1_000_000),
    "csv headings of a million columns": (
        "RY-HTCDS-TOO-MANY",
        lambda: HEADS[:-1] + b",x" * 1_000_000 + b"\n",
    ),
    "too big a file": ("RY-HTCDS-TOO-BIG", lambda: HEADS + b"a,b\n" * (9 << 20)),
    "noise": ("RY-HTCDS-ENCODING", lambda: bytes(range(255, 0, -1)) * 1000),
    "a picture in front": ("RY-HTCDS-ENCODING", lambda: b"\x89PNG\r\n" + WORKBOOK.read_bytes()),
    "cut xml": ("RY-HTCDS-DAMAGED", lambda: b"<data><prs_FirstName>A</prs_First"),
    "not a submission": ("RY-HTCDS-NO-HEADER", lambda: b"<html><body>x</body></html>"),
    "an unknown encoding": (
        "RY-HTCDS-DAMAGED",
        lambda: b'<?xml version="1.0" encoding="x-none"?><data/>',
    ),
}

# Not refused, but full of what is slow to mend: the whole must still fit the budget.
DULL = {
    "choices without end": lambda: table(
        ["prs_FirstName", "vic_MethodsOfControl"],
        *([str(n), ";".join(["Other"] * 60 + [str(n)])] for n in range(5_000)),
    ),
    "kept columns without end": lambda: table(
        ["prs_FirstName", "prs_Gender", *(f"own{n}" for n in range(300))],
        *([str(n), "", *["x"] * 300] for n in range(1_000)),
    ),
}


def attempt(content: bytes) -> str:
    """The code with which a file is refused, or how many rows it has."""
    try:
        return str(sum(1 for _ in Mapped(read(content))))
    except Refusal as refusal:
        return refusal.code


def peak() -> float:
    """The most memory that this process held, in MiB.

    ``getrusage`` would count what the process that started it held.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Try the file given by name from a file that holds it."""
    content = Path(sys.argv[1]).read_bytes()
    before = time.process_time()  # not the clock: other tests run beside this one
    answer = attempt(content)
    spent = time.process_time() - before
    print(answer, f"{spent:.2f}", f"{peak():.0f}")


if __name__ == "__main__":
    main()
