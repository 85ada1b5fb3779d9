"""Colleagues of a founded installation: everyone whom the thread needs, admitted and at work.

``python colleagues.py`` in the environment of an installation that ``romyen init`` founded. They
join as the pages make them join (invited, registered, admitted by their words); the journey of
``test_english`` goes through those doors itself.
"""

import os

OFFICER = "data_protection_officer"
CREW = {
    "arun": "caseworker",
    "chai": "caseworker",
    "mali": "counsellor",
    "wit": "investigator",
    "pranee": "shelter_manager",
    "prasit": "legal_officer",
    "pim": OFFICER,
}


def email(name: str) -> str:
    """Where somebody's mail goes, and what they sign in with."""
    return f"{name}@example.org"


def main() -> None:
    """Lek invites them, Thida compares the words and admits them: neither is in the story."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "romyen.settings"
    import django

    django.setup()
    from tests.journeys.server import LEK, PASSPHRASE, THIDA

    from romyen.access import people
    from romyen.access.doors import clock
    from romyen.access.installation import reader_of
    from romyen.access.models import Member, Organisation, Team
    from romyen.keys import chain
    from romyen.keys.models import Holder

    lek, thida = (reader_of(Member.objects.get(email=who), PASSPHRASE) for who in (LEK, THIDA))
    team = Team.objects.get(intake=True).node
    for name, role in CREW.items():
        node = Organisation.objects.get().node if role == OFFICER else team
        called = {"name": name.title(), "email": email(name)}
        _one, token = people.invite(**called, role=role, node=node, actor=lek, now=clock())
        member = people.register(token=token, name=name.title(), passphrase=PASSPHRASE, now=clock())
        # Who belongs to no team is admitted by a lead as a guest of one.
        also = {"role": role, "node": team, "purpose": "to be admitted", "actor": lek}
        guest = people.assign(member, **also, now=clock()) if node != team else None
        words = chain.fingerprint(Holder.objects.get(pk=str(member.holder_id)))
        people.admit(member, words=words, actor=thida, now=clock())
        if guest:
            people.end_assignment(guest, actor=lek, now=clock())
        people.found_missing(reader_of(Member.objects.get(pk=member.pk), PASSPHRASE), now=clock())


if __name__ == "__main__":
    main()
