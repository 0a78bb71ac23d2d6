"""Settings that hold everywhere.

What differs per place comes from the environment, through local, test and production.
"""

from pathlib import Path
from typing import Any

from celery.schedules import crontab

from skt.settings.env import parse_database_url, read, read_int, read_list

BASE_DIR = Path(__file__).resolve().parents[2]
# What the running product may write: scheduler state and, on a developer's machine, the embedded services.
VAR_DIR = Path(read("SKT_VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = read_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = read_list("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "skt.lokaal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "crispy_forms",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "skt.medewerkers",
    "skt.inwoners",
    "skt.verantwoording",
    "skt.autorisatie",
    "skt.termijnen",
    "skt.web",
    "socialekaart",
    "intake",
    "triage",
    "casusregie",
    "rapportage",
    "skt.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Ends an idle or too old session before anything else trusts it.
    "skt.web.middleware.SessieMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    # Innermost: opens the transaction of the request and says who is acting in it.
    "skt.web.middleware.WerkcontextMiddleware",
]

ROOT_URLCONF = "skt.urls"
WSGI_APPLICATION = "skt.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        # django-template-partials replaces this by its own loader around the same two loaders, cached.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "skt.web.navigatie.navigatie",
            ],
        },
    },
]

# Databases: one database, four roles. Only `eigenaar` migrates (skt.lokaal.router).
DATABASE_VARIABLES = {
    "default": "DATABASE_URL",
    "eigenaar": "DATABASE_URL_EIGENAAR",
    "rapport": "DATABASE_URL_RAPPORT",
    "beleid": "DATABASE_URL_BELEID",
}
DATABASE_ROUTERS = ["skt.lokaal.router.EigenaarMigreert"]


def read_databases(fallback: str | None = None) -> dict[str, Any]:
    """Return DATABASES from the environment.

    `default` is needed everywhere. A process that was not given the address of another role (web and worker
    have no use for the owner's password) gets `fallback`, or an address at which nothing answers.
    """
    nowhere = "postgres://{user}:@127.0.0.1:1/skt"
    databases: dict[str, Any] = {}
    for alias, name in DATABASE_VARIABLES.items():
        absent = fallback if alias == "default" else fallback or nowhere.format(user=f"skt_{alias}")
        databases[alias] = {
            **parse_database_url(read(name, absent), name=name),
            # Kept open between requests, and checked before use: PostgreSQL may have been restarted
            # meanwhile.
            "CONN_MAX_AGE": read_int("SKT_DB_CONN_MAX_AGE", default=60, minimum=0)
            if alias == "default"
            else 0,
            "CONN_HEALTH_CHECKS": True,
            # Our own middleware opens the transaction, so that it can say who is acting (skt.web.middleware).
            "ATOMIC_REQUESTS": False,
        }
    return databases


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language, place and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "NL"

# Keys of fields at rest (skt.inwoners.versleuteling): Fernet keys, newest first. Outside production one is derived.
VELDSLEUTELS: list[str] = read_list("VELDSLEUTELS")

# Who may come in
AUTH_USER_MODEL = "medewerkers.Medewerker"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# How many trusted fronts add an address to X-Forwarded-For; 0: none, so nothing in that header is believed.
SKT_PROXIES = read_int("SKT_PROXIES", default=0, minimum=0)

# django-axes: five wrong passwords for one account from one place lock that pair for fifteen minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "skt.web.middleware.client_address"
AXES_VERBOSE = False

# django-guardian: queried only by skt.autorisatie, so it adds no anonymous user and no methods to Medewerker.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

# Sessions live in the database, so that a restart of Valkey logs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "skt_sessie"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SKT_SESSIE_INACTIEF_MINUTEN = read_int("SKT_SESSIE_INACTIEF_MINUTEN", default=15)
SKT_SESSIE_MAXIMUM_UREN = read_int("SKT_SESSIE_MAXIMUM_UREN", default=12)
SESSION_COOKIE_AGE = SKT_SESSIE_MAXIMUM_UREN * 3600
CSRF_COOKIE_NAME = "skt_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "skt.web.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with our pages
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
# A form with all eight leefgebieden stays far below both.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Forms and static files
CRISPY_ALLOWED_TEMPLATE_PACKS = ("skt",)
CRISPY_TEMPLATE_PACK = "skt"
STATIC_URL = "/static/"
STATIC_ROOT = Path(read("SKT_STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "bestanden"

# Valkey (Redis protocol): queue and cache, never the only copy of anything.
REDIS_TIMEOUT_SECONDS = 3


def read_caches(redis_url: str) -> dict[str, Any]:
    """Return CACHES on Valkey; a Valkey that doesn't answer fails within REDIS_TIMEOUT_SECONDS."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "skt",
            "OPTIONS": {
                "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
                "socket_timeout": REDIS_TIMEOUT_SECONDS,
            },
        }
    }


# Celery (namespace CELERY_, skt/celery.py)
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A message is delivered again when it isn't confirmed within the visibility timeout: no task may live that
# long.
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schema")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # Confirms the receipt of forms whose own task got lost; mostly finds nothing to do.
    "intake-confirm-forms": {
        "task": "intake.send_ontvangstbevestigingen",
        "schedule": crontab(minute="*/10"),
    },
    # Closes the figures of the month before, from SKT_SLUITWERKDAG on; on other days it finds nothing to do.
    "rapportage-close-month": {
        "task": "rapportage.close_month",
        "schedule": crontab(hour=4, minute=30),
    },
    # For a report whose message or worker was lost; mostly finds nothing to do.
    "rapportage-resume-raadsrapporten": {
        "task": "rapportage.resume_raadsrapporten",
        "schedule": crontab(minute=20),
    },
    # In the evening before a placement ends, and in the morning for what a standstill left behind.
    "casusregie-keep-responsible": {
        "task": "casusregie.keep_responsible",
        "schedule": crontab(hour="5,23", minute=15),
    },
    # On werkdagen, from the hour that each medewerker chose: how many terms are over or nearly, never about whom.
    "termijnen-send-berichten": {
        "task": "termijnen.send_berichten",
        "schedule": crontab(hour="6-21", minute=10),
    },
    # Overleggen of a series, twelve weeks ahead; mostly finds nothing to do.
    "triage-plan-overleggen": {
        "task": "triage.plan_overleggen",
        "schedule": crontab(hour=4, minute=40),
    },
    # The people on a closed outreach list, and drafts that ended a month ago.
    "intake-wipe-what-is-due": {
        "task": "intake.wipe_what_is_due",
        "schedule": crontab(hour=5, minute=5),
    },
    # A half-typed triage of what is no longer weighed.
    "triage-wipe-what-is-due": {
        "task": "triage.wipe_what_is_due",
        "schedule": crontab(hour=5, minute=10),
    },
    # The file of an old loket list that nobody carried out doesn't stay.
    "intake-forget-loketlijsten": {
        "task": "intake.forget_loketlijsten",
        "schedule": crontab(hour=4, minute=50),
    },
}

# The municipality as residents meet it: on the public form and in the mail that confirms it.
SKT_GEMEENTE = read("SKT_GEMEENTE", "Wassenaar")
SKT_LOKET_TELEFOON = read("SKT_LOKET_TELEFOON", "070-555 01 00")
SKT_LOKET_UREN = read("SKT_LOKET_UREN", "maandag tot en met vrijdag van 9.00 tot 17.00 uur")
# Within so many werkdagen the loket answers a form; one when it can't wait (own choice, decision 11).
SKT_REACTIE_WERKDAGEN = read_int("SKT_REACTIE_WERKDAGEN", default=2)
# So many forms an hour may come from one address: an office of colleagues shares one.
SKT_FORMULIEREN_PER_UUR = read_int("SKT_FORMULIEREN_PER_UUR", default=10)
# From which werkdag of the new month the figures of the month before are closed by themselves.
SKT_SLUITWERKDAG = read_int("SKT_SLUITWERKDAG", default=3, minimum=1)

# Who publishes the open data, under what licence and where it will stand (`exporteer_open_data`); it describes, it sends nothing.
SKT_OPEN_DATA = {
    "uitgever": read("SKT_OPEN_DATA_UITGEVER", "Gemeente Wassenaar"),
    "uitgever_uri": read(
        "SKT_OPEN_DATA_UITGEVER_URI", "https://identifier.overheid.nl/tooi/id/gemeente/gm0629"
    ),
    "licentie": read(
        "SKT_OPEN_DATA_LICENTIE", "http://publications.europa.eu/resource/authority/licence/CC0"
    ),
    "adres": read("SKT_OPEN_DATA_ADRES", ""),
    "contact": read("SKT_OPEN_DATA_CONTACT", ""),
}

# Mail
DEFAULT_FROM_EMAIL = read("DEFAULT_FROM_EMAIL", "loket@skt.invalid")
EMAIL_TIMEOUT = 10

# From which hour the daily message about terms goes, for who chose none (own choice).
SKT_TERMIJNBERICHT_UUR = read_int("SKT_TERMIJNBERICHT_UUR", default=7)
# Where the site is, as a link in a mail: there is no request to ask. Without a slash at the end.
SKT_ADRES = read("SKT_ADRES", "http://localhost:8000").rstrip("/")

# Logging: to stderr, one line each. Never the body of a request, never a person: who saw and did what is
# kept in skt.verantwoording, in the database.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "regel": {
            "()": "skt.lokaal.logregel.RegelFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "regel"},
    },
    "root": {"handlers": ["stderr"], "level": read("SKT_LOGNIVEAU", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # SQL carries what people wrote; it is never logged, not even with DEBUG.
        "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": False},
        # Axes names the account and the address that failed; it keeps those in its own table.
        "axes": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}

SILENCED_SYSTEM_CHECKS = [
    # guardian wants its backend in AUTHENTICATION_BACKENDS. Our Rules query its tables themselves
    # (skt.autorisatie); a second road to a permission would not be held by row-level security.
    "guardian.W001",
]
