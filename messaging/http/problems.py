"""What an endpoint refuses, and how it says so: RFC 9457 problem documents (PROTOCOL §7.1, §8)."""

from django.http import JsonResponse

from helpline.web.problem import SECOND_FACTOR, problem_document

KINDS = {
    "malformed": (400, "The request is not as it should be"),
    "not-sealed": (400, "The message is not sealed"),
    "session": (401, "The session has ended"),
    "bad-proof": (403, "The signature does not hold"),
    "blocked": (403, "This person cannot write for now"),
    "no-inbox": (403, "There is no such inbox"),
    "not-allowed": (403, "This is not yours to do"),
    "not-yours": (403, "This conversation is not yours"),
    "second-factor": SECOND_FACTOR,
    "not-found": (404, "There is nothing here"),
    "wrong-method": (405, "This address does not take that method"),
    "already-certified": (409, "There is a certificate in force"),
    "conflict": (409, "Another message came first"),
    "epoch-changed": (409, "The desk has a new key"),
    "inbox-exists": (409, "This inbox already stands"),
    "not-certified": (409, "There is no certificate in force"),
    "not-told": (409, "The person was not told yet"),
    "opening-exists": (409, "This conversation is open already as often as it may be"),
    "opening-missing": (409, "This conversation is not open under the desk's key"),
    "taken": (409, "Somebody else was first"),
    "too-large": (413, "The request is too large"),
    "too-fast": (429, "Too much was asked in a short time"),
    "too-many": (429, "Too many messages wait for an answer"),
    "work-wanted": (429, "We are receiving many messages at the moment"),
    "failed": (500, "Something went wrong here"),
    "live-unavailable": (503, "Nothing is told at once just now"),
    "closed": (503, "No message can be taken now"),
    "unavailable": (503, "The service is away for a moment"),
}


class Problem(Exception):
    """A refusal that the other side is told about; raised anywhere below an endpoint, before anything was changed."""

    def __init__(self, name: str, detail: str = "", **extra: object) -> None:
        super().__init__(name)
        # Every `malformed` says where: empty is the body as a whole.
        self.name, self.extra = name, {"pointer": "", **extra} if name == "malformed" else extra
        self.status, self.title = KINDS[name]
        self.detail = detail or f"{self.title}."

    def response(self) -> JsonResponse:
        document = problem_document(self.name, self.status, self.title, self.detail, **self.extra)
        if "wait" in self.extra:
            document["Retry-After"] = str(self.extra["wait"])
        return document
