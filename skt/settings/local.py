"""A developer's machine and the demo: manage.py and `make demo` fill the environment before this is read."""

from skt.lokaal.geheimen import PLACEHOLDER, local_secret
from skt.settings.base import *
from skt.settings.base import ALLOWED_HOSTS, VAR_DIR, read_caches, read_databases
from skt.settings.env import read, read_bool

OMGEVING = "lokaal"

DEBUG = read_bool("DEBUG", default=False)
SECRET_KEY = read("SECRET_KEY", local_secret("SECRET_KEY"))
CONTEXT_KEY = read("CONTEXT_KEY", local_secret("CONTEXT_KEY"))
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]

# A command that needs no database runs without one: then this address is never called.
DATABASES = read_databases(fallback=PLACEHOLDER["DATABASE_URL"])
REDIS_URL = read("REDIS_URL", PLACEHOLDER["REDIS_URL"])
CACHES = read_caches(REDIS_URL)
CELERY_BROKER_URL = REDIS_URL

# Plain HTTP on the loopback address, so neither of these can be kept here; production sets both.
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
