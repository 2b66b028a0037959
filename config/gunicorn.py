"""How gunicorn serves the installation: `gunicorn --config config/gunicorn.py config.wsgi`. No access log: it would hold addresses."""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from config import environment
from config.refusals import end_when_refused
from config.web_worker import Worker

# The processes add up what they measured in files of this folder (/metrics reads them); it is gone with the server.
_measured = tempfile.mkdtemp(prefix="helpline-metrics-")
os.environ.update(PROMETHEUS_MULTIPROC_DIR=_measured)

with end_when_refused():
    # First what the application itself asks for, so that there is one list of what is wrong.
    from config import settings

bind = environment.env_text("HELPLINE_BIND", "127.0.0.1:8000")
workers, threads = settings.WEB_WORKERS, settings.WEB_THREADS
worker_class = Worker
# Loaded once and forked: quicker to start, and the processes share what never changes.
preload_app = True
# Nobody steers it from outside, and the image's file system is read-only.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat must not wait for a disk
timeout = 30
# Asked to stop, it takes nothing new and finishes what it has begun; docker-compose.yml waits a little longer.
graceful_timeout = 25
keepalive = 20
accesslog = None
# A request that cannot be read is a warning that names the sender's address.
loglevel = "error"
# Behind the proxy of docker-compose.yml; the application decides itself how many proxies it believes (HELPLINE_TRUSTED_PROXIES).
forwarded_allow_ips = "*"
# gunicorn would believe a header SCRIPT_NAME of whoever asks, and cut it off the path: the proxy and our own middleware would then
# judge another path than the one that is answered.
forwarder_headers = ""
limit_request_line = 2048
limit_request_fields = 60


def when_ready(server: Any) -> None:
    """What is loaded stays: no process looks it through for garbage, which would copy it all, and take half a second at each one's end."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """What a process measured while it lived stays counted."""
    # Only now: at its first import the library looks whether the folder is named.
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(_measured, ignore_errors=True)
