"""Printing a case: choose what, for what, in which language; then a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.cases import queries
from romyen.exchange.actions.printing import print_case
from romyen.exchange.forms import PrintForm
from romyen.exchange.summary.sections import sections_for
from romyen.pages.slots import slot
from romyen.rules.refusals import Refusal


@slot(_("Print a summary"), verb="case.print")
def summary(request: HttpRequest, ref: str) -> HttpResponse:
    """A box on the case's page, the form, and (POST) the paper itself."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    access.require(reader, "case.print", case.node, now=now)
    if request.headers.get("HX-Request") == "true":
        return render(request, "exchange/summary.html#box", {"case": case})
    form = PrintForm(request.POST or None, sections=sections_for(reader, case, now=now))
    if form.is_valid():
        try:
            return _paper(case.node.code, print_case(case, **form.asked, actor=reader, now=now))
        except Refusal as refusal:
            form.add_refusal(refusal)
    status = 422 if form.is_bound else 200
    return render(request, "exchange/summary.html", {"case": case, "form": form}, status=status)


def _paper(code: str, made: bytes) -> HttpResponse:
    """Handed over as a file: named by the code, which says nothing."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{code}.pdf"'
    return answer
