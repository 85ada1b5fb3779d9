"""Routes of the desk."""

from django.urls import path

from romyen.desk.views import calendar, home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar/file", calendar.calendar_file, name="calendar-file"),
    path("administration", home.administration, name="administration"),
]
