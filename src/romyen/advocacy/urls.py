"""Routes of advocacy."""

from django.urls import path

from romyen.advocacy import views

app_name = "advocacy"
urlpatterns = [
    path("", views.recommendations, name="recommendations"),
    path("new", views.record, name="record"),
    path("<str:ref>", views.recommendation_page, name="recommendation"),
    path("<str:ref>/edit", views.edit, name="edit"),
    path("<str:ref>/turn", views.turn, name="turn"),
]
