"""Routes of the pages package."""

from django.urls import path

from romyen.pages import views

urlpatterns = [
    path("language", views.set_language, name="set_language"),
    path("era", views.set_era, name="set_era"),
]
