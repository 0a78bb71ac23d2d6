"""The WSGI application: `gunicorn skt.wsgi:application`. Doesn't start where its promises would be hollow."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skt.settings.local")

application = get_wsgi_application()

from skt.lokaal.controle import refuse_bad_start

refuse_bad_start()
