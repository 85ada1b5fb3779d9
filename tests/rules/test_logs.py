"""Log lines hold no values: neither a message's filling nor an exception's text."""

import logging

from romyen.rules.logs import SafeFormatter

SECRET = "Dokmai"


def line(name, message, *values, error=None):
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, exc_info)
    return SafeFormatter().format(record)


def test_what_other_libraries_fill_in_is_left_out():
    text = line("django.request", "Not Found: %s", f"/survivors/{SECRET}")
    assert "Not Found: %s" in text
    assert SECRET not in text


def test_a_message_that_was_filled_before_is_left_out_whole():
    assert SECRET not in line("some.library", f"could not read {SECRET}")


def test_an_exception_leaves_its_trail_and_not_its_words():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        text = line("django.request", "Internal Server Error: %s", "/", error=error)
    assert SECRET not in text
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text
