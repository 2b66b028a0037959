"""Settings of whoever runs the installation: when a message costs work, who is told, who may measure. settings.py has them all."""

from config import environment

# Under load a message costs its sender's device some work (PROTOCOL §7.10): from so many requests in ten seconds, and while so many wait.
FLOOD_FROM = environment.whole("HELPLINE_FLOOD_FROM", 50, 1, 10**6)
FLOOD_QUEUE = environment.whole("HELPLINE_FLOOD_QUEUE", 1_000, 1, 10**6)

# Who is told besides the leads and admins that asked for it, when something of the service must be done.
ALERT_EMAIL = environment.text("HELPLINE_ALERT_EMAIL", "-").removeprefix("-")

# Whoever bears it may read /metrics; without one there is no such page.
METRICS_TOKEN = environment.bearer("HELPLINE_METRICS_TOKEN")

# Where anybody may read the programme that runs here, as its licence (AGPL, section 13) has it; the site links there.
SOURCE = environment.link("HELPLINE_SOURCE")
