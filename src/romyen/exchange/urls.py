"""Routes of the exchange."""

from django.urls import path

from romyen.exchange.views import deciding, files, printing

app_name = "exchange"
urlpatterns = [
    path("files", files.files, name="files"),
    path("files/<str:ref>", files.file, name="file"),
    path("files/<str:ref>/begin", files.begin, name="begin"),
    path("files/<str:ref>/stop", files.stop, name="stop"),
    path("files/<str:ref>/forget", files.forget, name="forget"),
    path("files/<str:ref>/errors", files.errors, name="errors"),
    path("summary/<str:ref>", printing.summary, name="summary"),
    path("differences", deciding.differences, name="differences"),
    path("differences/<str:ref>", deciding.difference, name="difference"),
]
