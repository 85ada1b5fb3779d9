"""A member's own pages: waiting to be admitted, sign-in, drafts, notices."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from romyen import access, audit
from romyen.access import approvals, drafts, preferences, queries, rings
from romyen.notices import actions as notices


def waiting(request: HttpRequest) -> HttpResponse:
    """The fingerprint to read to a colleague, until that colleague has admitted one."""
    reader = access.open(request)
    if reader.facts.active:
        return redirect("/")
    return render(request, "access/waiting.html", {"words": queries.own_fingerprint(reader)})


def me(request: HttpRequest) -> HttpResponse:
    """Who I am here: roles, keys, fingerprint, where I am signed in."""
    reader, now = access.open(request), access.clock()
    return render(request, "access/me.html", queries.own_page(reader, now=now))


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Wipe the keys of every browser that I am signed in with, this one included."""
    reader, now = access.open(request), access.clock()
    rings.wipe_member(reader.member)
    audit.record_alone(actor=reader.id, verb="member.sign_out", subject=reader.id, at=now)
    return HttpResponseRedirect(reverse("account_login"))


@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Switch the morning mail on or off."""
    reader, now = access.open(request), access.clock()
    wanted = request.POST.get("reminders") == "on"
    preferences.choose_reminders(wanted=wanted, actor=reader, now=now)
    return HttpResponseRedirect(reverse("access:me"))


@require_http_methods(["POST", "DELETE"])
def draft(request: HttpRequest) -> HttpResponse:
    """Autosave (POST) what stands in the form named by ``?form=``; DELETE throws it away."""
    reader, now = access.open(request), access.clock()
    form = drafts.form_of(request)
    if request.method == "DELETE" or "discard" in request.POST:
        drafts.discard(reader, form)
        return _after_discard(request, form)
    typed = {name: request.POST.getlist(name) for name in request.POST}
    return JsonResponse({"kept": drafts.keep(reader.member, form, typed, now=now)})


def _after_discard(request: HttpRequest, form: str) -> HttpResponse:
    local = form.startswith("/") and not form.startswith(("//", "/\\"))
    if request.method == "POST" and local:
        return HttpResponseRedirect(form)
    return JsonResponse({"kept": False})


def own_notices(request: HttpRequest) -> HttpResponse:
    """What waits for me, newest first; a button marks everything on the page as read."""
    reader, now = access.open(request), access.clock()
    if request.method == "POST":
        notices.mark_read(reader.id, request.POST.getlist("notice"), now=now)
        return redirect("access:notices")
    return render(request, "access/notices.html", queries.notices_page(reader, now=now))


def approvals_page(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and my own requests."""
    reader, now = access.open(request), access.clock()
    return render(request, "access/approvals.html", queries.approvals_page(reader, now=now))


@require_POST
def give_approval(request: HttpRequest, ref: str) -> HttpResponse:
    """Be the second person."""
    reader, now = access.open(request), access.clock()
    approval = queries.waiting_approval(reader, ref, now=now)

    def take() -> str:
        approvals.give(approval, actor=reader, now=now)
        return reverse("access:approvals")

    return access.once(request, take)
