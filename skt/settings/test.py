"""Tests: their own servers under var/test; tests/conftest.py fills in addresses before the first query."""

from skt.lokaal.geheimen import PLACEHOLDER
from skt.settings.base import *
from skt.settings.base import MIDDLEWARE, read_databases
from skt.settings.env import read

OMGEVING = "test"

SECRET_KEY = "alleen-voor-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
CONTEXT_KEY = "0123456789abcdef" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = read_databases(fallback=PLACEHOLDER["DATABASE_URL"])
REDIS_URL = read("REDIS_URL", PLACEHOLDER["REDIS_URL"])
# Per process, so that parallel tests don't read each other's.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = REDIS_URL

# Fast instead of strong: the demo and production use Django's default.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise serves collected files; in tests nothing is collected and the live server serves static/ itself.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A wrong password in one test must not lock out another; the tests of the lock turn it on.
AXES_ENABLED = False
