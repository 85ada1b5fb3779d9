"""Routes of access."""

from django.urls import path

from romyen.access.views import mine

app_name = "access"
urlpatterns = [
    path("waiting", mine.waiting, name="waiting"),
    path("me", mine.me, name="me"),
    path("me/sign-out-everywhere", mine.sign_out_everywhere, name="sign_out_everywhere"),
    path("me/notices", mine.own_notices, name="notices"),
    path("draft", mine.draft, name="draft"),
]
