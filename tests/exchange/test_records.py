"""Every field has a home or stays in the rest: what came in goes out as it came."""

import dataclasses
from datetime import date
from itertools import product

import pytest
from tests.exchange.htcds.files import DATA

from romyen.exchange.htcds import Mapped, Record, read
from romyen.exchange.htcds.standard import Kind, fields
from romyen.exchange.records import Facts, facts_of, joined, rest_of, values_of
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal
from romyen.survivors.actions.taking_over import Kept
from romyen.survivors.particulars import Particulars

FILES = ("filled.xlsx", "names.csv", "kobo.csv", "submissions")


def there_and_back(record):
    back = values_of(facts_of(record))
    return joined(back, rest_of(record.values, back).values())


@pytest.mark.parametrize("name", FILES)
def test_what_came_goes_out_as_it_came(name):
    records = [o.record for o in Mapped(read(DATA / name)) if o.record]
    assert records
    for record in records:
        assert Record.of(there_and_back(record)).values == record.values


def examples(field):
    """A few values that a field can hold."""
    match field.kind:
        case Kind.CHECK:
            return ["TRUE", "FALSE"]
        case Kind.DATE:
            return ["2001-02-03"]
        case Kind.WHOLE:
            return ["7"]
        case Kind.DECIMAL:
            return ["18.7"]
        case Kind.ONE | Kind.COUNTRY:
            return [option.code for option in field.options]
        case Kind.MANY:
            codes = [option.code for option in field.options]
            return [(code,) for code in codes] + [tuple(codes[:3])]
        case Kind.LINES:
            return [("tha",), ("shn", "tha", "my")]
    own = {"romyen_birth": "14-16 2026-03-02", "romyen_birth_method": "medical"}
    return [own.get(field.name, "a word  à ni\u0301")]


SET_BY_US = {"romyen_version", "romyen_code"}


@pytest.mark.parametrize("name", [name for name in fields() if name not in SET_BY_US])
def test_each_value_of_each_field_alone(name):
    for value in examples(fields()[name]):
        record = Record.of({name: value})
        assert Record.of(there_and_back(record)).values == record.values


def test_codes_of_exploitation_come_back_in_every_mixture():
    ours = [(), ("ForcedCriminality",), ("ForcedCriminality", "ReturnedFromScamCentre")]
    ours += [("OnlineChildExploitation",), ("ReturnedFromScamCentre",)]
    for official, local in product([(), ("Other",), ("ForcedLabour", "Other")], ours):
        record = Record.of({"vic_TypeOfExploitation": official, "romyen_exploitation": local})
        assert Record.of(there_and_back(record)).values == record.values


def test_a_fact_changed_here_stands_and_takes_its_group_along():
    came = Record.of(
        {
            "prs_MailingStreet": "1 Moo 4",
            "prs_MailingCity": "Mae Sot",
            "prs_MailingCountry": "TH",
            "prs_Salutation": "Khun",
        }
    )
    facts = facts_of(came)
    rest = rest_of(came.values, values_of(facts))
    moved = dataclasses.replace(facts.kept, contacts=({"kind": "address", "value": "Chiang Mai"},))
    said = joined(values_of(Facts(kept=moved)), rest.values())
    assert said["prs_MailingStreet"] == "Chiang Mai"
    assert "prs_MailingCity" not in said
    assert said["prs_Salutation"] == "Khun"


def test_nothing_of_her_is_kept_twice():
    record = Record.of({"prs_FirstName": "Malee", "prs_SecondName": "Jaidee"})
    rest = rest_of(record.values, values_of(facts_of(record)))
    assert "Malee" not in (rest["identity"] or "")


def person(**facts):
    return values_of(Facts(kept=Kept(particulars=Particulars(**facts))))


def test_who_was_registered_here_goes_out_too():
    born = Birth.estimated(14, 16, date(2026, 3, 2), "appearance")
    said = person(full_name="มาลี ใจดี", birth=born, languages=("shn", "tsq"), nationalities=("XXA",))
    assert said["prs_FirstName"] == "มาลี ใจดี"
    assert said["romyen_birth"] == "14-16 2026-03-02"
    assert said["romyen_languages"] == ("shn", "tsq")
    assert said["prs_PrimaryLanguage"] == "shn"
    assert said["romyen_stateless"] == "TRUE"
    again = facts_of(Record.of(said)).kept.particulars
    assert again.birth == born
    assert again.languages == ("shn", "tsq")
    assert again.nationalities == ("XXA",)


def test_a_full_name_that_is_no_sum_of_its_parts_is_an_alias():
    said = person(full_name="มาลี", given_name="Malee", family_name="Jaidee")
    assert said["romyen_aliases"] == ("มาลี",)
    said = person(full_name="Malee Anne Jaidee", given_name="Malee", family_name="Jaidee")
    assert said["prs_MiddleName"] == "Anne"


def test_two_births_and_unreadable_ones_are_refused():
    for values, code in (
        ({"prs_Birthdate": "2010-01-01", "romyen_birth": "2010"}, "RY-HTCDS-BIRTH-TWICE"),
        ({"romyen_birth": "long ago"}, "RY-HTCDS-BIRTH-UNREADABLE"),
        ({"romyen_birth": "2010", "romyen_birth_method": "stars"}, "RY-LIST-UNKNOWN"),
    ):
        with pytest.raises(Refusal) as caught:
            facts_of(Record.of(values))
        assert caught.value.code == code


def test_a_partial_birth_is_a_partial_birth():
    assert facts_of(Record.of({"romyen_birth": "1998-05"})).kept.particulars.birth == Birth.known(
        PartialDay(1998, 5), "other"
    )
