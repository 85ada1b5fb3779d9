"""People, the tree of protected records, and everything that decides who may open what."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from romyen.access.pinned import Pinned
from romyen.keys.models import Holder
from romyen.rules.ids import ID_LENGTH, new_id
from romyen.rules.refusals import refuse


class Node(models.Model):
    """A place in the tree organisation → team → record → part of a record.

    Assignments, exclusions, approvals and visibility hang on nodes; a protected record has a
    one-to-one down to its node and shares its id, which is the only name it has in addresses
    and in the log. ``code`` is the code without meaning that people say to each other.
    """

    unsealed = {"kind": "structure", "code": "code without meaning", "created_at": "structure"}

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    team = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "code"]),
        ]

    def __str__(self) -> str:
        return self.code or self.id

    def ancestry(self) -> list[str]:
        """The ids from this node up to the organisation, itself first, without a query.

        The tree is at most organisation → team → record → part, so id, parent and team say it
        all but the organisation, which ``nodes.ORGANISATION_ID`` is.
        """
        chain = [self.id, self.parent_id, self.team_id]
        return list(dict.fromkeys(link for link in chain if link))


class Organisation(models.Model):
    """The organisation that runs this installation."""

    unsealed = {"name": "public name", "fictional": "shown as a banner"}

    node = models.OneToOneField(Node, primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    fictional = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of the organisation; one of them takes in what comes from outside (intake)."""

    unsealed = {"name": "internal name, chosen to say no address", "intake": "structure"}

    node = models.OneToOneField(Node, primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, unique=True)
    intake = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake"], condition=Q(intake=True), name="one_intake")
        ]

    def __str__(self) -> str:
        return self.name


class MemberManager(BaseUserManager["Member"]):
    """Finds members by their e-mail address, as sign-in does."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        """The member with this address, whatever its case."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """A person who works here. Signing in needs the address; the names of staff are not sealed.

    ``reminders``: a mail on working mornings on which something is due. ``reminded_on`` is the
    last morning that was looked at, so that of any number of processes one reminds.
    """

    unsealed = {
        "password": "Argon2id hash",
        "last_login": "structure",
        "email": "needed to sign in",
        "name": "staff name, shown to colleagues",
        "is_active": "structure",
        "joined_at": "structure",
        "admitted_at": "structure",
        "calendar": "preference",
        "reminders": "preference",
        "reminded_on": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    holder = models.OneToOneField(
        Holder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)
    calendar = models.CharField(max_length=2, blank=True)
    reminders = models.BooleanField(default=True)
    reminded_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[MemberManager] = MemberManager()

    def __str__(self) -> str:
        return self.name

    def has_usable_keys(self) -> bool:
        """Whether a holder has admitted this member's present key pair."""
        return bool(self.admitted_at and self.holder_id)


class Assignment(models.Model):
    """A member's role on a node, with purpose and expiry."""

    unsealed = {
        "role": "structure",
        "purpose": "short reason, no names (shown in “who can see this”)",
        "starts_at": "structure",
        "ends_at": "structure",
        "conferred_by": "opaque id",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=32)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="assignments")
    purpose = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    conferred_by = models.CharField(max_length=ID_LENGTH)

    class Meta:
        indexes = [models.Index(fields=["node", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="assignment_ends_after_start",
            )
        ]


class Exclusion(models.Model):
    """A member from whom a record is hidden (conflict of interest). It wins over every role.

    ``rekeyed_at`` is empty until a key holder has replaced the team's grants by individual ones.
    """

    unsealed = {
        "reason": "code: relative, named_official, employer, other",
        "created_at": "structure",
        "created_by": "opaque id",
        "rekeyed_at": "structure",
        "lifted_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exclusions")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=ID_LENGTH)
    rekeyed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "node"], condition=Q(lifted_at=None), name="excluded_once"
            )
        ]


class Invitation(models.Model):
    """An invitation to register, good once and for seven days; only the token's hash is kept."""

    unsealed = {
        "email": "needed to send it",
        "name": "staff name",
        "role": "structure",
        "token_hash": "hash of 128 random bits",
        "invited_by": "opaque id",
        "created_at": "structure",
        "ends_at": "structure",
        "used_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=32)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=ID_LENGTH)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Approval(Pinned, models.Model):
    """A sealed action that two people must want: asked for by one, given by another, used once."""

    unsealed = {
        "verb": "structure",
        "purpose": "short reason, no names",
        "digest": "what exactly was asked for: hash, or opaque id and last day",
        "asked_at": "structure",
        "given_at": "structure",
        "ends_at": "structure",
        "used_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    verb = models.CharField(max_length=40)
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="approvals")
    purpose = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="asked_approvals")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="given_approvals"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class Renewal(models.Model):
    """A new passphrase that a member set through the mailbox, with a key pair of its own.

    It opens nothing. The former passphrase and keys stay until a colleague admits the new pair,
    so that whoever holds a mailbox can take nobody's keys away (decision 0020).
    """

    unsealed = {"password": "Argon2id hash", "at": "structure"}

    member = models.OneToOneField(
        Member, primary_key=True, on_delete=models.CASCADE, related_name="renewal"
    )
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()


class Forgotten(models.Model):
    """Somebody asked for a link by mail. Whether the address is known is looked up afterwards,
    beside the server, so that the page answers alike and in the same time.
    """

    unsealed = {
        "sealed": "the address, encrypted under the box key",
        "language": "of the letter",
        "asked_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    sealed = models.BinaryField()
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()


class UsedCode(models.Model):
    """A code of a second factor that was taken: it is good once, whichever process is asked."""

    unsealed = {"code_hash": "hash under the box key", "at": "structure"}

    code_hash = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)


class OpenRing(models.Model):
    """A signed-in person's private keys, encrypted under a secret that only the cookie holds.

    ``holder`` says which pair it is: the member's own, or one that waits to be admitted.
    """

    unsealed = {
        "cookie_hash": "hash of the cookie's secret",
        "sealed": "encrypted under the cookie's secret",
        "staged": "structure",
        "attempts": "structure",
        "opened_at": "structure",
        "seen_at": "structure",
        "ends_at": "structure",
    }

    cookie_hash = models.CharField(primary_key=True, max_length=64)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="rings")
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    staged = models.BooleanField()
    attempts = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class Session(models.Model):
    """A session: its key only as a hash, its contents sealed by the box key."""

    unsealed = {
        "key_hash": "hash of the session key",
        "sealed": "encrypted under the box key",
        "ends_at": "structure",
    }

    key_hash = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()
    ends_at = models.DateTimeField(db_index=True)


class Draft(models.Model):
    """What a person has typed and not yet saved, sealed to that person alone."""

    unsealed = {
        "form": "address of the form",
        "sealed": "encrypted to its author",
        "saved_at": "structure",
    }

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "form"], name="one_draft_per_form")
        ]


class Submission(models.Model):
    """A form that was already taken: the same one sent twice makes one record."""

    unsealed = {
        "token": "random, made with the form",
        "result": "address of what came of it",
        "at": "structure",
    }

    token = models.CharField(max_length=ID_LENGTH)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    result = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "token"], name="taken_once")]


def holder_of(member: Member) -> Holder:
    """A member's present key pair.

    Refuses with ``RY-ACCESS-WAITING`` where there is none, and with ``RY-KEYS-BROKEN-CHAIN`` where
    the pair was made for somebody else.
    """
    if member.holder is None:
        raise refuse("RY-ACCESS-WAITING")
    if member.holder.person != member.pk:
        raise refuse("RY-KEYS-BROKEN-CHAIN", holder=member.holder.pk)
    return member.holder


def protected_node(**options: Any) -> "models.OneToOneField[Node, Node]":
    """The field by which a protected record *is* a node of the tree."""
    return models.OneToOneField(
        Node, primary_key=True, on_delete=models.PROTECT, related_name="+", **options
    )
