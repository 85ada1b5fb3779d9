"""The routes: every package's own, and the few of django-allauth that we use."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from romyen.access.views import signing

sign_in = [
    path("in", account.login, name="account_login"),
    path("out", signing.sign_out, name="account_logout"),
    path("inactive", account.account_inactive, name="account_inactive"),
    path("again", account.reauthenticate, name="account_reauthenticate"),
    path("passphrase", account.password_change, name="account_change_password"),
    path("reset", account.password_reset, name="account_reset_password"),
    path("reset/sent", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z_-]{22})-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "reset/done",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("code", factors.authenticate, name="mfa_authenticate"),
    path("codes", factors.index, name="mfa_index"),
    path("codes/phone", totp.activate_totp, name="mfa_activate_totp"),
    path("codes/phone/replace", signing.replace_factor, name="mfa_deactivate_totp"),
    path("codes/recovery", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/recovery/new",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns = [
    path("sign/", include(sign_in)),
    path("", include("romyen.pages.urls")),
    path("", include("romyen.access.urls")),
    path("", include("romyen.desk.urls")),
    path("partners/", include("romyen.partners.urls")),
    path("leads/", include("romyen.leads.urls")),
    path("survivors/", include("romyen.survivors.urls")),
    path("cases/", include("romyen.cases.urls")),
    path("search/", include("romyen.linkage.urls")),
    path("operations/", include("romyen.operations.urls")),
    path("shelters/", include("romyen.shelters.urls")),
    path("care/", include("romyen.care.urls")),
    path("legal/", include("romyen.legal.urls")),
    path("prevention/", include("romyen.prevention.urls")),
    path("advocacy/", include("romyen.advocacy.urls")),
    path("numbers/", include("romyen.statistics.urls")),
    path("exchange/", include("romyen.exchange.urls")),
]

handler400 = "romyen.pages.errors.bad_request"
handler403 = "romyen.pages.errors.denied"
handler404 = "romyen.pages.errors.absent"
handler500 = "romyen.pages.errors.broken"
