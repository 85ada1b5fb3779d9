"""What members hold: which compartments their roles ask for, and which keys were wrapped.

A role asks, a holder gives: nothing here opens a compartment without somebody who has it open.
"""

from datetime import datetime

from django.db import transaction

from romyen import audit
from romyen.access.actors import Reader, facts_of
from romyen.access.decisions import ancestry
from romyen.access.models import Member, Node, holder_of
from romyen.access.nodes import SHELTER, TEAM
from romyen.access.roles import roles
from romyen.keys import chain, founding
from romyen.keys.compartments import LOCATION
from romyen.keys.founding import compartment_holders
from romyen.keys.models import Admission, Grant, Holder
from romyen.rules.refusals import refuse


def _lapsed(member: Member, *, now: datetime) -> list[Admission]:
    """The admissions of a member that no assignment in force asks for any more."""
    wanted = wanted_compartments(member, now=now)
    held = Admission.objects.filter(member=member.holder_id).select_related("compartment")
    return [a for a in held if (a.compartment.team, a.compartment.compartment) not in wanted]


def refuse_last_holder(member: Member, *, now: datetime) -> None:
    """Refuse to take back the last key that opens what is sealed to a team's compartment."""
    for lapsed in _lapsed(member, now=now):
        if lapsed.compartment.grants.exists() and not _others_open(lapsed):
            raise refuse("RY-ACCESS-LAST-HOLDER")


def _others_open(held: Admission) -> bool:
    """Whether somebody else who works here holds the same compartment."""
    others = Admission.objects.filter(compartment=held.compartment).exclude(pk=held.pk)
    return Member.objects.filter(is_active=True, holder__in=others.values("member")).exists()


def withdraw_everything(member: Member) -> None:
    """Delete what was wrapped for a member who leaves.

    The last key to something is left where it is: wrapped for somebody who is let in nowhere it
    opens nothing, and nobody alone can so destroy what the others need (decision 0020).
    """
    admissions = Admission.objects.filter(member=member.holder_id).select_related("compartment")
    over = [a.pk for a in admissions if _others_open(a) or not a.compartment.grants.exists()]
    Admission.objects.filter(pk__in=over).delete()
    mine = Grant.objects.filter(holder=member.holder_id)
    shared = Grant.objects.filter(holder__isnull=False).exclude(holder=member.holder_id)
    mine.filter(data_key__in=shared.values("data_key")).delete()


def withdraw_keys(member: Member, *, now: datetime) -> int:
    """Delete what was wrapped for a member and no assignment in force asks for any more.

    Admissions to compartments, and grants on single records. Returns how many went.
    """
    if member.holder is None:
        return 0
    lapsed = [admission.pk for admission in _lapsed(member, now=now)]
    gone = Admission.objects.filter(pk__in=lapsed).delete()[0]
    over = [grant.pk for grant in _lapsed_grants(member, now=now)]
    return gone + Grant.objects.filter(pk__in=over).delete()[0]


def _lapsed_grants(member: Member, *, now: datetime) -> list[Grant]:
    held = list(Grant.objects.filter(holder=member.holder_id).select_related("data_key"))
    nodes = Node.objects.in_bulk({grant.data_key.subject for grant in held})
    facts, table = facts_of(member), roles()
    in_force = [a for a in facts.assignments if a.holds(now)]
    return [
        grant
        for grant in held
        if not any(
            grant.data_key.compartment in table[a.role].compartments
            and a.node in ancestry(nodes[grant.data_key.subject])
            for a in in_force
        )
    ]


def withdraw_lapsed(*, now: datetime) -> int:
    """Take back the keys of every role whose last day has passed (a chore beside the server)."""
    over = Member.objects.filter(assignments__ends_at__lte=now, holder__isnull=False).distinct()
    with transaction.atomic():
        return sum(withdraw_keys(member, now=now) for member in over.select_related("holder"))


def wanted_compartments(member: Member, *, now: datetime) -> set[tuple[str, str]]:
    """The (place, compartment) pairs that the member's roles open.

    A place is a team, with its compartments, or a shelter, with its location: a role on the team
    opens no address, and a role on the shelter opens nothing of its team.
    """
    table = roles()
    in_force = [a for a in facts_of(member).assignments if a.holds(now)]
    places = Node.objects.filter(pk__in={a.node for a in in_force}, kind__in=(TEAM, SHELTER))
    kinds = dict(places.values_list("pk", "kind"))
    return {
        (assigned.node, compartment)
        for assigned in in_force
        for compartment in table[assigned.role].compartments
        if kinds.get(assigned.node) == (SHELTER if compartment == LOCATION else TEAM)
    }


def missing_compartments(member: Member, *, now: datetime) -> set[tuple[str, str]]:
    """The (place, compartment) pairs that a member's roles open and no key was wrapped for yet."""
    have = set(
        Admission.objects.filter(member=member.holder, compartment__retired_at=None).values_list(
            "compartment__team", "compartment__compartment"
        )
    )
    return wanted_compartments(member, now=now) - have


def found_missing(reader: Reader, *, now: datetime) -> list[Holder]:
    """The first member of a compartment makes its key (design §5). Asked at sign-in.

    The key of an address is made by whoever writes the address down, never by signing in.
    """
    if not reader.facts.active:
        return []
    missing = {pair for pair in missing_compartments(reader.member, now=now) if pair[1] != LOCATION}
    existing = compartment_holders([team for team, _ in missing])
    return [found_key(*pair, reader=reader, now=now) for pair in sorted(missing - set(existing))]


def found_key(place: str, compartment: str, *, reader: Reader, now: datetime) -> Holder:
    """Make the key pair of a compartment of a team or shelter; the reader holds it first."""
    with transaction.atomic():
        holder = founding.found_compartment(
            place, compartment, ring=reader.ring, member=holder_of(reader.member), now=now
        )
        audit.record(
            actor=reader.id,
            verb="keys.found",
            subject=place,
            details=chain.logged_statement(holder),
            at=now,
        )
    return holder


def wrap_missing(member: Member, *, actor: Reader, now: datetime) -> list[str]:
    """Wrap for an admitted member what the actor holds of the keys that member still needs."""
    missing = missing_compartments(member, now=now)
    existing = compartment_holders([team for team, _ in missing])
    left = []
    for place, compartment in sorted(existing.items()):
        if place not in missing:
            continue
        if founding.admit_to_compartment(compartment, holder_of(member), ring=actor.ring, now=now):
            details = {"member": member.pk, "compartment": place[1]}
            audit.record(
                actor=actor.id, verb="keys.admit", subject=place[0], details=details, at=now
            )
        else:
            left.append(place[1])
    return left
