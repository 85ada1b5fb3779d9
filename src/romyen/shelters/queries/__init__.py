"""Reading shelters: houses by province, boards, stays of a case, who knows an address."""

from romyen.shelters.queries.course import dues, happenings
from romyen.shelters.queries.houses import (
    Board,
    Listed,
    Place,
    Row,
    bed,
    board,
    placeable,
    shelter,
    shelter_for,
    shelters,
    teams,
)
from romyen.shelters.queries.incidents import incident, incidents, open_incident, residents
from romyen.shelters.queries.locations import (
    is_located,
    keeper,
    keepers,
    location,
    open_location,
    request_of,
    requests,
    who_knows,
)
from romyen.shelters.queries.stays import open_words, stay, stays_of

__all__ = [
    "Board",
    "Listed",
    "Place",
    "Row",
    "bed",
    "board",
    "dues",
    "happenings",
    "incident",
    "incidents",
    "is_located",
    "keeper",
    "keepers",
    "location",
    "open_incident",
    "open_location",
    "open_words",
    "placeable",
    "request_of",
    "requests",
    "residents",
    "shelter",
    "shelter_for",
    "shelters",
    "stay",
    "stays_of",
    "teams",
    "who_knows",
]
