"""Production settings on the tests' own servers, which are fast instead of safe (fsync off)."""

from skt.settings.production import *

OMGEVING = "bijna productie"
