"""How much a file may hold: far above any real caseload, far below what hurts the server.

The files are untrusted: whatever goes past a limit is refused before it costs more than
256 MiB or 10 seconds.
"""

MIB = 1024 * 1024

FILE = 32 * MIB
"""Bytes of the file as it comes. 5,000 filled rows of the official workbook are about 1 MiB."""

UNPACKED = 96 * MIB
"""Bytes of everything read from one archive, counted while unpacking, whatever it claims."""

SMALL_PART = 4 * MIB
"""Bytes of a part that has to be held whole: styles, relations, one submission."""

DIRECTORY = 4 * MIB
"""Bytes of an archive's table of contents, looked at before anything is read."""

MEMBERS = 20_000
ROWS = 50_000
BLANK_ROWS = 1_100_000
"""Rows counted with the empty ones: Excel's 1,048,576 and a little."""

COLUMNS = 1_000
CELLS = 800_000
STRINGS = 500_000
STRING_TOTAL = 24_000_000
"""Characters of all shared strings together."""

CELL = 120_000
"""Characters of one cell. Excel can hold 32,767; our column of further values may be longer."""

ELEMENTS = 2_500_000
DEPTH = 64
TOKEN = 1 * MIB
"""Bytes of one XML tag. Real ones have some hundred."""

SHEETS = 50
MERGES = 10_000
