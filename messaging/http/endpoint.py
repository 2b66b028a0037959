"""Makes views endpoints of an interface: JSON in and out, every failure a problem document, nothing cached (PROTOCOL §7)."""

import hashlib
import json
import logging
import traceback
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from helpline.staff.access import View
from messaging.http.fields import Read, exactly
from messaging.http.problems import Problem
from messaging.protocol.encoding import ProtocolError

log = logging.getLogger(__name__)
LARGEST_BODY = 32_768
# An inbox of one or two messages, of about ten, of about sixty; from there by the last.
STEPS = (65_536, 262_144, 1_048_576)


def json_answer(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status)


def json_answer_in_steps(body: dict[str, Any], steps: tuple[int, ...] = STEPS) -> HttpResponse:
    """The answer with spaces after it, up to the next step: its size tells an observer less of how much is in it (PROTOCOL §7.6)."""
    response = JsonResponse(body)
    size = len(response.content)
    step = next((each for each in steps if size <= each), -(-size // steps[-1]) * steps[-1])
    response.content = response.content.ljust(step)
    return response


def json_answer_if_changed(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """The answer with its ETag; 304 and nothing else to a client that already has exactly this answer (RFC 9110 §13.1.2)."""
    response = JsonResponse(body)
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response["ETag"] = tag
    return response


def empty_answer() -> HttpResponse:
    """204: it is done, and there is nothing to say."""
    return HttpResponse(status=204)


def endpoint(**methods: View) -> View:
    """One address: a view by method.

    No middleware checks for forged requests here: a person has no cookie to forge one with, and the desk's interface checks its own (see
    `messaging.http.desk_access`), so that this failure too is a problem document.
    """
    allowed = ", ".join(methods)

    @csrf_exempt
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        handler = methods.get(request.method or "")
        try:
            if handler is None:
                raise Problem("wrong-method", f"This address takes {allowed}.")
            response = handler(request, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever fails, the answer is a problem document
            response = _problem_of(error).response()
            if handler is None:
                response["Allow"] = allowed
        return _finished(response)

    view.methods = frozenset(methods)  # type: ignore[attr-defined]
    return view


def _finished(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    # Django would log the path of each 5xx; a desk without a key is no error, and what is one has been logged, with no path.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, ProtocolError):
        return Problem("malformed", f"{str(error)[:1].upper()}{str(error)[1:]}.", pointer=error.pointer)
    if isinstance(error, RequestDataTooBig):
        return Problem("too-large", f"At most {LARGEST_BODY} bytes.")
    if isinstance(error, BadRequest | MultiPartParserError | UnreadablePostError):
        return Problem("malformed")
    # Where it happened, never what it said: a database's message quotes the values it was given.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in an endpoint\n%s", type(error).__name__, where)
    if isinstance(error, DatabaseError):
        return Problem("unavailable", "Nothing was stored. Try again in a moment.")
    return Problem("failed", "Nothing was stored. Try again. If it keeps happening, use the phone.")


@csrf_exempt
def no_such_endpoint(request: HttpRequest, **_: object) -> HttpResponse:
    """Every other address of the interface."""
    return _finished(Problem("not-found", "This address is not part of the interface.").response())


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key twice")
    return content


def read_json_body(request: HttpRequest, at_most: int = LARGEST_BODY, /, **fields: Read[Any]) -> dict[str, Any]:
    """The JSON object of at most so many bytes in the request's body: exactly these keys, each as its reader makes it of its value.

    Raises:
        Malformed: at the first value that is not as it should be, in this order.
        Problem: too-large (before anything is read), or malformed.
    """
    return parse_json_body(raw_json_body(request, at_most=at_most), **fields)


def raw_json_body(request: HttpRequest, *, at_most: int = LARGEST_BODY) -> bytes:
    """The bytes of a body of JSON, not looked at yet.

    Raises:
        Problem: too-large (before anything is read), or malformed.
    """
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdecimal() and len(length) < 10):
        raise Problem("malformed", "The request must say how long it is.")
    if int(length) > at_most:
        raise Problem("too-large", f"At most {at_most} bytes.")
    if request.content_type != "application/json":
        raise Problem("malformed", "The content type must be application/json.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem("malformed", "The body must not be compressed.")
    try:
        return request.read(int(length))
    except UnreadablePostError as error:
        raise Problem("malformed", "The request ended too soon.") from error


def parse_json_body(body: bytes, /, **fields: Read[Any]) -> dict[str, Any]:
    """As `read_json_body`, of bytes.

    Raises:
        Malformed; Problem: malformed, for what is no JSON.
    """
    try:
        content = json.loads(body.decode("utf-8"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise Problem("malformed", "The body is not a JSON object.") from error
    return exactly(**fields)(content)
