"""Routes of operations."""

from django.urls import path

from romyen.operations.views import course, files, people, registering

app_name = "operations"
urlpatterns = [
    path("", files.listed, name="list"),
    path("new", files.plan, name="plan"),
    path("leaks", files.leaks, name="leaks"),
    path("of-lead/<str:ref>", files.of_lead, name="of-lead"),
    path("of-survivor/<str:ref>", files.of_survivor, name="of-survivor"),
    path("<str:ref>", files.operation_page, name="operation"),
    path("<str:ref>/edit", files.edit, name="edit"),
    path("<str:ref>/carried-out", course.carry_out, name="carry-out"),
    path("<str:ref>/open-day", course.open_day, name="open-day"),
    path("<str:ref>/called-off", course.call_off, name="call-off"),
    path("<str:ref>/blown", course.blow, name="blow"),
    path("<str:ref>/people", people.people, name="people"),
    path("<str:ref>/people/add", people.add_people, name="add-people"),
    path("<str:ref>/people/<str:person_ref>", people.person, name="person"),
    path("<str:ref>/people/<str:person_ref>/outcome", people.outcome, name="outcome"),
    path("<str:ref>/people/<str:person_ref>/register", registering.register, name="register"),
    path("<str:ref>/arrests/add", course.add_arrest, name="add-arrest"),
    path("<str:ref>/arrests/<str:arrest_ref>", course.edit_arrest, name="edit-arrest"),
    path("<str:ref>/debrief", course.debrief, name="debrief"),
]
