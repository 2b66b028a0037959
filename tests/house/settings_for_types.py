"""The settings as mypy's plugin reads them: nothing is set in the environment, nothing is reached."""

import os

os.environ["HELPLINE_MODE"] = "offline"

from config.settings import *  # noqa: F403 - the mode must stand before the settings are read
