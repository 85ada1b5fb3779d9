"""Routes of statistics."""

from django.urls import path

from romyen.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("take", views.take, name="take"),
]
