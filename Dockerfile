# SKT-loket: one image for the site, the worker, the scheduler and the commands; a second one for the TLS front.
# Images are pinned by version and digest; docs/operatie.md ("Images") tells how to renew them.

FROM python:3.13.15-slim-bookworm@sha256:ed86c82274b3c69b52fb5820f358f0bd7df0b603332063cb5c6e32bd220c3e6e AS bouw
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements/basis.txt /opt/basis.txt
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r /opt/basis.txt
WORKDIR /app
COPY manage.py ./
COPY docker/gunicorn.conf.py docker/gunicorn.conf.py
COPY skt skt
COPY socialekaart socialekaart
COPY intake intake
COPY triage triage
COPY casusregie casusregie
COPY rapportage rapportage
COPY templates templates
COPY static static
ENV SKT_STATIC_ROOT=/app/verzameld
RUN /opt/venv/bin/python -m skt.lokaal.proefproductie collectstatic --noinput \
 && /opt/venv/bin/python -m compileall -q skt socialekaart intake triage casusregie rapportage

FROM python:3.13.15-slim-bookworm@sha256:ed86c82274b3c69b52fb5820f358f0bd7df0b603332063cb5c6e32bd220c3e6e AS site
RUN groupadd --gid 10001 skt && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin skt
COPY --from=bouw /opt/venv /opt/venv
COPY --from=bouw /app /app
RUN mkdir /app/var && chown 10001:10001 /app/var
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=skt.settings.production SKT_STATIC_ROOT=/app/verzameld SKT_VAR_DIR=/app/var
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "docker/gunicorn.conf.py", "skt.wsgi:application"]

FROM caddy:2.11.4-alpine@sha256:6aeddd44c3078b0f9a35206472a11420648a79c184603ef95957d0a20044cb2b AS front
COPY docker/Caddyfile /etc/caddy/Caddyfile
RUN chown -R 1000:1000 /data /config
USER 1000:1000
