"""What Django itself costs: one view, JSON in, one row, 201; no middleware. gunicorn serves it: `tests.bench.bare_view:application`."""

import json

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config import environment

INSERT = "INSERT INTO bare_message (body) VALUES (%s) RETURNING id"

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["localhost"],
        DATABASES={"default": environment.env_database("HELPLINE_DATABASE_URL")},
        ROOT_URLCONF=__name__,
        SECRET_KEY=environment.env_text("HELPLINE_SECRET_KEY"),
    )
    django.setup()


def keep(request: HttpRequest) -> JsonResponse:
    """Reads the JSON and keeps the bytes."""
    fields = len(json.loads(request.body))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.body])
        row = cursor.fetchone()
    response = JsonResponse({"id": row[0] if row else None, "fields": fields}, status=201)
    response.headers["Content-Length"] = str(len(response.content))
    return response


urlpatterns = [path("api/v1/messages", keep)]
application = get_wsgi_application()
