"""How gunicorn serves the installation: `gunicorn --config config/gunicorn.py config.wsgi`. No access log: it would hold addresses."""

from pathlib import Path

from config import environment

bind = environment.text("HELPLINE_BIND", "127.0.0.1:8000")
workers = environment.whole("HELPLINE_WEB_WORKERS", 2, 1, 64)
worker_class = "gthread"
threads = 4
# Loaded once and forked: quicker to start, and the processes share what never changes.
preload_app = True
# Nobody steers it from outside, and the image's file system is read-only.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat must not wait for a disk
timeout = 30
graceful_timeout = 10
keepalive = 20
accesslog = None
# A request that cannot be read is a warning that names the sender's address.
loglevel = "error"
# Behind the proxy of docker-compose.yml; the application decides itself how many proxies it believes (HELPLINE_TRUSTED_PROXIES).
forwarded_allow_ips = "*"
limit_request_line = 2048
limit_request_fields = 60
