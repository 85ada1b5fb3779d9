"""Who works at the fictional organisation, and what they write down."""

from dataclasses import dataclass

ORGANISATION = "มูลนิธิบ้านร่มเย็น (สมมติ) · Baan Romyen Foundation (fictional)"
PASSPHRASE = "garden in the shade"  # noqa: S105
"""The one passphrase of every demo account: it protects nothing real."""

CHIANG_MAI, MAE_SOT, PATTAYA = "เชียงใหม่ · Chiang Mai", "แม่สอด · Mae Sot", "พัทยา · Pattaya"
PLACES = {CHIANG_MAI: "5001", MAE_SOT: "6306", PATTAYA: "2004"}
"""Official district codes: Mueang Chiang Mai, Mae Sot, Bang Lamung."""


@dataclass(frozen=True)
class Colleague:
    """One of the staff: the first role is the one that they were invited to."""

    key: str
    name: str
    role: str
    team: str
    also: tuple[tuple[str, str], ...] = ()

    @property
    def email(self) -> str:
        """An address in a domain that is reserved for examples (RFC 2606)."""
        return f"{self.key}@romyen.example"


ADMINISTRATOR = Colleague("lek", "เล็ก สมมติ", "administrator", "")
LEADS = (
    Colleague("kanya", "กัญญา สมมติ", "case_manager", CHIANG_MAI),
    Colleague(
        "thida",
        "ธิดา สมมติ",
        "case_manager",
        CHIANG_MAI,
        (("case_manager", MAE_SOT), ("case_manager", PATTAYA)),
    ),
)
STAFF = (
    Colleague("nok", "นก สมมติ", "caseworker", CHIANG_MAI),
    Colleague("arun", "อรุณ สมมติ", "caseworker", MAE_SOT),
    Colleague("mali", "มะลิ สมมติ", "counsellor", CHIANG_MAI, (("counsellor", MAE_SOT),)),
    Colleague("wit", "วิทย์ สมมติ", "investigator", PATTAYA),
    Colleague(
        "pranee", "ปราณี สมมติ", "shelter_manager", CHIANG_MAI, (("shelter_manager", MAE_SOT),)
    ),
    Colleague("prasit", "ประสิทธิ์ สมมติ", "legal_officer", CHIANG_MAI, (("legal_officer", MAE_SOT),)),
    Colleague("ploy", "พลอย สมมติ", "educator", CHIANG_MAI),
    Colleague("chai", "ชัย สมมติ", "analyst", CHIANG_MAI),
    Colleague("pim", "พิมพ์ สมมติ", "data_protection_officer", ""),
)
EVERYONE = (ADMINISTRATOR, *LEADS, *STAFF)

LANGUAGE_OF = {
    "TH": "th", "MM": "my", "LA": "lo", "KH": "km", "VN": "vi", "UZ": "uz",
    "KE": "sw", "XXA": "ksw",
}  # fmt: skip

NOTES = (
    "วันนี้เธอบอกว่านอนหลับดีขึ้น ชอบรดน้ำต้นไม้ตอนเช้า และอยากเรียนเย็บผ้า",
    "She asked how long the next step takes. Explained again, with the interpreter.",
    "โทรคุยกับพี่สาวของเธอเรื่องบ้านที่จะกลับไป พี่สาวยินดีต้อนรับ",
    "Went with her to the office for her papers. Long wait; she stayed calm.",
    "เธอเล่าเรื่องงานเก่าเพิ่มเติมด้วยตัวเอง ไม่ได้ถามนำ หยุดพักเมื่อเธอขอ",
)
EVIDENCE = {
    "recruitment": "เพื่อนของญาติชวนไปทำงานที่ร้านอาหาร",
    "transportation": "She was driven there at night and did not know the town.",
    "deception": "บอกว่าเป็นงานเสิร์ฟ แต่ไปถึงแล้วเป็นงานอื่น",
    "abuse_of_vulnerability": "She had debts at home, and they knew it.",
    "prostitution": "บอกว่าต้องใช้หนี้ให้หมดก่อนจึงจะกลับบ้านได้",
    "online_child": "ผู้ใหญ่ในแชตขู่จะบอกเพื่อนและครู",
    "forced_labour": "ทำงานวันละสิบสี่ชั่วโมง ไม่มีวันหยุด",
    "forced_criminality": "Made to write messages to strangers under a false name.",
    "ILO02": "งานจริงไม่ตรงกับที่บอกไว้",
    "ILO07": "The employer keeps her passport in a drawer; a colleague saw it.",
    "ILO08": "ไม่ได้ค่าจ้างตั้งแต่เดือนที่สอง",
}
