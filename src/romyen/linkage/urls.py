"""Routes of linkage."""

from django.urls import path

from romyen.linkage.views import merging, search

app_name = "linkage"
urlpatterns = [
    path("", search.search, name="search"),
    path("same/<str:ref>", merging.of_survivor, name="of-survivor"),
    path("same/<str:ref>/with", merging.begin, name="begin"),
    path("same/<str:ref>/with/<str:other>", merging.merge, name="merge"),
    path("merges/<str:ref>/undo", merging.undo, name="undo"),
]
