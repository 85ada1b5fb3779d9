"""Routes of prevention."""

from django.urls import path

from romyen.prevention import views

app_name = "prevention"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("new", views.record, name="record"),
    path("questions", views.questions, name="questions"),
    path("<str:ref>", views.session_page, name="session"),
    path("<str:ref>/edit", views.edit, name="edit"),
    path("<str:ref>/answers", views.answers, name="answers"),
    path("<str:ref>/lines", views.lines, name="lines"),
]
