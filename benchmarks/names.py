"""How long it takes to find a name among thousands, and how often the right one is found."""

import random
import time
from statistics import median

from benchmarks.figures import Figure

ABOUT = (
    "Invented Thai names put together from common parts, looked for by Latin spellings that mix "
    "the official and the usual way of writing each part. Beside it Jaro-Winkler on the official "
    "spellings of the same names: what a romaniser without a fault would give."
)
NAMES, QUICK_NAMES = 12_000, 1_000
SEALED, QUICK_SEALED = 5_000, 500
QUERIES, QUICK_QUERIES = 150, 15
PARTS = """
สม som som|ศรี si sri|ศิริ siri siri|สิริ siri siree|กนก kanok kanok|วรรณ wan wan|พร phon porn
พงษ์ phong pong|พงศ์ phong pong|ณัฐ nat nat|นัฐ nat nut|ชัย chai chai|ชาย chai chai|วิ wi vi
เพ็ญ phen pen|เชิด choet cherd|เลิศ loet lert|เนตร net nate|เบญจ bencha benja|เกศ ket kade
อัศ atsa asa|กุล kun kul|ทิพย์ thip tip|จันทร์ chan jan|จิตร chit jit|จิรา chira jira|ธนา thana tana
ธิดา thida tida|ภัทร phat pat|พัชร phatchara patchara|รัตน์ rat rat|ลักษณ์ lak luck|ศักดิ์ sak sak
สุ su su|สุข suk suk|แก้ว kaeo kaew|แสง saeng sang|ดวง duang duang|ใจ chai jai|ดาว dao dow
ปิยะ piya piya|ประ pra pra|ปัญญา panya panya|นภา napha napa|นารี nari naree|มณี mani manee
มาลี mali malee|วดี wadi vadee|วัฒน์ wat wat|วุฒิ wut wut|วิทย์ wit wit|เกียรติ kiat kiat
กิตติ kitti kitti|กร kon korn|กานต์ kan karn|ขวัญ khwan kwan|อร on orn|อารี ari aree|อุดม udom udom
บุญ bun boon|มี mi mee|ชู chu choo|ไพ phai pai|โชติ chot chote|โสภา sopha sopa|เสาว saowa saowa
ภา pha pa|ยุทธ yut yuth|ฤทธิ์ rit rit|กฤษณ์ krit kris|ธรรม tham tham|บรร ban bun|ทรง song song
ชล chon chol|พล phon pol|เดช det dej|เจริญ charoen jaroen|เฉลิม chaloem chalerm|หทัย hathai hatai
"""


def measure(run):
    """Milliseconds for one query, and the share of names that are found."""
    from romyen.rules.names import Key, rank

    chance = random.Random(20_261_125)
    made = _names(chance, QUICK_NAMES if run.quick else NAMES)
    names = [thai for thai, _, _ in made]
    asked = chance.sample(made, QUICK_QUERIES if run.quick else QUERIES)
    begin = time.perf_counter()
    for name in names:
        Key.of(name)
    yield Figure("1,000 keys made", (time.perf_counter() - begin) * 1e6 / len(names), "ms")
    rank("somchai", names)
    ours, found = _asked(lambda query: [name for name, _ in rank(query, names)], asked)
    beside, plain = _asked(_jaro_winkler(made), asked)
    said = "Jaro-Winkler on official spellings"
    yield Figure(
        f"one of {len(names):,} plain names", ours, "ms", baseline=beside, beside=said, most=130
    )
    yield Figure("among the first ten", found[10], "%", baseline=plain[10], beside=said, least=95)
    yield Figure("first", found[1], "%", baseline=plain[1], beside=said, least=60)
    count = QUICK_SEALED if run.quick else SEALED
    full = [Key.of(f"{chance.choice(names)} {chance.choice(names)}") for _ in range(count)]
    yield from _sealed(full, asked)


def _sealed(keys, asked):
    """Given and family name as they come out of a seal: keys read, ranked, forgotten."""
    from romyen.rules.names import Key

    texts = [key.text() for key in keys]

    def read():
        return [(at, Key.read(text)) for at, text in enumerate(texts)]

    reading = _milliseconds(read)
    one = [_once(query, read()) for _, _, query in asked[:20]]
    two = [_once(f"{asked[at][2]} {asked[-at][2]}", read()) for at in range(1, 20)]
    yield Figure(f"{len(texts):,} opened keys read", reading, "ms")
    yield Figure(f"{len(texts):,} opened keys, ranked by one name", median(one), "ms", most=80)
    yield Figure(f"{len(texts):,} opened keys, ranked by two names", median(two), "ms", most=100)
    length = sum(len(text.encode()) for text in texts) / len(texts)
    yield Figure("a key as text", length, "bytes")


def _once(query, pairs):
    from romyen.rules.names import Key, rank_keys

    begin = time.perf_counter()
    rank_keys(Key.of(query), pairs)
    return (time.perf_counter() - begin) * 1e3


def _names(chance, count):
    """(Thai, official spelling, a spelling somebody might use), each Thai name once."""
    parts = [part.split() for line in PARTS.split("\n") for part in line.split("|") if part]
    made = {}
    while len(made) < count:
        chosen = chance.sample(parts, chance.choice((2, 2, 2, 3)))
        written = "".join(chance.choice(part[1:]) for part in chosen)
        thai = "".join(part[0] for part in chosen)
        made[thai] = (thai, "".join(part[1] for part in chosen), written)
    return list(made.values())


def _asked(find, asked):
    """(median milliseconds, {1: share found first, 10: share found among ten} in per cent)."""
    spent, places = [], []
    for thai, _, query in asked:
        begin = time.perf_counter()
        names = find(query)
        spent.append((time.perf_counter() - begin) * 1e3)
        places.append(names.index(thai) + 1 if thai in names else 99)
    shares = {most: 100 * sum(p <= most for p in places) / len(places) for most in (1, 10)}
    return median(spent), shares


def _milliseconds(call):
    spent = []
    for _ in range(5):
        begin = time.perf_counter()
        call()
        spent.append((time.perf_counter() - begin) * 1e3)
    return median(spent)


def _jaro_winkler(made):
    def find(query):
        scored = sorted(made, key=lambda one: -_likeness(query, one[1]))
        return [thai for thai, _, _ in scored[:10]]

    return find


def _likeness(one, other):
    """Jaro (1989) with Winkler's prefix (1990)."""
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    free, mine = list(other), []
    for at, letter in enumerate(one):
        for beside in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if free[beside] == letter:
                free[beside] = ""
                mine.append(letter)
                break
    if not mine:
        return 0.0
    theirs = [letter for letter, left in zip(other, free, strict=True) if not left]
    turned = sum(a != b for a, b in zip(mine, theirs, strict=True)) / 2
    count = len(mine)
    jaro = (count / len(one) + count / len(other) + (count - turned) / count) / 3
    same = next((at for at in range(4) if one[at : at + 1] != other[at : at + 1]), 4)
    return jaro + 0.1 * same * (1 - jaro)
