"""Small files for the stories. Nobody in them exists."""

from collections.abc import Mapping

CODE, OTHER_CODE = "S-2222222J", "S-33333337"

MALEE = {
    "romyen_instance_id": "uuid:malee-1",
    "prs_FirstName": "Malee",
    "prs_SecondName": "Jaidee",
    "prs_Birthdate": "2010-05-17",
    "prs_Citizenship": "MM",
    "prs_MobilePhone": "0812345678",
    "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
    "cas_Status": "Active",
    "con_Consent": "TRUE",
    "Favourite food": "mango",
}


def table(*rows: Mapping[str, str]) -> bytes:
    """A CSV by field name."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in rows)]
    return "\n".join(",".join(f'"{text}"' for text in line) for line in lines).encode()
