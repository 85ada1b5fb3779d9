"""The catalogue of refusals: every "no" that Romyen says, with a code that never changes.

Verbs and rules raise a :class:`Refusal`; the doors translate it into a page, JSON or an exit
code. Messages are English message ids in plain words, safe to be read over a shoulder: they
name no person and no content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One kind of refusal.

    ``status`` is the HTTP status a page answers with; ``message`` an English message id that
    may hold ``%(name)s`` places for the refusal's details.
    """

    code: str
    status: int
    message: str


class Refusal(Exception):
    """A verb or rule says no, for a reason from the catalogue.

    ``field`` names the form field that the reason belongs to, or is empty; ``details`` hold
    ids, codes, counts and dates only, never sealed content.
    """

    def __init__(self, kind: Kind, *, field: str = "", **details: Any) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.field = field
        self.details = details

    @property
    def code(self) -> str:
        """The stable code, such as ``RY-ABSENT``."""
        return self.kind.code

    @property
    def status(self) -> int:
        """The HTTP status of the refusal."""
        return self.kind.status

    @property
    def message(self) -> str:
        """The English message id, details not yet put in."""
        return self.kind.message

    def __str__(self) -> str:
        """The code and the English message with its details."""
        return f"{self.code}: {self.message % self.details}"


def gettext_noop(text: str) -> str:
    """Mark a message id for the catalogues; the doors translate it."""
    return text


_ = gettext_noop
_KINDS: dict[str, Kind] = {}


def _say(code: str, status: int, message: str) -> None:
    if code in _KINDS:
        raise ValueError(f"refusal {code} is said twice")
    _KINDS[code] = Kind(code, status, message)


def refuse(code: str, *, field: str = "", **details: Any) -> Refusal:
    """The refusal with this code, to be raised. An unknown code is a mistake of ours: KeyError."""
    return Refusal(_KINDS[code], field=field, **details)


def catalogue() -> Iterator[Kind]:
    """Every kind of refusal, in the order of the codes."""
    return (_KINDS[code] for code in sorted(_KINDS))


# fmt: off
# --- everywhere
_say("RY-ABSENT", 404, _("This page does not exist, or is not open to you."))
_say("RY-EDIT-CONFLICT", 409, _("Someone else changed this while you were writing. Nothing is lost: compare both versions and choose."))
_say("RY-BAD-INPUT", 422, _("Some of this could not be understood. Nothing was lost."))
_say("RY-PAGE-TOO-OLD", 403, _("This page was open for too long. Go back, reload it and send it again."))
_say("RY-BUSY", 503, _("The system is busy. Nothing was lost; try again in a moment."))
_say("RY-NO-INSTALLATION", 503, _("There is no installation in %(folder)s. Run “romyen init”, or name the folder with ROMYEN_DATA."))

# --- rules
_say("RY-DAY-OTHER-ERA", 422, _("%(typed)s looks like a year of the other calendar (B.E. is C.E. + 543). Nothing was converted; please check the year."))
_say("RY-DAY-YEAR-RANGE", 422, _("The year %(typed)s is out of range. Write all four digits."))
_say("RY-DAY-IMPOSSIBLE", 422, _("There is no such date. Check the day, the month and the year."))
_say("RY-DAY-NOT-DIGITS", 422, _("Write the day, the month and the year in digits."))
_say("RY-DAY-INCOMPLETE", 422, _("Part of the date is missing."))
_say("RY-CODE-MISTYPED", 422, _("This code holds a slip. Compare it letter by letter with the original."))
_say("RY-BIRTH-FUTURE", 422, _("The birth lies in the future, or after the day in question."))
_say("RY-BIRTH-TOO-OLD", 422, _("This birth would make the person older than 120 years."))
_say("RY-BIRTH-AGE", 422, _("An estimated age is a whole number from 0 to 120, the younger before the older."))
_say("RY-LIST-UNKNOWN", 422, _("This value is not in the list. Choose one of the list."))
_say("RY-LADDER-MOVE", 422, _("This step does not follow from the present status. If the present status is a mistake, correct it and give the reason."))
_say("RY-LADDER-ORGANISATION", 422, _("This organisation cannot identify formally. Its own finding is “presumed”."))
_say("RY-LADDER-REASON", 422, _("Write why the earlier step is corrected."))
_say("RY-LADDER-ORDER", 422, _("This step is dated before the step that it follows."))
_say("RY-LADDER-FUTURE", 422, _("A decision cannot lie in the future."))
_say("RY-CLOCK-UNKNOWN-EVENT", 422, _("This kind of event is not known."))
_say("RY-CLOCK-NO-EXTENSION", 422, _("This deadline cannot be extended by that decision."))
_say("RY-CLOCK-EXTEND-SHORT", 422, _("An extension has to end later than the deadline does now."))
_say("RY-CLOCK-EXTEND-LONG", 422, _("This is longer than the rule allows: %(until)s at the latest."))
_say("RY-PLACE-UNKNOWN", 422, _("This is not an official place code."))

# --- audit
_say("RY-AUDIT-NO-LOG-KEY", 503, _("The key that signs the log is missing. Run “romyen init”, or put log.key back into the folder of keys."))
_say("RY-AUDIT-LOG-KEY-EXISTS", 409, _("This installation already has a key for its log. It is never replaced in place."))
_say("RY-AUDIT-NOTE-MALFORMED", 422, _("This is not a signed note or proof as C2SP describes it: %(reason)s."))
_say("RY-AUDIT-NOTE-UNSIGNED", 422, _("No key that we know has signed this note. It may belong to another log, or the key of the log was exchanged."))
_say("RY-AUDIT-NOTE-FORGED", 422, _("The signature of %(name)s on this note is false: the note was changed."))
_say("RY-AUDIT-PROOF-FALSE", 422, _("The proof does not lead to the signed root: the entry is not in this log as stated."))
_say("RY-AUDIT-LOG-DAMAGED", 503, _("The log does not continue what was signed before (%(signed)s entries signed, %(found)s found). Nothing was signed; run “romyen audit verify”."))
_say("RY-AUDIT-NOT-RESTORED", 409, _("The log continues what was signed last. No older copy was put back, so there is nothing to say."))
_say("RY-AUDIT-NO-ENTRY", 404, _("There is no such entry in the log."))

# --- keys
_say("RY-KEYS-CLOSED", 403, _("You hold no key to this."))
_say("RY-KEYS-NO-BOX", 503, _("The box key is missing. The operator has to unlock the server first."))
_say("RY-KEYS-NO-HOLDER", 503, _("Nobody holds a key for this part of the file yet (%(compartment)s). A team member with that role has to sign in first."))
_say("RY-KEYS-BROKEN-CHAIN", 503, _("A public key does not fit the chain of trust. Nothing was saved; tell your leads at once."))
_say("RY-KEYS-TAMPERED", 503, _("A sealed value cannot be opened: it was changed or moved. Tell your leads at once."))
_say("RY-KEYS-WRONG-PASSPHRASE", 403, _("The passphrase does not open your key."))
_say("RY-KEYS-ALREADY-FOUNDED", 409, _("This installation already has its keys."))
_say("RY-KEYS-NO-RECOVERY", 503, _("There is no recovery identity. Run “romyen init” first."))

# --- notices

# --- access
_say("RY-ACCESS-SIGN-IN", 403, _("Please sign in."))
_say("RY-ACCESS-DENIED", 403, _("Your role does not do this."))
_say("RY-ACCESS-WAITING", 403, _("You are not admitted yet. A colleague who holds the keys has to admit you."))
_say("RY-ACCESS-LOCKED", 403, _("Your keys are locked. Sign in again to open them."))
_say("RY-ACCESS-MAY-NOT-CONFER", 403, _("Your role may not give this role to anyone."))
_say("RY-ACCESS-INVITATION-OVER", 410, _("This invitation was used or is too old. Ask for a new one."))
_say("RY-ACCESS-MAIL", 422, _("This is not an e-mail address."))
_say("RY-ACCESS-MAIL-TAKEN", 409, _("This e-mail address cannot be used."))
_say("RY-ACCESS-FINGERPRINT", 422, _("These words are not the ones that your colleague sees. Compare again, by telephone or in person."))
_say("RY-ACCESS-SELF", 403, _("Nobody can do this for themselves. A second person has to."))
_say("RY-ACCESS-APPROVAL-NEEDED", 403, _("This needs a second person. Your request is waiting for approval."))
_say("RY-ACCESS-APPROVAL-OVER", 410, _("This approval was used or is too old. Ask again."))
_say("RY-ACCESS-APPROVER-KEYS", 403, _("To agree to this you have to hold the keys that it opens. Ask someone who does, or the data-protection officer."))
_say("RY-ACCESS-EXPIRY", 422, _("The end must lie after the beginning."))
_say("RY-ACCESS-LAST-HOLDER", 409, _("This person is the last who holds a key. Admit someone else first."))
_say("RY-ACCESS-EXCLUDED", 409, _("This record is closed to that person. A second person has to lift the exclusion first."))
_say("RY-ACCESS-NOT-ADMITTED", 409, _("That colleague is not admitted yet. Compare the fingerprint first."))
_say("RY-ACCESS-PURPOSE", 422, _("Write the purpose in a few words, without names."))
_say("RY-ACCESS-TEAM-NAME", 409, _("There is a team with this name already. Choose another."))
_say("RY-ACCESS-SECOND-FACTOR", 403, _("Set up the code from your phone first."))

# --- partners
_say("RY-PARTNER-NAME", 422, _("Write the name of the organisation or office."))
_say("RY-PARTNER-SAME", 409, _("This organisation is already in the directory."))
_say("RY-PARTNER-PROVINCE", 422, _("A province belongs to an organisation in Thailand."))

# --- leads
_say("RY-LEAD-NO-ACCOUNT", 422, _("Write what was told, in a sentence at least."))
_say("RY-LEAD-FUTURE", 422, _("This day or hour lies in the future."))
_say("RY-LEAD-REASON", 422, _("Write the reason in a few words."))
_say("RY-LEAD-ENDED", 409, _("This lead already has its outcome. Nothing was changed."))
_say("RY-LEAD-NOT-POLICE", 422, _("Choose a police unit that is still in the directory."))
_say("RY-LEAD-NO-OFFICER", 422, _("Write who took the lead over, or at least the desk."))
_say("RY-LEAD-PASSED-EARLY", 422, _("It cannot have been passed on before it was received."))
_say("RY-LEAD-DUTY-DONE", 409, _("This was already recorded as done."))

# --- survivors
_say("RY-SURVIVOR-VOID", 409, _("This record was marked as entered in error. Nothing more is added to it."))
_say("RY-SURVIVOR-FOLDED", 409, _("This record was brought together with another one. Write on the one that was kept."))
_say("RY-SURVIVOR-REASON", 422, _("Write the reason. It stays with the record."))
_say("RY-SURVIVOR-EMPTY", 422, _("Nothing was entered here yet."))
_say("RY-SURVIVOR-HOURS", 422, _("Write the hour as hours and minutes, such as 18:00."))
_say("RY-SURVIVOR-LOWERED", 409, _("This alert was already lowered."))
_say("RY-SURVIVOR-CONSENT-FUTURE", 422, _("A consent cannot be given or withdrawn on a day that has not come yet."))
_say("RY-SURVIVOR-CONSENT-EXPIRY", 422, _("The consent would end before it was given."))
_say("RY-SURVIVOR-CONSENT-GUARDIAN", 422, _("Write who the guardian is who consented."))
_say("RY-SURVIVOR-CONSENT-OVER", 409, _("This consent was already withdrawn."))
_say("RY-SURVIVOR-CONSENT-EARLY", 422, _("It cannot have been withdrawn before it was given."))
_say("RY-SURVIVOR-SCREENING-EMPTY", 422, _("Mark at least one thing and write what was seen or said."))
_say("RY-SURVIVOR-SCREENING-FUTURE", 422, _("What happened cannot lie in the future."))

# --- cases
_say("RY-CASE-CLOSED", 409, _("This case is closed. Reopen it first."))
_say("RY-CASE-NOT-CLOSED", 409, _("This case is open already."))
_say("RY-CASE-ALREADY-OPEN", 409, _("This survivor has an open case already."))
_say("RY-CASE-VOID", 409, _("This record was entered in error. No case can be opened on it."))
_say("RY-CASE-MEMBER", 422, _("This colleague cannot work on this case. Choose someone of the team."))
_say("RY-CASE-FUTURE", 422, _("This lies in the future. Write what has happened."))
_say("RY-CASE-REASON", 422, _("Write why, in a few words."))
_say("RY-CASE-SETTLED", 409, _("This was settled in the meantime. Reload the page to see how it stands."))
_say("RY-CASE-BEFORE-EVENT", 422, _("This day lies before the event that started the clock."))
_say("RY-CASE-TASK-EMPTY", 422, _("Choose a title, or write what has to be done."))
_say("RY-CASE-TASK-PAST", 422, _("This day is over. Choose today or a later day."))
_say("RY-CASE-PERSON-NAME", 422, _("Write a name, or how the person is called."))
_say("RY-CASE-LINK-SELF", 422, _("A case cannot be linked to itself."))
_say("RY-CASE-NOTHING-CHOSEN", 422, _("Choose at least one case."))
_say("RY-CASE-OFFER-OVER", 410, _("This offer was answered, taken back, or is too old. Nothing was changed."))
_say("RY-CASE-NOT-ACCEPTED", 409, _("The colleague has not accepted it yet."))
_say("RY-CASE-KEYS-LEFT", 422, _("Parts of the file have not been passed on yet (%(count)s). Ask the colleagues who hold them, or say that they may stay closed."))
_say("RY-CASE-CLOSED-BEFORE-OPENED", 422, _("This day lies before the case was opened."))
_say("RY-CASE-OPEN-DEADLINES", 422, _("Some deadlines still run (%(count)s). Read them, and confirm that the case may be closed."))
_say("RY-CASE-NO-CONSENT", 422, _("No consent stands for this. Without one it needs a lawful basis, with the reason."))
_say("RY-CASE-BASIS-UNFIT", 422, _("This basis does not carry this: it is for another purpose, another kind of recipient, or for children only."))
_say("RY-CASE-NO-FACTS", 422, _("Choose what may be passed on."))
_say("RY-CASE-PARTNER", 422, _("Choose an organisation of the directory that we work with."))
_say("RY-CASE-REVIEWED", 409, _("A second person has looked at this already."))
_say("RY-CASE-REFERRAL-STATE", 409, _("This step does not follow from where the referral stands now."))

# --- prevention
_say("RY-SESSION-FUTURE", 422, _("This session lies ahead. Results follow when it has taken place."))
_say("RY-SESSION-TOPIC", 422, _("Choose at least one topic of the list."))
_say("RY-SESSION-COUNT", 422, _("A count lies between 0 and %(most)s."))
_say("RY-SESSION-FACILITATOR", 422, _("Choose people who work in this team."))
_say("RY-SESSION-PARTNER", 422, _("We no longer work with this organisation. Choose another."))
_say("RY-SESSION-TOO-FEW", 422, _("Answers of fewer than %(fewest)s people are not kept: they would show what one person knew."))
_say("RY-SESSION-HALF", 422, _("A question needs both counts, before and after. Leave out a question that was not asked twice."))
_say("RY-SESSION-MORE-RIGHT", 422, _("More people were right than answered (%(asked)s)."))
_say("RY-SESSION-NO-ANSWERS", 422, _("Enter both counts of at least one question."))
_say("RY-SESSION-ASKED", 422, _("More people answered than were there (%(reached)s). Check both numbers."))
_say("RY-SESSION-LINE", 422, _("Line %(line)s cannot be read. It needs a code, the letters before and the letters after, one for each question."))
_say("RY-SESSION-CODE-TWICE", 422, _("The code in line %(line)s stands twice. Two people may have chosen the same; tell them apart or leave both out."))
# --- shelters
_say("RY-SHELTER-NAME", 422, _("Write a name of at most %(longest)s characters that gives away no address."))
_say("RY-SHELTER-CAPACITY", 422, _("A house has between 1 and %(most)s places."))
_say("RY-SHELTER-RATIO", 422, _("Write for how many residents one member of staff is there: between 1 and %(most)s."))
_say("RY-SHELTER-LICENCE", 422, _("The licence would end before it began."))
_say("RY-SHELTER-MORE-BEDS", 422, _("There would be more beds than the house has places."))
_say("RY-SHELTER-BED-SAME", 409, _("There is a bed with this label already."))
_say("RY-SHELTER-BED-TAKEN", 409, _("This bed is taken on that day. Choose another."))
_say("RY-SHELTER-NO-BED", 422, _("Choose a bed of this house."))
_say("RY-SHELTER-NOT-ACTIVE", 409, _("This house no longer takes anyone in."))
_say("RY-SHELTER-STAYS", 409, _("This person stays in a house already. Record a move or the exit there."))
_say("RY-SHELTER-OVERLAP", 422, _("On that day this person still stayed in another house."))
_say("RY-SHELTER-ENDED", 409, _("This stay has ended in the meantime. Nothing was changed."))
_say("RY-SHELTER-FUTURE", 422, _("This day has not come yet."))
_say("RY-SHELTER-BEFORE-ARRIVAL", 422, _("This day lies before the arrival."))
_say("RY-SHELTER-SAME-PLACE", 422, _("That is where this person stays now. Choose another bed or another house."))
_say("RY-SHELTER-WARNED", 422, _("Read the warnings, and confirm each one if it shall be so all the same."))
_say("RY-SHELTER-REASON", 422, _("Write it in a few words."))
_say("RY-SHELTER-LEAVE-ORDER", 422, _("The leave would end before it began."))
_say("RY-SHELTER-LEAVE-EARLY", 422, _("The leave would begin before the arrival."))
_say("RY-SHELTER-LEAVE-TWICE", 422, _("Another leave is recorded for these nights."))
_say("RY-SHELTER-FOLLOW-UP", 422, _("The follow-up would come before what happened."))
_say("RY-SHELTER-FOLLOWED", 409, _("The follow-up was recorded already."))
_say("RY-SHELTER-NO-ADDRESS", 422, _("Write the address."))
_say("RY-SHELTER-LOCATED", 409, _("An address was written down already. Somebody who holds it changes it."))
_say("RY-SHELTER-NEEDS-END", 422, _("Choose a last day, at most %(days)s days ahead. Only who keeps the house knows its address without an end."))
_say("RY-SHELTER-TOO-LONG", 422, _("The last day lies between today and %(days)s days ahead."))
_say("RY-SHELTER-KNOWS", 409, _("This colleague knows it already, for as long or longer."))
_say("RY-SHELTER-LAST-KEEPER", 409, _("Nobody else would hold it without an end. Open it to somebody else who keeps the house first."))
# --- care
_say("RY-CARE-NO-WORDS", 422, _("Write what the survivor wants, in a few words."))
_say("RY-CARE-FUTURE", 422, _("This lies in the future. Write what has happened."))
_say("RY-CARE-PAST", 422, _("This day is over. Choose today or a later day."))
_say("RY-CARE-WHY", 422, _("Write why, in a few words."))
_say("RY-CARE-BEFORE-SET", 422, _("This day lies before the goal was set."))
_say("RY-CARE-BEFORE-START", 422, _("This day lies before the day from which the follow-ups are counted."))
_say("RY-CARE-BEFORE-OPENED", 422, _("This day lies before the case was opened."))
_say("RY-CARE-REVIEW", 422, _("The next review comes after the day on which the goal was set."))
_say("RY-CARE-PARTNER", 422, _("Choose an organisation of the directory that we work with."))
_say("RY-CARE-HEALTH-PARTNER", 422, _("Choose a health service of the directory."))
_say("RY-CARE-GOAL", 422, _("This goal is not part of this case."))
_say("RY-CARE-AMOUNT", 422, _("Write a number from %(least)s to %(most)s."))
_say("RY-CARE-SESSION-FUTURE", 422, _("This day has not come yet. Record the session when it was held; plan it as the next one."))
_say("RY-CARE-NEXT", 422, _("The next session comes after this one."))
_say("RY-CARE-COUNSELLOR", 422, _("This colleague does not counsel in this case. Choose someone who does."))
_say("RY-CARE-NOT-YET", 422, _("This day has not come yet. It can be moved or cancelled until then."))
_say("RY-CARE-SETTLED", 409, _("This was settled in the meantime. Reload the page to see how it stands."))
_say("RY-CARE-STRUCK", 409, _("This was marked as entered in error already."))
_say("RY-CARE-FOLLOW-UPS", 409, _("Follow-ups are planned from this day already."))
_say("RY-CARE-FOUND", 422, _("Choose what was found, or write it."))

# --- measures
_say("RY-MEASURE-RANGE", 422, _("Write a whole number from %(least)s to %(most)s."))
_say("RY-MEASURE-RANGE-PARTS", 422, _("Write a number from %(least)s to %(most)s, with two decimals at most."))
_say("RY-MEASURE-EMPTY", 422, _("Nothing was answered. There is nothing to keep."))
_say("RY-MEASURE-ALARM", 422, _("Say how the question about safety was answered. Someone may need help today."))
# --- legal
_say("RY-LEGAL-STRUCK", 409, _("This was struck out as an error. Write it down anew."))
_say("RY-LEGAL-TWICE", 422, _("This is written down already. Change what stands there."))
_say("RY-LEGAL-NO-CASE", 422, _("No case with this code is open to you."))
_say("RY-LEGAL-FUTURE", 422, _("This lies in the future. Write what has happened."))
_say("RY-LEGAL-ORDER", 422, _("This day lies before the step that comes before it."))
_say("RY-LEGAL-COUNT", 422, _("Write a number between 0 and 999."))
_say("RY-LEGAL-AMOUNT", 422, _("Write whole baht, at least 1 and at most 999,999,999."))
_say("RY-LEGAL-NOTHING", 422, _("Write at least one amount."))
_say("RY-LEGAL-SECTION", 422, _("Write the law and the section."))
_say("RY-LEGAL-JUDGED-ON", 422, _("Write the day of the judgment."))
_say("RY-LEGAL-BEFORE-CHARGE", 422, _("No charge was filed by that day, so this cannot stand there. Write down the charge first. Before a charge there is testimony in advance only (section 31)."))
_say("RY-LEGAL-BEFORE-FILING", 422, _("This day lies before the filing."))
_say("RY-LEGAL-MOVE-IT", 422, _("To put a hearing off, move it to its new day."))
_say("RY-LEGAL-HEARING-OVER", 422, _("Only a planned hearing can be moved, and to another day."))
_say("RY-LEGAL-GRANTED-ON", 422, _("Write the day on which it was granted."))
_say("RY-LEGAL-PERMIT-ENDS", 422, _("The permit cannot end before it begins."))
# --- linkage
_say("RY-SEARCH-EMPTY", 422, _("Write a name or a code: at least one letter or digit."))
_say("RY-MERGE-SAME", 422, _("These are one and the same record already."))
_say("RY-MERGE-TEAM", 409, _("The two records belong to different teams. Their leads have to agree first which team goes on."))
_say("RY-MERGE-WALLS", 409, _("Not the same people may open the two records. See who can open each of them, and make it alike first."))
_say("RY-MERGE-HOLDS-ANOTHER", 409, _("The record that would go was itself brought together with another. Keep that one instead."))
_say("RY-MERGE-UNDONE", 409, _("This was undone already."))
_say("RY-MERGE-EDITED", 409, _("The record was changed after the two were brought together. Putting it back would lose that: undo those changes first, or register the other person anew."))
_say("RY-SEARCH-TOO-MANY", 429, _("Too many searches in a short time. Wait a few minutes and try again."))

# --- advocacy
_say("RY-ADVOCACY-TEXT", 422, _("Write what is recommended."))
_say("RY-ADVOCACY-YEAR", 422, _("This year cannot be. Leave it out when there was no publication."))
_say("RY-ADVOCACY-OWNER", 422, _("We no longer work with this organisation. Choose another."))
_say("RY-ADVOCACY-IN-CHARGE", 422, _("Choose someone who works in this team."))
_say("RY-ADVOCACY-REVIEW-PAST", 422, _("This day is over. Choose today or a later day."))
_say("RY-ADVOCACY-FUTURE", 422, _("This lies in the future. Write what has happened."))
_say("RY-ADVOCACY-EARLY", 422, _("This lies before what was recorded last. Choose that day or a later one."))
_say("RY-ADVOCACY-EVIDENCE", 422, _("Write how we know this, or where it can be read."))
_say("RY-ADVOCACY-URL", 422, _("Write a public address that begins with http:// or https:// and holds no spaces and no @ before the first /."))

# --- statistics
_say("RY-STATISTICS-TAKEN", 409, _("The numbers of the quarters that are over are counted already. The next come when this quarter is over."))

# --- exchange
_say("RY-HTCDS-EMPTY", 422, _("There is no row with anything in it."))
_say("RY-HTCDS-NOT-FOUND", 422, _("The file cannot be read."))
_say("RY-HTCDS-TOO-BIG", 422, _("The file is larger than %(limit)s MiB. Bring it in several parts."))
_say("RY-HTCDS-TOO-MANY", 422, _("The file has more than %(limit)s rows, columns, cells, texts or files. Bring it in several parts."))
_say("RY-HTCDS-CELL-TOO-LONG", 422, _("A cell in row %(row)s is longer than %(limit)s characters."))
_say("RY-HTCDS-UNKNOWN-FORMAT", 422, _("This is no Excel workbook (.xlsx), no CSV file and no form submission (XML)."))
_say("RY-HTCDS-OLD-EXCEL", 422, _("This is an old Excel file (.xls) or it is locked with a password. Save it as .xlsx without a password."))
_say("RY-HTCDS-ENCODING", 422, _("The characters of this file cannot be read. Save it as “CSV UTF-8”."))
_say("RY-HTCDS-SEPARATOR", 422, _("The separator of this CSV file is unclear. Use a comma, a semicolon or a tab."))
_say("RY-HTCDS-DAMAGED", 422, _("The file is damaged or cut off. Nothing was read."))
_say("RY-HTCDS-ARCHIVE-UNSAFE", 422, _("The archive holds links, locked files or paths that lead out of it. Nothing was read."))
_say("RY-HTCDS-BOMB", 422, _("The file unpacks to far more than it should. Nothing was read."))
_say("RY-HTCDS-XML-UNSAFE", 422, _("The file holds XML that no form or spreadsheet writes. Nothing was read."))
_say("RY-HTCDS-NO-HEADER", 422, _("No HTCDS headings were found. The first rows have to be those of the official workbook, or HTCDS names."))
_say("RY-HTCDS-BIRTH-TWICE", 422, _("There is a whole birth date and another note of the birth. Only one of them can stand."))
_say("RY-HTCDS-BIRTH-UNREADABLE", 422, _("Write a year (1998), a month (1998-05), or ages and the day of the estimate (14-16 2026-03-02)."))
_say("RY-HTCDS-CODE-TAKEN", 409, _("Another record has this Romyen code. Compare the two; empty the code if this is someone else."))
_say("RY-HTCDS-NO-TEAM", 422, _("There is no team with this name into which you may bring cases."))
_say("RY-HTCDS-WHICH-TEAM", 422, _("You may take out the cases of several teams. Name one of them."))
_say("RY-HTCDS-NO-MANAGER", 422, _("Nobody on this team can manage cases yet. Admit a case manager first."))
_say("RY-HTCDS-FILE-EXISTS", 409, _("There is a file with this name already. Nothing was overwritten; choose another name."))
_say("RY-HTCDS-NOT-WRITTEN", 422, _("The file cannot be written there."))
_say("RY-HTCDS-DECIDED", 409, _("This was decided in the meantime."))
_say("RY-HTCDS-CHOOSE", 422, _("Choose a version for every line."))
_say("RY-HTCDS-NOT-READY", 409, _("This import is running or done already."))
_say("RY-PRINT-NOTHING", 422, _("Choose at least one section."))
_say("RY-HTCDS-NO-FILE", 422, _("Choose a file."))

# --- operations
_say("RY-OPERATION-NOT-POLICE", 422, _("Choose a police unit that is still active in the directory."))
_say("RY-OPERATION-NO-UNIT", 422, _("Name the police unit under whose authority it stands."))
_say("RY-OPERATION-ENDED", 409, _("This operation is no longer planned: it was carried out, called off or blown."))
_say("RY-OPERATION-NOT-YET", 409, _("This operation has not taken place yet. First record that it was carried out."))
_say("RY-OPERATION-FUTURE", 422, _("This day has not come yet."))
_say("RY-OPERATION-EARLY", 422, _("This lies before the planned day. If it was moved forward, change the plan first."))
_say("RY-OPERATION-SAME-DAY", 409, _("Day and place stay sealed until the day after."))
_say("RY-OPERATION-REASON", 422, _("Write the reason in a sentence or two."))
_say("RY-OPERATION-NOBODY", 422, _("Nobody is written down yet. Fill in a line for each person, or how many there were."))
_say("RY-OPERATION-TOO-MANY", 422, _("These are %(count)s people. Write down at most %(most)s at a time."))
_say("RY-OPERATION-REGISTERED", 409, _("A survivor's file was already begun for this person."))
_say("RY-OPERATION-NO-VICTIM", 409, _("A survivor's file is begun for possible and presumed victims. Change the outcome first."))
_say("RY-OPERATION-NO-FORCE", 409, _("In this kind of operation nobody is arrested."))
_say("RY-OPERATION-COUNT", 422, _("Write how many people there were, from 1 to %(most)s."))

# --- desk
_say("RY-DESK-UNSAFE", 503, _("This installation is not served as it is: %(found)s"))
_say("RY-DESK-NO-TLS", 403, _("Others on the network could read along. Set ROMYEN_ORIGIN to an https address and put a TLS proxy in front, or listen on 127.0.0.1."))

# --- demo
_say("RY-DEMO-REAL-DATA", 409, _("This folder holds an installation that is not the demo. The demo needs a folder of its own."))
_say("RY-DEMO-HALF-LOADED", 409, _("The demo was interrupted while it was built. Delete its two folders and begin anew."))
_say("RY-DEMO-ONLY", 403, _("Codes are printed for demo accounts only."))
_say("RY-DEMO-NO-ACCOUNT", 404, _("There is no demo account with this address."))
# fmt: on
