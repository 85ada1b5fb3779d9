"""Routes of leads."""

from django.urls import path

from romyen.leads.views import completing, deciding, inbox

app_name = "leads"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("new", inbox.write, name="write"),
    path("places", completing.inner_places, name="places"),
    path("<str:ref>", inbox.lead_page, name="lead"),
    path("<str:ref>/complete", completing.complete, name="complete"),
    path("<str:ref>/triage", deciding.triage, name="triage"),
    path("<str:ref>/police", deciding.pass_to_police, name="pass"),
    path("<str:ref>/close", deciding.close, name="close"),
    path("<str:ref>/field", deciding.plan_field, name="field"),
    path("<str:ref>/duties/<str:duty_ref>", deciding.duty, name="duty"),
]
