"""Code lists carry their source, their confidence and honest Thai."""

import pytest

from romyen.rules.datacheck import check_data
from romyen.rules.lists import AS_IN_SOURCE, DRAFT, BadData, htcds, htcds_fields, load, of
from romyen.rules.refusals import Refusal

GOOD = """
format: romyen/lists@1
lists:
  fruit:
    source: the garden
    confidence: design_proposal
    items:
      - {code: mango, en: Mango, th: มะม่วง, th_status: draft, map_to: Other}
      - {code: durian, en: Durian}
"""


def written(folder, text):
    path = folder / "lists.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_reads_in_both_languages(tmp_path):
    fruit = load(written(tmp_path, GOOD))["fruit"]
    assert fruit.choices("th") == [("mango", "มะม่วง"), ("durian", "Durian")]
    assert fruit.choices("en-gb") == [("mango", "Mango"), ("durian", "Durian")]
    assert fruit.item("mango").draft
    assert fruit.item("mango").more == {"map_to": "Other"}
    assert "mango" in fruit
    assert fruit.label("stone", "en") == "stone"


def test_an_unknown_code_is_refused_beside_its_field():
    with pytest.raises(Refusal) as refusal:
        of("leads", "red_flags").item("NICE", field="flags")
    assert (refusal.value.code, refusal.value.field) == ("RY-LIST-UNKNOWN", "flags")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("source: the garden", "source: ''", "fruit: no source"),
        ("design_proposal", "hope", "fruit.*hope"),
        ("code: durian", "code: mango", "mango stands twice"),
        ("th_status: draft", "th_status: fine", "mango.*th_status"),
        ("en: Durian", "en: ''", "fruit.*English"),
        ("lists@1", "lists@2", "format"),
    ],
)
def test_a_mistake_in_the_data_names_the_item(tmp_path, was, becomes, says):
    with pytest.raises(BadData, match=says):
        load(written(tmp_path, GOOD.replace(was, becomes)))


def test_all_data_that_ships_is_right():
    assert check_data() == []


def test_the_check_finds_a_wrong_file(tmp_path):
    folder = tmp_path / "cases" / "data"
    folder.mkdir(parents=True)
    written(folder, GOOD.replace("source: the garden", ""))
    (folder / "clocks.yaml").write_text("format: romyen/clocks@1\nclocks: [{id: X}]")
    (folder / "bases.yaml").write_text("format: romyen/lawful-bases@1\nbases: [{code: x}]")
    (folder / "broken.yaml").write_text("a: [")
    (folder / "roles.yaml").write_text("roles: {}")
    found = check_data(tmp_path)
    assert len(found) == 4
    assert not [problem for problem in found if "roles.yaml" in problem]


@pytest.mark.parametrize(
    ("package", "names"),
    [
        ("leads", ["red_flags", "sources", "imminence", "triage", "outcomes", "closing_reasons"]),
        ("survivors", ["identification_statuses", "consent_purposes", "alert_kinds", "languages"]),
        ("cases", ["person_roles", "outcomes", "services", "proceedings_wishes"]),
    ],
)
def test_every_item_has_thai_words_and_says_how_good_they_are(package, names):
    for name in names:
        for item in of(package, name):
            assert item.th
            assert item.th_status in (DRAFT, AS_IN_SOURCE)


def test_local_codes_map_to_htcds():
    for item in of("survivors", "exploitation_extensions"):
        assert item.more["map_to"] in htcds("vic_TypeOfExploitation")
        assert item.more.get("map_sex", "Prostitution") in htcds("vic_TypeOfSexExploitation")
    for item in of("cases", "services"):
        assert item.more.get("map_to", item.code) in htcds("spl_Type")
    for item in of("cases", "outcomes"):
        assert item.more["map_to"] in htcds("cas_Status")
    assert [i.code for i in of("cases", "statuses")] == [i.code for i in htcds("cas_Status")]


def test_htcds_values_are_the_official_ones_unchanged():
    assert len(htcds_fields()) == 21
    relationship = htcds("vic_RelationshipToTrafficker")
    assert [item.code for item in relationship] == ["Familial", "Acquainted", "Unaquainted"]
    assert relationship.item("Unaquainted").en == "Unaquainted"
    assert relationship.item("Familial").draft
    assert len(htcds("vic_ForcedLabourIndustry").items) == 21
    with pytest.raises(KeyError):
        htcds("vic_Nothing")
