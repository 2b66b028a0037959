"""RFC 9457 problem documents (PROTOCOL §7.1), and the wrapper that turns every failure of an endpoint into one."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from messaging.encoding import ProtocolError

LARGEST_BODY = 32_768
KINDS = {
    "malformed": (400, "The request is not as it should be"),
    "not-sealed": (400, "The message is not sealed"),
    "bad-proof": (403, "The signature does not hold"),
    "no-inbox": (403, "There is no such inbox"),
    "not-allowed": (403, "This is not yours to do"),
    "not-yours": (403, "Another counsellor has this conversation"),
    "session": (401, "The session has ended"),
    "not-found": (404, "There is nothing here"),
    "wrong-method": (405, "This address does not take that method"),
    "conflict": (409, "Another message came first"),
    "epoch-changed": (409, "The desk has a new key"),
    "opening-exists": (409, "This conversation is already open under the desk's key"),
    "opening-missing": (409, "This conversation is not open under the desk's key"),
    "inbox-exists": (409, "This inbox already stands"),
    "taken": (409, "Somebody else was first"),
    "not-certified": (409, "There is no certificate in force"),
    "already-certified": (409, "There is a certificate in force"),
    "too-large": (413, "The request is too large"),
    "too-many": (429, "Too many messages wait for an answer"),
    "closed": (503, "No message can be taken now"),
}


class Problem(Exception):
    """A refusal that the other side is told about; raised anywhere below an endpoint."""

    def __init__(self, name: str, detail: str = "", **extra: object) -> None:
        super().__init__(name)
        self.name, self.detail, self.extra = name, detail, extra

    def response(self) -> JsonResponse:
        status, title = KINDS[self.name]
        body = {"type": f"/problems/{self.name}", "title": title, "status": status, "detail": self.detail or f"{title}.", **self.extra}
        return JsonResponse(body, status=status, content_type="application/problem+json")


def answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status)


View = Callable[..., HttpResponse]


def endpoint(**methods: View) -> View:
    """One address of the interface: a view by method; every failure becomes a problem document, nothing is ever cached."""

    @functools.wraps(next(iter(methods.values())))
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            handler = methods.get(request.method or "")
            if handler is None:
                raise Problem("wrong-method", "This address takes " + ", ".join(methods) + ".")
            response = handler(request, **kwargs)
        except Problem as problem:
            response = problem.response()
            if problem.name == "wrong-method":
                response["Allow"] = ", ".join(methods)
        except ProtocolError as error:
            response = Problem("malformed", f"{str(error)[:1].upper()}{str(error)[1:]}.").response()
        except Http404:
            response = Problem("not-found").response()
        response["Cache-Control"] = "no-store"
        return response

    return view


def open_endpoint(**methods: View) -> View:
    """An endpoint of somebody without cookies: nothing to forge a request with."""
    return csrf_exempt(endpoint(**methods))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key twice")
    return content


def read_body(request: HttpRequest, *keys: str) -> dict[str, Any]:
    """The JSON object in the request's body, with exactly these keys.

    Raises:
        Problem: too-large or malformed.
    """
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or len(length) > 9:
        raise Problem("malformed", "The request must say how long it is.")
    if int(length) > LARGEST_BODY:
        raise Problem("too-large", f"At most {LARGEST_BODY} bytes.")
    if request.content_type != "application/json":
        raise Problem("malformed", "The content type must be application/json.")
    try:
        content = json.loads(request.body.decode("utf-8"), object_pairs_hook=_object)
    except (RequestDataTooBig, UnreadablePostError) as error:
        raise Problem("too-large") from error
    except (ValueError, RecursionError) as error:
        raise Problem("malformed", "The body is not a JSON object.") from error
    if not isinstance(content, dict) or content.keys() != set(keys):
        raise Problem("malformed", "The object must have exactly these keys: " + ", ".join(keys) + "." if keys else "The object must be empty.")
    return content
