"""Names in any script: what is forgiven, what is found, and that nothing is ever raised."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from romyen.rules.names import Key, fold, rank, rank_keys, reasons, score
from romyen.rules.names.reasons import CODES

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=24)
SCRIPTS = st.text(
    st.one_of(
        st.characters(min_codepoint=first, max_codepoint=last)
        for first, last in ((0x20, 0x7E), (0xC0, 0x24F), (0x0E00, 0x0EFF), (0x1000, 0x109F),
                            (0x1780, 0x17FF), (0x200B, 0x200F), (0xE000, 0xE0FF))
    ),
    max_size=30,
)  # fmt: skip
NAMES = st.one_of(THAI, SCRIPTS, st.text(max_size=30))
CAST = (
    "สมชาย ใจดี", "สมหญิง ใจดี", "ศิริพร แก้วมณี", "กนกวรรณ", "ณัฐพงษ์", "น้ำฝน", "แสงดาว", "อรุณ",
    "Aung San", "Daw Khin Khin", "ສົມສັກ", "ចាន់ ធី", "José Müller", "มาลี (เมย์)",
)  # fmt: skip


def alike(one: str, other: str) -> float:
    """The score of two names."""
    return score(Key.of(one), Key.of(other))


# -- folding


@given(NAMES)
@example("น\u0e4d\u0e49า")
@example("ຫຫນ")
@example("ı\u0307")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำฝน", "น\u0e4d\u0e49าฝน"),
        ("น้ำฝน", "น\u0e49\u0e4dาฝน"),
        ("แก้ว", "เเก้ว"),
        ("แสง", "เเสง"),
        ("พี่", "พ\u0e48\u0e35"),
        ("บ้าน ๑๒", "บ้าน 12"),
        ("ຄຳ", "ຄ\u0ecdາ"),
        ("ໜູ", "ຫນູ"),
        ("၁၂", "12"),
        ("José", "JOSE\u0301"),
        ("ＭＡＬＩ", "mali"),
        ("ma\u200bli", "mali"),
    ],
)
def test_what_looks_the_same_is_the_same(one, other):
    assert fold(one) == fold(other)
    assert alike(one, other) == 1.0


def test_other_letters_stay_other_letters():
    assert fold("พงษ์") != fold("พงศ์")
    assert alike("มาลี", "วิชัย") < 0.5


# -- titles


@pytest.mark.parametrize(
    ("titled", "plain"),
    [
        ("นางสาวมาลี ใจดี", "มาลี ใจดี"),
        ("นางสาว มาลี", "มาลี"),
        ("น.ส.มาลี", "มาลี"),
        ("น.ส. มาลี", "มาลี"),
        ("ด.ญ.มาลี", "มาลี"),
        ("ด.ช. สมชาย", "สมชาย"),
        ("เด็กหญิงมาลี", "มาลี"),
        ("นายสมชาย", "สมชาย"),
        ("คุณ สมชาย", "สมชาย"),
        ("Mr. Somchai Jaidee", "somchai jaidee"),
        ("Miss Mali", "mali"),
        ("Daw Khin Khin", "khin khin"),
        ("U Tin Win", "tin win"),
        ("Ma Hla", "hla"),
        ("Ko Zaw Zaw", "zaw zaw"),
        ("ဒေါ်ခင်ခင်", "ခင်ခင်"),
        ("ဦး တင်ဝင်း", "တင်ဝင်း"),
        ("ທ້າວ ສົມສັກ", "ສົມສັກ"),
        ("ທ້າວສົມສັກ", "ສົມສັກ"),
        ("លោក ចាន់", "ចាន់"),
    ],
)
def test_titles_are_forgiven(titled, plain):
    assert alike(titled, plain) == 1.0


@pytest.mark.parametrize("name", ["Ma", "Ko", "U", "นาง", "นายก", "คุณ", "ນາງ"])
def test_somebody_who_is_called_like_a_title_keeps_the_name(name):
    assert rank(name, [name, "สมชาย"])[0] == (name, 1.0)


# -- sounds


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        # Thai: RTGS and usual spellings
        ("เพ็ญศรี", "Pensri"), ("เชิดชัย", "Cherdchai"), ("เลิศชาย", "Lertchai"),
        ("เนตรนภา", "Netnapa"), ("เบญจมาศ", "Benjamas"), ("อัศวิน", "Asawin"),
        ("กุลสตรี", "Kunlasattri"), ("ทรงศักดิ์", "Songsak"), ("ยิ่งลักษณ์", "Yingluck"),
        ("อภิชาติพงศ์", "Apichatpong"), ("สิริวัณณวรี", "Sirivannavari"), ("ทักษิณ", "Thaksin"),
        ("เกียรติศักดิ์", "Kiattisak"), ("เพชรรัตน์", "Phetcharat"), ("ไพลิน", "Pailin"),
        ("ไชยา", "Chaiya"), ("แก้วตา", "Kaewta"), ("เฉลิมชัย", "Chalermchai"),
        ("เสถียร", "Sathian"), ("บรรจง", "Banchong"), ("ธรรมรัตน์", "Thammarat"),
        ("กฤษณา", "Kritsana"), ("หฤทัย", "Haruethai"), ("ดวงจันทร์", "Duangchan"),
        ("สร้อยทิพย์", "Soithip"), ("ถาวร", "Thaworn"), ("ชลธิชา", "Chonlathicha"),
        # Lao, in the French manner
        ("ສົມສັກ", "Somsak"), ("ບຸນມີ", "Bounmy"), ("ວຽງໄຊ", "Viengxay"), ("ທອງລຸນ", "Thongloun"),
        ("ສຸພາພອນ", "Souphaphone"), ("ຄໍາພອນ", "Khamphone"),
        # Burmese
        ("ခင်မောင်ဝင်း", "Khin Maung Win"), ("အောင်ဆန်းစုကြည်", "Aung San Suu Kyi"),
        ("ကျော်ဇော", "Kyaw Zaw"), ("လှလှ", "Hla Hla"), ("ရွှေ", "Shwe"), ("ထက်ထက်", "Htet Htet"),
        # Khmer
        ("សុភា", "Sophea"), ("សុខា", "Sokha"), ("ចាន់", "Chan"), ("ស្រីមុំ", "Sreymom"),
        ("ដារ៉ា", "Dara"), ("វណ្ណា", "Vanna"),
    ],
)  # fmt: skip
def test_a_name_sounds_like_its_latin_spelling(native, latin):
    assert alike(native, latin) > 0.85
    assert alike(latin, native) == alike(native, latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ณัฐพงษ์", "นัฐพงศ์"), ("ศิริพร", "สิริพร"), ("Nattapong", "Natthaphong"),
        ("Somchai", "Somchay"), ("Jiraporn", "Chiraphon"), ("Suwanna", "Suvanna"),
        ("Thanakorn", "Tanakon"), ("Weerasak", "Virasak"), ("Catherine", "Katherine"),
        ("Phetcharat", "Petcharat"), ("สมศักดิ์", "ສົມສັກ"),
    ],
)  # fmt: skip
def test_spellings_of_one_sound(one, other):
    assert alike(one, other) > 0.9


def test_words_may_stand_in_another_order_or_be_missing():
    assert rank("Jaidee Somchai", CAST)[0][0] == "สมชาย ใจดี"
    assert rank("siriporn", CAST)[0][0] == "ศิริพร แก้วมณี"
    assert rank("เมย์", CAST)[0][0] == "มาลี (เมย์)"
    assert rank("jose muller", CAST)[0] == ("José Müller", 1.0)


def test_names_of_two_scripts_find_one_another():
    assert rank("กนกวรรณ", ["Kanokporn", "Kanokwan", "Kanchana"])[0][0] == "Kanokwan"
    assert rank("สมสัก", CAST)[0][0] == "ສົມສັກ"
    assert rank("chan thy", CAST)[0][0] == "ចាន់ ធី"


# -- ranking


@given(NAMES, st.lists(NAMES, max_size=6))
@example("", ["มาลี"])
@example("มาลี", [])
@example("์", ["ร์", "เ", "ัว"])
@example("หรร", ["รร", "เรร"])
def test_ranking_never_raises_and_its_scores_fall(query, names):
    found = rank(query, names, limit=4)
    scores = [value for _, value in found]
    assert len(found) <= 4
    assert all(0 < value <= 1 for value in scores)
    assert scores == sorted(scores, reverse=True)
    assert {name for name, _ in found} <= set(names)


@given(NAMES)
@example("·")  # the sign that stands for a doubled consonant inside the reading
def test_every_name_finds_itself_first(name):
    found = rank(name, [*CAST, name])
    if fold(name):
        assert found[0][1] == 1.0
        assert name in [one for one, value in found if value == 1.0]
    else:
        assert found == []


@given(st.permutations(CAST), st.sampled_from(["somchai", "แก้ว", "aung", "ma", "n"]))
def test_the_order_of_the_names_changes_nothing(shuffled, query):
    assert rank(query, shuffled) == rank(query, CAST)


def test_an_empty_query_finds_nobody():
    assert rank("", CAST) == rank("  \u200b ", CAST) == []
    assert rank("สมชาย", CAST, limit=0) == []


def test_what_looks_the_same_ranks_the_same():
    assert rank("แสงดาว", CAST) == rank("เเสงดาว", CAST)
    assert rank("น้ำฝน", CAST) == rank("น\u0e4d\u0e49าฝน", CAST) == rank("นางสาวน้ำฝน", CAST)


# -- keys


@given(NAMES)
def test_a_key_is_read_back_as_it_was_written(name):
    key = Key.of(name)
    again = Key.read(key.text())
    assert again == key
    assert again.whole == key.whole


def test_a_key_of_an_older_reading_is_made_anew():
    assert Key.read("0\tสมชาย\twhatever was here") == Key.of("สมชาย")
    assert Key.read("") == Key.of("")


def test_keys_are_short():
    assert len(Key.of("ศิริพร แก้วมณี").text()) < 250
    assert len(Key.of("ก" * 100_000).text()) < 2_000


def test_sealed_names_are_ranked_by_their_keys():
    sealed = [(number, Key.read(Key.of(name).text())) for number, name in enumerate(CAST)]
    assert rank_keys(Key.of("Somchai Jaidee"), sealed, 1)[0][0] == 0


# -- reasons


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("มาลี", "มาลี", ["same"]),
        ("นางสาวมาลี", "มาลี", ["same_script_lookalike"]),
        ("แก้ว", "เเก้ว", ["same_script_lookalike"]),
        ("ณัฐพงษ์", "ณัฐพงศ์", ["same_sound"]),
        ("Somchai", "สมชาย", ["same_sound"]),
        ("เมย์", "มาลี (เมย์)", ["nickname_part"]),
        ("Jaidee Somchai", "สมชาย ใจดี", ["near"]),
        ("มาลี", "วิชัย", []),
        ("", "มาลี", []),
    ],
)
def test_why_two_names_may_be_one_person(one, other, why):
    assert reasons(one, other) == why


@given(NAMES, NAMES)
def test_reasons_are_codes_and_the_same_both_ways(one, other):
    assert set(reasons(one, other)) <= set(CODES)
    assert reasons(one, other) == reasons(other, one)
