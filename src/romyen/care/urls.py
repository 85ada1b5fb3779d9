"""Routes of care. Every address begins with its case."""

from django.urls import path

from romyen.care.views import counselling, following, health, helping, measuring, plan

app_name = "care"
urlpatterns = [
    path("<str:ref>", plan.of_case, name="of-case"),
    path("<str:ref>/paper", plan.paper, name="paper"),
    path("<str:ref>/goal", plan.set_goal, name="set-goal"),
    path("<str:ref>/goals/<str:goal_ref>", plan.goal, name="goal"),
    path("<str:ref>/goals/<str:goal_ref>/rewrite", plan.rewrite_goal, name="rewrite-goal"),
    path("<str:ref>/goals/<str:goal_ref>/review", plan.review_goal, name="review-goal"),
    path("<str:ref>/services", helping.services, name="services"),
    path("<str:ref>/service", helping.give, name="give"),
    path("<str:ref>/appointments", health.appointments, name="appointments"),
    path("<str:ref>/appointment", health.appoint, name="appoint"),
    path("<str:ref>/appointments/<str:appointment_ref>", health.settle, name="settle"),
    path("<str:ref>/measures", measuring.measures, name="measures"),
    path("<str:ref>/measure/<str:tool>", measuring.measure, name="measure"),
    path("<str:ref>/measures/<str:measure_ref>", measuring.measured, name="measured"),
    path("<str:ref>/counselling", counselling.counselling, name="counselling"),
    path("<str:ref>/session", counselling.record_session, name="record-session"),
    path("<str:ref>/sessions/<str:session_ref>", counselling.session, name="session"),
    path("<str:ref>/danger", counselling.danger, name="danger"),
    path("<str:ref>/follow-ups", following.follow_ups, name="follow-ups"),
    path("<str:ref>/follow-up", following.plan_follow_ups, name="plan-follow-ups"),
    path("<str:ref>/follow-ups/<str:follow_up_ref>", following.follow_up, name="follow-up"),
    path("<str:ref>/strike/<str:kind>/<str:part_ref>", helping.strike, name="strike"),
]
