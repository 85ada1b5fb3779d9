"""Settings of Romyen: one file, every environment variable with its reason.

``docs/operators/settings.md`` lists them for operators. Nothing secret stands here: the box key
is read from its own file when it is needed.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from romyen.rules.refusals import gettext_noop as _

BASE_DIR = Path(__file__).resolve().parent

ROMYEN_DATA_DIR = (
    Path(os.environ.get("ROMYEN_DATA", "~/.local/share/romyen")).expanduser().resolve()
)
ROMYEN_KEYS_DIR = (
    Path(os.environ.get("ROMYEN_KEYS") or f"{ROMYEN_DATA_DIR}.keys").expanduser().resolve()
)
ROMYEN_ORIGIN = os.environ.get("ROMYEN_ORIGIN", "http://localhost:8000").rstrip("/")
ROMYEN_LOG_ORIGIN = os.environ.get("ROMYEN_LOG_ORIGIN", "romyen.local/log")
ROMYEN_DEMO = (ROMYEN_DATA_DIR / "demo").exists()
ROMYEN_ARGON2_PASSES = int(os.environ.get("ROMYEN_ARGON2_PASSES", "3"))
ROMYEN_ARGON2_MEMORY_MIB = int(os.environ.get("ROMYEN_ARGON2_MEMORY_MIB", "128"))
ROMYEN_IDLE_MINUTES = 15
ROMYEN_ABSOLUTE_HOURS = 8
ROMYEN_STAGED_MINUTES = 5
ROMYEN_STAGED_ATTEMPTS = 5

ROMYEN_NAVIGATION: list[tuple[str, str, str]] = [
    ("desk:home", "", _("Home")),
    ("linkage:search", "search.names", _("Search")),
    ("desk:calendar", "", _("Calendar")),
    ("leads:inbox", "lead.read", _("Leads")),
    ("survivors:list", "survivor.read", _("Survivors")),
    ("cases:caseload", "case.read", _("Cases")),
    ("operations:list", "operation.read", _("Operations")),
    ("shelters:list", "shelter.read", _("Shelters")),
    ("legal:proceedings", "proceeding.read", _("Proceedings")),
    ("prevention:sessions", "session.read", _("Prevention")),
    ("advocacy:recommendations", "recommendation.read", _("Recommendations")),
    ("statistics:dashboard", "statistics.read", _("Numbers")),
    ("partners:directory", "partner.read", _("Partners")),
    ("access:people", "team.read", _("People")),
    ("exchange:files", "exchange.import", _("Import")),
]
"""The sections of the menu, those of every day first: name of the route, the verb that opens it
(or none), its text."""
ROMYEN_IN_BAR = 6
"""So many of the sections that a reader may enter stand in the bar; the rest behind “More”."""
ROMYEN_QUICK_ADD: list[tuple[str, str, str]] = [
    ("leads:write", "lead.record", _("A lead")),
    ("survivors:register", "survivor.register", _("A survivor")),
    ("cases:add", "case.work", _("A note or a task on one of my cases")),
    ("prevention:record", "session.record", _("A prevention session")),
]
"""What the menu “+” in the header offers: as above."""
ROMYEN_SLOTS: dict[str, list[str]] = {
    "lead": ["cases:of-lead", "operations:of-lead"],
    "survivor": ["cases:of-survivor", "operations:of-survivor", "linkage:of-survivor"],
    "case": [
        "care:of-case",
        "care:counselling",
        "shelters:of-case",
        "cases:notes",
        "cases:people",
        "legal:of-case",
        "exchange:summary",
    ],
}

ROMYEN_HAPPENINGS: list[str] = [
    "romyen.operations.happenings.of_case",
    "romyen.shelters.queries.happenings",
    "romyen.care.queries.happenings",
    "romyen.legal.happenings.happenings",
]
"""What the floors above add to a time line: ``(reader, case, *, most, now)`` → happenings."""
ROMYEN_DUES: list[str] = [
    "romyen.cases.queries.dues.dues",
    "romyen.care.queries.dues",
    "romyen.prevention.queries.dues",
    "romyen.shelters.queries.dues",
    "romyen.legal.dues.dues",
    "romyen.advocacy.queries.dues",
]
"""What becomes due, for the calendar: ``(reader, *, since, until, now)`` → ``rules.dues.Due``.

One that also takes ``mine`` is asked for the reader's own alone where the page shows only these.
"""
ROMYEN_RECORD_PAGES: dict[str, str] = {
    "lead": "leads:lead",
    "survivor": "survivors:survivor",
    "case": "cases:case",
    "proceeding": "legal:proceeding",
    "operation": "operations:operation",
    "session": "prevention:session",
    "shelter": "shelters:shelter",
    "recommendation": "advocacy:recommendation",
}
"""Kind of record → the route of its page, for the floors that do not know it."""
ROMYEN_NOTICE_PAGES: dict[str, str] = {
    "exchange.differs": "exchange:differences",
    "desk.today": "desk:calendar",
    "case.offered": "cases:offers",
    "case.taken": "cases:offers",
    "case.declined": "cases:offers",
    "case.lapsed": "cases:offers",
}
"""Kind of notice → the route of the page where it is seen to, if not that of its record."""


def _secret_key() -> str:
    """Derived from the box key; without one (before ``init``) a random key for this process."""
    box = ROMYEN_KEYS_DIR / "box.key"
    if not box.exists():
        return secrets.token_urlsafe(48)
    import hashlib

    return hashlib.sha256(b"romyen django secret key\n" + box.read_bytes()).hexdigest()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    host for host in (urlsplit(ROMYEN_ORIGIN).hostname, "localhost", "127.0.0.1") if host
]
CSRF_TRUSTED_ORIGINS = [ROMYEN_ORIGIN]
_TLS = ROMYEN_ORIGIN.startswith("https://")

INSTALLED_APPS = [
    "romyen.pages",
    "romyen.audit",
    "romyen.keys",
    "romyen.notices",
    "romyen.access",
    "romyen.partners",
    "romyen.leads",
    "romyen.survivors",
    "romyen.cases",
    "romyen.linkage",
    "romyen.operations",
    "romyen.shelters",
    "romyen.care",
    "romyen.legal",
    "romyen.prevention",
    "romyen.advocacy",
    "romyen.statistics",
    "romyen.exchange",
    "romyen.desk",
    "romyen.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.messages",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "romyen.pages.headers.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "romyen.pages.era.EraMiddleware",
    "romyen.pages.errors.RefusalMiddleware",
    "romyen.access.middleware.SignedInMiddleware",
]

CSRF_FAILURE_VIEW = "romyen.access.late.form_too_old"
ROOT_URLCONF = "romyen.urls"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "romyen.access.context.reader",
                "romyen.pages.era.calendar",
            ],
        },
    }
]

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;"
)


def _database(url: str) -> dict[str, object]:
    """SQLite in the data folder, or ``postgres://user:password@host:port/name``."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ROMYEN_DATA_DIR / "romyen.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_START,
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
    }


DATABASES = {"default": _database(os.environ.get("ROMYEN_DATABASE_URL", ""))}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # The limits on guessing stand here. Too small a store forgets some of them at random, and
        # whoever types many addresses could empty it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Sign-in (romyen.access)
AUTH_USER_MODEL = "access.Member"
AUTHENTICATION_BACKENDS = ["romyen.access.passphrases.Passphrases"]
PASSWORD_HASHERS = ["romyen.access.passphrases.Argon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "romyen.access.passphrases.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "romyen.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "romyen.access.passphrases.LinkTokens"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "romyen.access.signin_forms.SignInForm",
    "reauthenticate": "romyen.access.signin_forms.AgainForm",
    "reset_password": "romyen.access.signin_forms.ForgottenForm",
    "reset_password_from_key": "romyen.access.signin_forms.ResetForm",
    "change_password": "romyen.access.signin_forms.ChangePassphraseForm",
}
ACCOUNT_RATE_LIMITS = {"search": "60/10m/key"}
"""Beside allauth's own: searches by name of one person, more than anyone types in that time."""
MFA_ADAPTER = "romyen.access.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Romyen"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
PASSWORD_RESET_TIMEOUT = 3600
MFA_FORMS = {
    "authenticate": "romyen.access.signin_forms.FactorForm",
    "activate_totp": "romyen.access.signin_forms.ActivateFactorForm",
}
SESSION_ENGINE = "romyen.access.sessions"
SESSION_COOKIE_NAME = "__Host-romyen" if _TLS else "romyen"
SESSION_COOKIE_AGE = ROMYEN_ABSOLUTE_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
MAILERS = {"default": {"BACKEND": "romyen.notices.mail.QueueBackend"}}
DEFAULT_FROM_EMAIL = os.environ.get("ROMYEN_MAIL_FROM", "romyen@localhost")
ROMYEN_MAIL_URL = os.environ.get("ROMYEN_MAIL_URL", "")

# --- Headers
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" sends Origin: null, and forms are refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if _TLS:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Uploads stay in memory: a temporary file would be plaintext on disk (security.md §2.10)
FILE_UPLOAD_HANDLERS = ["romyen.access.uploads.MemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # exchange.htcds.reading.limits.FILE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Languages and time
USE_I18N = USE_TZ = True
LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Bangkok"

# --- Static files
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "romyen.rules.logs.SafeFormatter"}},
    "handlers": {"quiet": {"class": "logging.StreamHandler", "formatter": "safe"}},
    "loggers": {
        "django": {"handlers": ["quiet"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # refusals stand in the log of who did what
        "django.server": {"handlers": ["quiet"], "level": "WARNING", "propagate": False},
    },
    "root": {"handlers": ["quiet"], "level": "WARNING"},
}
