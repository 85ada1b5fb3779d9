"""Routes of the directory."""

from django.urls import path

from romyen.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new", views.record, name="record"),
    path("<str:ref>", views.partner_page, name="partner"),
    path("<str:ref>/edit", views.edit, name="edit"),
]
