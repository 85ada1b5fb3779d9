"""Places by the official codes, abolished ones too."""

import pytest

from romyen.rules.places import children, path, place
from romyen.rules.refusals import Refusal


def test_there_are_77_provinces_each_with_districts():
    provinces = children()
    assert len(provinces) == 77
    assert all(children(province.code) for province in provinces)


def test_a_place_knows_its_names_and_its_parent():
    island = place("840503")
    assert (island.th, island.en, island.level) == ("เกาะเต่า", "Ko Tao", "subdistrict")
    assert place(island.parent).level == "district"
    assert place("84").parent == ""
    assert path("840503", "en") == "Ko Tao, Ko Pha-ngan, Surat Thani"
    assert path("840503", "th") == "เกาะเต่า เกาะพะงัน สุราษฎร์ธานี"


def test_children_lie_inside():
    for district in children("84"):
        assert district.parent == "84"
        assert all(s.parent == district.code for s in children(district.code))
    assert children("840503") == children("99") == []


def test_an_abolished_code_keeps_its_name():
    old = place("100205")
    assert old.abolished
    assert old.th == "บางซื่อ"
    assert all(not place(code).abolished for code in old.successors)


@pytest.mark.parametrize("code", ["", "0", "99", "9999", "840599", "84050", "กท"])
def test_an_unknown_code_is_refused_beside_its_field(code):
    with pytest.raises(Refusal) as refusal:
        place(code, field="place")
    assert (refusal.value.code, refusal.value.field) == ("RY-PLACE-UNKNOWN", "place")
