"""Every setting of the installation, read from the environment by strict readers; see .env.example.

HELPLINE_MODE says which parts stand behind it:
  deployed  (the default) Postgres and Redis, everything named in the environment;
  embedded  SQLite, Celery and its broker inside one process, in the folder HELPLINE_DATA (the demo);
  offline   no database at all (`manage.py keys`, `manage.py build_client`).
"""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from config import environment, schedule, sign_in
from config.refusals import gather_refusals
from helpline.web.csp import STRICTEST, static_file_csp

BASE_DIR = Path(__file__).resolve().parent.parent

# All that the environment says, so that all that is wrong with it is said at once.
with gather_refusals():
    from config import operating

    MODE = environment.env_choice("HELPLINE_MODE", ("deployed", "embedded", "offline"), "deployed")

    # The signed manifest of what is served (PROTOCOL §11), as `manage.py keys release` made it; nothing is served there without one.
    RELEASE_FILE = Path(environment.env_text("HELPLINE_RELEASE", str(BASE_DIR / "release.json")))

    if MODE == "embedded":
        DATA = environment.env_folder("HELPLINE_DATA")
        RELEASE_FILE = DATA / "release.json"
        SECRET_KEY = environment.secret_from_file(DATA / "secret-key")
        STORAGE_KEYS_FILE: Path | None = DATA / "storage-keys"
        ORIGIN = environment.env_origin("HELPLINE_ORIGIN", "http://localhost:8000")
        ROOT_KEY = environment.key_from_file(DATA / "root.public", 32)
        BROKER = "memory://localhost"
        DATABASES: dict[str, dict[str, Any]] = {"default": environment.sqlite_settings(DATA / "helpline.sqlite3")}
    elif MODE == "offline":
        SECRET_KEY = secrets.token_urlsafe(48)
        STORAGE_KEYS_FILE = None
        ORIGIN = "http://localhost"
        ROOT_KEY = None
        BROKER = "memory://localhost"
        DATABASES = {}
    else:
        SECRET_KEY = environment.env_text("HELPLINE_SECRET_KEY")
        STORAGE_KEYS_FILE = environment.env_file("HELPLINE_STORAGE_KEYS_FILE")
        ORIGIN = environment.env_origin("HELPLINE_ORIGIN")
        ROOT_KEY = environment.env_key("HELPLINE_ROOT_KEY", 32)
        BROKER = environment.env_redis("HELPLINE_REDIS_URL")
        DATABASES = {"default": environment.env_database("HELPLINE_DATABASE_URL")}

    # The demo may start the service's clock elsewhere, so that anyone can see a Saturday; a real service never may.
    CLOCK_OFFSET = timedelta(seconds=environment.env_whole_number("HELPLINE_CLOCK_OFFSET", 0, -(10**9), 10**9) if MODE == "embedded" else 0)
    STATIC_ROOT = None if MODE == "embedded" else environment.env_text("HELPLINE_STATIC_ROOT", str(BASE_DIR / "staticfiles"))
    ALLAUTH_TRUSTED_PROXY_COUNT = environment.env_whole_number("HELPLINE_TRUSTED_PROXIES", 1 if MODE == "deployed" else 0, 0, 5)
    DEFAULT_FROM_EMAIL = environment.env_text("HELPLINE_EMAIL_FROM", "helpline@localhost")
    # Keys of before, for as long as something stands under them: `manage.py renew_secret_key` brings it all under the one of today.
    SECRET_KEY_FALLBACKS = [each for each in environment.env_optional("HELPLINE_SECRET_KEY_BEFORE").split(",") if each]

SECURE = ORIGIN.startswith("https://")
FLOOD_FROM, FLOOD_QUEUE, WEB_WORKERS = operating.FLOOD_FROM, operating.FLOOD_QUEUE, operating.WEB_WORKERS
WEB_THREADS, SOURCE, LIVE_UPSTREAM = operating.WEB_THREADS, operating.SOURCE, operating.LIVE_UPSTREAM
ALERT_EMAIL, METRICS_TOKEN, LIVE_KEY = operating.ALERT_EMAIL, operating.METRICS_TOKEN, operating.LIVE_KEY
# Whoever reads /metrics asks for the host "web" or "desk", past the proxy.
ALLOWED_HOSTS = [ORIGIN.partition("://")[2].partition(":")[0], *(["web", "desk"] if METRICS_TOKEN else [])]

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORCE_SCRIPT_NAME = ""  # The site is its host's root. What a server says of a prefix is not believed: rules about paths would not see it.
AUTH_USER_MODEL = "helpline.Account"
# A constraint keeps addresses unique. For the rest: frame-ancestors, the proxy's redirect, helpline.W003, the owner's choice to preload.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "mail.E001", "security.W002", "security.W008", "security.W021"]

INSTALLED_APPS = [
    "config.apps.Composition",
    "messaging",
    "helpline",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "helpline.admin_app.DeskAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "helpline.web.middleware.MeasureMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "helpline.web.middleware.SafetyHeadersMiddleware",
    "helpline.web.middleware.PageSizeMiddleware",
    "helpline.web.middleware.DeskMethodsMiddleware",
    "helpline.web.middleware.LanguageOfAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "helpline.web.middleware.StaffSecondFactorMiddleware",
    "helpline.web.middleware.RecoveredAccountMiddleware",
    "helpline.web.middleware.StepUpMiddleware",
    "helpline.statistics.middleware.CountVisitsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helpline.web.context.site_context",
                "messaging.context.desk_context",
            ]
        },
    }
]

# Language, time. Instants are kept in UTC; wall-clock time is computed in the installation's own zone.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("pl", "Polski")]
DRAFTED_LANGUAGES = ["cy", "pl"]  # No native speaker has read these yet; their pages say so.
TIME_ZONE, USE_TZ = "Europe/London", True
LOCALE_PATHS = [BASE_DIR / "templates" / "locale"]

# Static files carry their hash in their name, so that an old page never gets a new script.
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = MODE == "embedded"
WHITENOISE_ADD_HEADERS_FUNCTION = static_file_csp
CLIENT_BUILD = BASE_DIR / "messaging" / "static" / "client"

# Cookies exist for staff alone, and only below /desk/: a person's browser never holds one.
DESK_PATH = "/desk/"
SESSION_ENGINE = "helpline.staff.session_store"
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = DESK_PATH
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # Gone with the browser, as the session is.
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "helpline.public.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = False  # The proxy redirects; behind it every request is plain.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = STRICTEST  # The pages that seal and open may run WebAssembly too.

DATA_UPLOAD_MAX_MEMORY_SIZE = 32_768  # PROTOCOL §7: larger bodies are refused before they are read.
FILE_UPLOAD_HANDLERS = ["helpline.web.uploads.RefuseFiles"]

# Sign-in is allauth's: closed to newcomers (an invitation opens it), a second factor always, limits on guesses.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/account/login/"
ACCOUNT_ADAPTER = "helpline.staff.authentication.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER, ACCOUNT_PREVENT_ENUMERATION = False, True
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_ADAPTER = "helpline.staff.authentication.StaffSecondFactors"
ACCOUNT_FORMS, MFA_FORMS = sign_in.ACCOUNT_FORMS, sign_in.MFA_FORMS
MFA_ALLOW_UNVERIFIED_EMAIL = True  # An invitation names the address; no row of allauth's own says that it was verified.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_TOLERANCE = 1  # A code that changed while it was typed still counts.
MFA_TOTP_ISSUER = "Helpline desk"
CACHES = {
    "default": (
        {
            "BACKEND": "helpline.web.caching.Forgiving",
            "LOCATION": BROKER,
            "VERSION": 2,  # What the version before left there is pickled.
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, "serializer": "helpline.web.caching.JsonSerializer"},
        }
        if MODE == "deployed"
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

CRISPY_ALLOWED_TEMPLATE_PACKS, CRISPY_TEMPLATE_PACK = ("helpline",), "helpline"

# Celery only wakes routing; the database is the truth (a lost or doubled task changes nothing).
CELERY_BROKER_URL = BROKER
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # A Redis that is full refuses; the worker connects again, and does not end.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
# A publisher gives up at once: nothing waits for the broker, and the sweeper finds what it missed.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = schedule.broker_transport(BROKER)
CELERY_BEAT_SCHEDULE = schedule.TASKS

SENDS_EMAIL, MAILERS = operating.SENDS_EMAIL, operating.MAILERS

# Logs name no address, no user agent and no query: Django's request logger prints paths, so only errors pass; its security logger prints
# what a stranger wrote (a host, a query) with a traceback for each, which fills the log with theirs, so nothing of it passes.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"messaging": {"level": "INFO"}, "django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}},
}
