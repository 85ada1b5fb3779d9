"""Who holds the data keys of records from now on: replaced, widened, narrowed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from romyen.keys import kept
from romyen.keys.models import DataKey, Grant, Holder
from romyen.keys.rings import Ring
from romyen.keys.sealing import grant_to, open_data_keys


def regrant(
    subjects: Iterable[str],
    compartment: str,
    holders: Sequence[Holder],
    *,
    ring: Ring,
    actor: str,
    now: datetime,
) -> int:
    """Replace the holders of every data key of ``subjects`` in one compartment.

    What the ring opens is wrapped for ``holders`` and for nobody else, recovery apart; the data
    keys are retired, so that later writes go under a new version. Returns how many keys were
    re-granted; keys that the ring does not open are left for another holder.
    """
    keys = DataKey.objects.filter(subject__in=subjects, compartment=compartment)
    by_id = {key.pk: key for key in keys}
    secrets = open_data_keys(by_id, ring)
    grants: dict[int, list[Grant]] = defaultdict(list)
    for key_id, secret in secrets.items():
        grants[key_id] = [
            grant_to(by_id[key_id], secret, holder, by=actor, now=now) for holder in holders
        ]
    Grant.objects.filter(data_key__in=secrets, holder__isnull=False).delete()
    Grant.objects.bulk_create([grant for some in grants.values() for grant in some])
    DataKey.objects.filter(pk__in=secrets, retired_at=None).update(retired_at=now)
    kept.forget_all_but(())
    return len(secrets)


def widen(
    subject: str,
    compartment: str,
    holders: Sequence[Holder],
    *,
    ring: Ring,
    actor: str,
    now: datetime,
) -> int:
    """Wrap what the ring opens of a subject's data keys for these holders too.

    Nobody loses anything by it. Returns how many grants are new.
    """
    keys = DataKey.objects.filter(subject=subject, compartment=compartment)
    by_id = {key.pk: key for key in keys}
    held = Grant.objects.filter(data_key__in=by_id, holder__in=holders)
    have = set(held.values_list("data_key", "holder"))
    if len(have) == len(by_id) * len(holders):
        return 0
    new = [
        grant_to(by_id[key_id], secret, holder, by=actor, now=now)
        for key_id, secret in open_data_keys(by_id, ring).items()
        for holder in holders
        if (key_id, holder.pk) not in have
    ]
    Grant.objects.bulk_create(new)
    return len(new)


def narrow(
    subject: str, compartment: str, holders: Collection[Holder], *, now: datetime
) -> list[DataKey]:
    """Take a subject's data keys from everyone but these holders and recovery.

    A key that none of them holds yet stays as it is, for else nobody could pass it on any more:
    those are returned. Later writes go under a new version either way.
    """
    keys = list(DataKey.objects.filter(subject=subject, compartment=compartment))
    passed = set(
        Grant.objects.filter(data_key__in=keys, holder__in=holders).values_list(
            "data_key", flat=True
        )
    )
    others = Grant.objects.filter(data_key__in=passed, holder__isnull=False)
    others.exclude(holder__in=holders).delete()
    DataKey.objects.filter(pk__in=[key.pk for key in keys], retired_at=None).update(retired_at=now)
    kept.forget_all_but(())
    return [key for key in keys if key.pk not in passed]
