"""Routes of access."""

from django.urls import path

from romyen.access.views import joining, mine, people, records

app_name = "access"
urlpatterns = [
    path("join/<str:token>", joining.join, name="join"),
    path("waiting", mine.waiting, name="waiting"),
    path("me", mine.me, name="me"),
    path("me/sign-out-everywhere", mine.sign_out_everywhere, name="sign_out_everywhere"),
    path("me/reminders", mine.reminders, name="reminders"),
    path("me/notices", mine.own_notices, name="notices"),
    path("draft", mine.draft, name="draft"),
    path("approvals", mine.approvals_page, name="approvals"),
    path("approvals/<str:ref>/give", mine.give_approval, name="give_approval"),
    path("people", people.staff, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/teams/new", people.found_team, name="found_team"),
    path("people/keys", people.keys, name="keys"),
    path("people/<str:ref>", people.member, name="member"),
    path("people/<str:ref>/admit", people.admit, name="admit"),
    path("people/<str:ref>/roles/new", people.assign, name="assign"),
    path("people/<str:ref>/roles/<str:role>/end", people.end_role, name="end_role"),
    path("people/<str:ref>/deactivate", people.deactivate, name="deactivate"),
    path("people/<str:ref>/phone", people.reset_factor, name="reset_factor"),
    path("people/<str:ref>/wrap", people.wrap, name="wrap"),
    path("record/<str:ref>/who-can", records.who_can, name="who_can"),
    path("record/<str:ref>/who-has", records.who_has, name="who_has"),
    path("record/<str:ref>/exclude", records.exclude, name="exclude"),
    path("record/<str:ref>/share", records.share, name="share"),
    path("record/<str:ref>/rekey", people.rekey, name="rekey"),
    path(
        "record/<str:ref>/exclusions/<str:exclusion>/ask",
        records.ask_to_lift,
        name="ask_to_lift",
    ),
    path("record/<str:ref>/exclusions/<str:exclusion>/lift", records.lift, name="lift"),
]
