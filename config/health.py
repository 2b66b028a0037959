"""Asks this container's web server how it is, as docker-compose.yml's health check: `python -m config.health /health/ready`.

Ends with 0 when the answer is 200. The Host is the installation's own, because the application answers to no other.
"""

import http.client
import sys
from urllib.parse import urlsplit

from config import environment
from config.refusals import end_when_refused

SECONDS = 4


def health_status(path: str) -> int:
    """The status of the answer at HELPLINE_BIND.

    Raises:
        OSError: nobody listens, or nothing came in time.
        http.client.HTTPException: the answer is none.
    """
    port = environment.env_text("HELPLINE_BIND", "127.0.0.1:8000").rpartition(":")[2]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": urlsplit(environment.env_origin("HELPLINE_ORIGIN")).netloc})
        return connection.getresponse().status
    finally:
        connection.close()


def check_health(path: str) -> int:
    """The exit code, with a sentence on the standard error when all is not well."""
    try:
        with end_when_refused():
            status = health_status(path)
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"{path}: no answer ({type(error).__name__}).\n")
        return 1
    if status != 200:
        sys.stderr.write(f"{path}: {status}.\n")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(check_health(sys.argv[1]))
