"""Routes of the legal file: proceedings, and what hangs on a case."""

from django.urls import path

from romyen.legal.views import hers, proceedings

app_name = "legal"
_CASE = "case/<str:ref>"
urlpatterns = [
    path("", proceedings.proceedings, name="proceedings"),
    path(_CASE, hers.file_of_case, name="of-case"),
    path(f"{_CASE}/begin", proceedings.begin, name="begin"),
    path(f"{_CASE}/parties/<str:part_ref>", hers.party, name="party"),
    path(f"{_CASE}/parties/<str:party_ref>/attend", hers.attend, name="attend"),
    path(f"{_CASE}/parties/<str:party_ref>/testify", hers.testify, name="testify"),
    path(f"{_CASE}/parties/<str:party_ref>/compensate", hers.compensate, name="compensate"),
    path(f"{_CASE}/attendances/<str:part_ref>", hers.change_attendance, name="attendance"),
    path(f"{_CASE}/testimonies/<str:part_ref>", hers.change_testimony, name="testimony"),
    path(f"{_CASE}/compensations/<str:part_ref>", hers.change_compensation, name="compensation"),
    path(f"{_CASE}/compensations/<str:part_ref>/pay", hers.pay, name="pay"),
    path(f"{_CASE}/permit", hers.permit, name="record-permit"),
    path(f"{_CASE}/permits/<str:part_ref>", hers.change_permit, name="permit"),
    path(f"{_CASE}/permits/<str:part_ref>/renew", hers.renew_permit, name="renew"),
    path(f"{_CASE}/fund", hers.fund, name="apply"),
    path(f"{_CASE}/funds/<str:part_ref>", hers.change_fund, name="fund"),
    path(f"{_CASE}/funds/<str:part_ref>/ask", hers.ask, name="ask-fund"),
    path(f"{_CASE}/funds/<str:part_ref>/step", hers.step, name="fund-step"),
    path(f"{_CASE}/fund-heads/<str:part_ref>", hers.change_head, name="fund-head"),
    path(f"{_CASE}/strike/<str:kind>/<str:part_ref>", hers.strike, name="strike"),
    path("<str:ref>", proceedings.proceeding, name="proceeding"),
    path("<str:ref>/edit", proceedings.edit, name="edit"),
    path("<str:ref>/stage", proceedings.stage, name="stage"),
    path("<str:ref>/join", proceedings.join, name="join"),
    path("<str:ref>/charge", proceedings.charge, name="record-charge"),
    path("<str:ref>/charges/<str:part_ref>", proceedings.change_charge, name="charge"),
    path("<str:ref>/hearing", proceedings.hearing, name="plan-hearing"),
    path("<str:ref>/hearings/<str:part_ref>", proceedings.change_hearing, name="hearing"),
    path("<str:ref>/hearings/<str:part_ref>/move", proceedings.move_hearing, name="move-hearing"),
    path(
        "<str:ref>/strike/<str:kind>/<str:part_ref>",
        proceedings.strike,
        name="strike-part",
    ),
]
