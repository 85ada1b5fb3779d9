"""Log lines that give nothing away.

A message's values and an exception's text may hold what a survivor said, and an address the id
of her record. What is written is when, how bad, who logged, the unfilled message, and for an
exception the lines of code that it passed.
"""

import logging
from typing import override

from romyen.rules.mishaps import trail


class SafeFormatter(logging.Formatter):
    """Formats a record without its values: the template of the message, never its filling."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """One line, and the trail of the exception below it."""
        own = record.name.startswith("romyen")
        said = record.getMessage() if own else str(record.msg)
        if not own and "%" not in said:
            said = ""
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {said}".rstrip()
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([line, *(trail(error) if error else ())])
