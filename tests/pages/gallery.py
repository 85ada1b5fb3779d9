"""Every component on one page, for tests and for looking at; never shipped.

As a module it is a URL configuration; the form and the pages below are all fictional.
"""

from datetime import UTC, date, datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from romyen.pages.charts import Bar, Hidden, Series, bars, line, province_map
from romyen.pages.forms import DayField, Form, MomentField, PartialDayField
from romyen.pages.slots import slot
from romyen.rules.days import PartialDay
from romyen.rules.refusals import refuse


class Masked:
    def __str__(self):
        return "•••"


class Closed(Masked):
    def __bool__(self):
        return False


class Story(Form):
    given_name = forms.CharField(
        label="Given name", help_text="As she says it herself.", max_length=80
    )
    account = forms.CharField(
        label="What happened, in a few words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    nationality = forms.ChoiceField(
        label="Nationality",
        choices=[("", "—"), ("MMR", "Myanmar"), ("KHM", "Cambodia"), ("LAO", "Laos")],
    )
    danger = forms.ChoiceField(
        label="Is anyone in danger now?",
        widget=forms.RadioSelect,
        choices=[("now", "Yes, now"), ("soon", "Perhaps soon"), ("no", "No")],
    )
    languages = forms.MultipleChoiceField(
        label="Languages",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("my", "Burmese"), ("shn", "Shan"), ("th", "Thai")],
    )
    born = PartialDayField(label="Birth", required=False, help_text="Leave out what is not known.")
    arrived = DayField(label="Day of arrival")
    called = MomentField(label="Time of the call", required=False)
    interpreter = forms.BooleanField(label="An interpreter is needed", required=False)
    passphrase = forms.CharField(
        label="Passphrase", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    paper = forms.FileField(label="Signed paper", required=False)


def bad():
    return {
        "given_name": "มะลิ",
        "danger": "now",
        "arrived_day": "๓๑",
        "arrived_month": "2",
        "arrived_year": "2567",
        "born_year": "1999",
    }


def frame(request):
    titles = ["Home", "Leads", "Caseload", "Calendar", "Administration"]
    if request.LANGUAGE_CODE == "th":
        titles = ["หน้าแรก", "เบาะแส", "รายกรณีของฉัน", "ปฏิทิน", "การจัดการระบบ"]
    return {
        "demo": True,
        "organisation": "มูลนิธิบ้านร่มไม้ (สมมติ)",
        "account": {"text": "นก ใจดี", "href": "#", "sign_out": "/out"},
        "navigation": [
            {"text": title, "href": "#", "current": place == 2}
            for place, title in enumerate(titles)
        ],
    }


def charts():
    """One of each, with a gap, a hidden value and labels that must wrap."""
    days = [date(2025, 11, 3), date(2026, 1, 12), date(2026, 3, 5), date(2026, 6, 20)]
    return {
        "measures": line(
            "ความเป็นอยู่ที่ดีตลอดเวลา",
            [
                Series("WHO-5", list(zip(days, [28, 44, None, 68], strict=True))),
                Series("แบบวัดอีกชุดหนึ่ง", list(zip(days, [61, 52, 40, Hidden(5)], strict=True))),
            ],
            key="measures",
            high=100,
            about="คะแนนสูงหมายถึงความเป็นอยู่ที่ดีขึ้น",
        ),
        "kinds": bars(
            "How survivors were exploited",
            [
                Bar("แรงงานประมงและกิจการแปรรูปสัตว์น้ำที่ลูกจ้างไม่ได้รับค่าจ้าง", 1240, "#"),
                Bar("Forced to deceive people online (scam centres)", 310),
                Bar("งานบ้าน", Hidden(5)),
                Bar("ขอทาน", 0),
            ],
            key="kinds",
            unit="people",
        ),
        "answers": bars(
            "Right answers before and after",
            [Bar("Whom to call", [12, 9]), Bar("ข้อเสนองานที่หลอกลวง", [7, Hidden()])],
            key="answers",
            parts=["Before", "Learnt"],
        ),
        "compared": bars(
            "The same question again",
            [Bar("Whom to call", [12, 21]), Bar("A secret", [18, 17])],
            key="compared",
            parts=["Before", "After"],
            side_by_side=True,
        ),
        "map": province_map(
            "Where people were found", {"10": 41, "63": 7, "57": Hidden(5), "90": 1}, key="map"
        ),
    }


def gallery(request):
    form = Story(bad()) if "bad" in request.GET else Story()
    if form.is_bound and not form.is_valid():
        form.add_refusal(refuse("RY-EDIT-CONFLICT"))
    at = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)
    return render(
        request,
        "gallery/gallery.html",
        {
            **frame(request),
            "form": form,
            "rows": [
                {"key": "Code", "value": "S-7K3MQ4TX", "code": True},
                {"key": "Name", "value": "ပန်းလေး · ស្រីមុំ · ນາງບົວ · มะลิ (Mali)", "href": "#"},
                {"key": "Identity card", "value": Masked(), "href": "#", "action": "Open"},
                {"key": "Counselling", "value": Closed()},
                {"key": "Born", "value": PartialDay(2008, 5)},
                {"key": "Arrived", "value": date(2026, 3, 5)},
                {"key": "Interpreter", "value": True},
                {"key": "School", "value": None},
            ],
            "items": [
                {
                    "title": "Removed to safety",
                    "at": at,
                    "by": "Nok",
                    "text": "พาออกจากที่ทำงานโดยปลอดภัย",
                },
                {
                    "title": "Consent to shelter",
                    "at": date(2026, 3, 5),
                    "tag": "met",
                    "colour": "green",
                },
            ],
            "day": date(2026, 3, 5),
            "at": at,
            **charts(),
        },
    )


def public(request):
    return render(request, "gallery/public.html", {"form": Story()})


@slot("Alerts")
def alerts(request, ref):
    return HttpResponse('<h2 class="govuk-heading-m">Alerts</h2><p class="govuk-body">None.</p>')


def hidden(request, ref):
    raise refuse("RY-ABSENT")


def out(request):
    return HttpResponse("signed out" if request.method == "POST" else "")


def drafts(request):
    return HttpResponse(status=204 if request.POST.get("given_name") else 400)


urlpatterns = [
    path("drafts", drafts),
    path("", gallery),
    path("public", public),
    path("out", out),
    path("cases/<str:ref>/alerts", alerts, name="gallery_alerts"),
    path("cases/<str:ref>/hidden", hidden, name="gallery_hidden"),
    path("pages/", include("romyen.pages.urls")),
]
handler404 = "romyen.pages.errors.absent"
handler500 = "romyen.pages.errors.broken"
