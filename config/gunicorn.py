"""How gunicorn serves the installation: `gunicorn --config config/gunicorn.py config.wsgi`. No access log: it would hold addresses."""

from config import environment

bind = environment.text("HELPLINE_BIND", "127.0.0.1:8000")
workers = environment.whole("HELPLINE_WEB_WORKERS", 2, 1, 64)
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 10
keepalive = 20
accesslog = None
# Behind the proxy of docker-compose.yml; the application decides itself how many proxies it believes (HELPLINE_TRUSTED_PROXIES).
forwarded_allow_ips = "*"
limit_request_line = 2048
limit_request_fields = 60
