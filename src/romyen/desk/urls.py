"""Routes of the desk."""

from django.urls import path

from romyen.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("administration", views.administration, name="administration"),
]
