"""Record codes: without meaning, and every slip of one or two characters is found."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules.codes import ALPHABET, LETTERS, check_code, kind_of, new_code
from romyen.rules.refusals import Refusal

CODES = st.builds(
    lambda kind, seed: new_code(kind, random.Random(seed)),
    st.sampled_from(sorted(LETTERS)),
    st.integers(0, 2**64),
)


def is_refused(text):
    try:
        check_code(text)
    except Refusal as refusal:
        return refusal.code == "RY-CODE-MISTYPED"
    return False


def test_the_alphabet_is_prime_and_has_no_look_alikes():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01ILO")


@given(CODES)
def test_a_code_checks_as_itself_and_names_its_kind(code):
    assert check_code(code) == code
    assert len(code) == 10
    assert LETTERS[kind_of(code)] == code[0]


@given(CODES)
def test_every_single_wrong_character_is_found(code):
    plain = code.replace("-", "")
    for place in range(len(plain)):
        for other in set(ALPHABET + "LO01I") - {plain[place]}:
            assert is_refused(plain[:place] + other + plain[place + 1 :])


@given(CODES)
def test_every_exchange_of_two_characters_is_found(code):
    plain = code.replace("-", "")
    for i in range(len(plain)):
        for j in range(i + 1, len(plain)):
            swapped = list(plain)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert plain[i] == plain[j] or is_refused("".join(swapped))


@given(CODES)
def test_a_lost_or_doubled_character_is_found(code):
    plain = code.replace("-", "")
    for place in range(len(plain)):
        assert is_refused(plain[:place] + plain[place + 1 :])
        assert is_refused(plain[:place] + plain[place] + plain[place:])


@given(CODES)
def test_case_spaces_hyphens_and_thai_digits_are_forgiven(code):
    typed = code.lower().translate(str.maketrans("23456789", "๒๓๔๕๖๗๘๙"))
    assert check_code(f" {typed[:4]} – {typed[4:].replace('-', '')}\u200b ") == code


@pytest.mark.parametrize(
    "text", ["", "-", "S", "S-", "X-2222222A", "S-2222222\N{ROMAN NUMERAL ONE}"]
)
def test_what_is_no_code_is_refused(text):
    assert is_refused(text)


def test_codes_differ():
    assert len({new_code("survivor") for _ in range(2000)}) == 2000


def test_an_id_is_never_taken_for_an_option():
    from romyen.rules.ids import ID_LENGTH, new_id

    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(one) == ID_LENGTH and one.isalnum() and one.isascii() for one in ids)
