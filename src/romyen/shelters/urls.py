"""Routes of shelters. What is sealed of a house lies at an address that says nothing of it."""

from django.urls import path

from romyen.shelters.views import houses, incidents, locations, stays

app_name = "shelters"
urlpatterns = [
    path("", houses.every, name="list"),
    path("new", houses.found, name="found"),
    path("of-case/<str:ref>", stays.of_case, name="of-case"),
    path("place/<str:ref>", stays.choose, name="place"),
    path("place/<str:ref>/<str:shelter_ref>", stays.place, name="place-in"),
    path("stays/<str:ref>/leave", stays.leave, name="leave"),
    path("stays/<str:ref>/end", stays.end, name="end"),
    path("stays/<str:ref>/move", stays.choose_next, name="move"),
    path("stays/<str:ref>/move/<str:shelter_ref>", stays.move, name="move-to"),
    path("<str:ref>", houses.shelter_page, name="shelter"),
    path("<str:ref>/edit", houses.edit, name="edit"),
    path("<str:ref>/beds", houses.beds, name="beds"),
    path("<str:ref>/beds/<str:bed_ref>/retire", houses.retire_bed, name="retire-bed"),
    path("<str:ref>/sealed", locations.sealed, name="sealed"),
    path("<str:ref>/sealed/first", locations.write, name="write-sealed"),
    path("<str:ref>/sealed/anew", locations.rewrite, name="rewrite-sealed"),
    path("<str:ref>/keepers", locations.keepers, name="keepers"),
    path("<str:ref>/keepers/ask", locations.ask, name="ask-to-open"),
    path("<str:ref>/keepers/open", locations.open_to, name="open-to"),
    path("<str:ref>/keepers/<str:member_ref>/close", locations.close_to, name="close-to"),
    path("<str:ref>/incident", incidents.record, name="record-incident"),
    path("<str:ref>/incidents/<str:incident_ref>", incidents.incident_page, name="incident"),
    path("<str:ref>/incidents/<str:incident_ref>/follow-up", incidents.follow_up, name="follow-up"),
]
