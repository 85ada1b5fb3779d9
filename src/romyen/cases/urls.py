"""Routes of the case file."""

from django.urls import path

from romyen.cases.views import course, files, handing, papers, referrals, transferring, work

app_name = "cases"
urlpatterns = [
    path("", files.caseload, name="caseload"),
    path("every", files.every, name="every"),
    path("hand-over", handing.hand_over, name="hand-over"),
    path("offers", handing.offers, name="offers"),
    path("add", files.add, name="add"),
    path("open/<str:ref>", files.open_case, name="open"),
    path("of-survivor/<str:ref>", files.of_survivor, name="of-survivor"),
    path("of-lead/<str:ref>", files.of_lead, name="of-lead"),
    path("<str:ref>", files.case_page, name="case"),
    path("<str:ref>/timeline", files.timeline, name="timeline"),
    path("<str:ref>/event", work.event, name="record-event"),
    path("<str:ref>/events/<str:event_ref>", work.event_page, name="event"),
    path("<str:ref>/events/<str:event_ref>/correct", work.correct, name="correct"),
    path("<str:ref>/deadlines/<str:deadline_ref>/met", work.met, name="met"),
    path("<str:ref>/deadlines/<str:deadline_ref>/extend", work.extend, name="extend"),
    path(
        "<str:ref>/deadlines/<str:deadline_ref>/not-applicable",
        work.not_applicable,
        name="not-applicable",
    ),
    path("<str:ref>/task", work.task, name="task"),
    path("<str:ref>/tasks/<str:task_ref>/done", work.done, name="done"),
    path("<str:ref>/tasks/<str:task_ref>/drop", work.drop, name="drop"),
    path("<str:ref>/notes", papers.notes, name="notes"),
    path("<str:ref>/note", papers.note, name="note"),
    path("<str:ref>/notes/<str:note_ref>/correct", papers.correct_note, name="correct-note"),
    path("<str:ref>/people", papers.people, name="people"),
    path("<str:ref>/person", papers.person, name="person"),
    path("<str:ref>/people/<str:person_ref>/edit", papers.edit_person, name="edit-person"),
    path("<str:ref>/people/<str:person_ref>/remove", papers.remove_person, name="remove-person"),
    path("<str:ref>/link", papers.link, name="link"),
    path("<str:ref>/refer", referrals.recipient, name="refer"),
    path("<str:ref>/refer/<str:partner_ref>", referrals.facts, name="refer-facts"),
    path("<str:ref>/referrals/<str:referral_ref>", referrals.referral_page, name="referral"),
    path("<str:ref>/referrals/<str:referral_ref>/sheet", referrals.sheet, name="sheet"),
    path("<str:ref>/referrals/<str:referral_ref>/answer", referrals.answer, name="answer"),
    path("<str:ref>/referrals/<str:referral_ref>/review", referrals.review, name="review"),
    path("<str:ref>/offers/<str:offer_ref>/withdraw", handing.withdraw, name="withdraw-offer"),
    path("<str:ref>/transfer", transferring.transfer, name="transfer"),
    path("<str:ref>/offers/<str:offer_ref>/pass-on", transferring.pass_on, name="pass-on"),
    path("<str:ref>/offers/<str:offer_ref>/hand-on", transferring.hand_on, name="hand-on"),
    path("<str:ref>/flags", course.flags, name="flags"),
    path("<str:ref>/wish", course.wish, name="wish"),
    path("<str:ref>/close", course.close, name="close"),
    path("<str:ref>/reopen", course.reopen, name="reopen"),
]
