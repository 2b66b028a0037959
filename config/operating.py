"""Settings for the people who run the installation: when a message costs work, who is told and how, who may measure.

config/settings.py takes them all.
"""

from config import environment
from config.refusals import say_refusal

# Under load a message costs its sender's device some work (PROTOCOL §7.10): from so many requests in ten seconds, and while so many wait.
FLOOD_FROM = environment.env_whole_number("HELPLINE_FLOOD_FROM", 50, 1, 10**6)
FLOOD_QUEUE = environment.env_whole_number("HELPLINE_FLOOD_QUEUE", 1_000, 1, 10**6)

# The web server's processes (config/gunicorn.py) and each one's threads. Eight are what docker-compose.yml's memory bears, and more than
# its one core can use. Each thread keeps a connection to the database, and so do two that no request has.
WEB_WORKERS, WEB_THREADS = environment.env_whole_number("HELPLINE_WEB_WORKERS", 2, 1, 8), 4

# Who is told besides the leads and admins that asked for it, when something of the service must be done.
ALERT_EMAIL = environment.env_optional("HELPLINE_ALERT_EMAIL")

# Whoever bears it may read /metrics; without one there is no such page.
METRICS_TOKEN = environment.env_bearer("HELPLINE_METRICS_TOKEN")

# Signs the tickets with which pages come to the hub, and names its rooms; without one there is no hub, and pages ask by themselves.
LIVE_KEY = environment.env_bearer("HELPLINE_LIVE_KEY")

# Where the web processes ask the hub for its sums, such as live:8000; without it the status page says only whether it is there.
LIVE_UPSTREAM = environment.env_optional("HELPLINE_LIVE_UPSTREAM")

# Where anyone may read the programme that runs here, as its licence (AGPL, section 13) has it; the site links there.
SOURCE = environment.env_link("HELPLINE_SOURCE")

# Email is for staff alone: invitations, and notices about the rota. No host: nothing is sent, and the desk's pages show it all.
# "starttls" is refused to a server that cannot encrypt, and both to one whose certificate is not for its name.
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_host, _security = (
    environment.env_optional("HELPLINE_EMAIL_HOST"),
    environment.env_choice("HELPLINE_EMAIL_SECURITY", tuple(_PORTS), "starttls"),
)
_user, _password = environment.env_ascii("HELPLINE_EMAIL_USER"), environment.env_ascii("HELPLINE_EMAIL_PASSWORD")
if _password and _security == "none":
    say_refusal("HELPLINE_EMAIL_PASSWORD would be sent in the clear: HELPLINE_EMAIL_SECURITY must be starttls or tls.")
SENDS_EMAIL = bool(_host)
_smtp = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": _host,
        "port": environment.env_whole_number("HELPLINE_EMAIL_PORT", _PORTS[_security], 1, 65_535),
        "username": _user,
        "password": _password,
        "use_tls": _security == "starttls",
        "use_ssl": _security == "tls",
        "timeout": 20,
    },
}
MAILERS = {"default": _smtp if SENDS_EMAIL else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
