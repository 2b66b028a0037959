#!/usr/bin/env python3
"""Runs the project's commands: `manage.py demo`, `manage.py keys`, `manage.py availability`, and Django's own."""

import os
import sys
from pathlib import Path

# Commands that must work with no installation at all: the root key is made on a machine that never sees a server.
OFFLINE = {"keys", "build_client", "catalogues", "simulate", "manifest", "verify_site", "drill"}
DEMO_DATA = Path(__file__).resolve().parent / ".demo"


def data_folder(arguments):
    """The folder named by --data DIR or --data=DIR, else the demo's own for `demo`, else None."""
    for position, argument in enumerate(arguments):
        if argument == "--data" and position + 1 < len(arguments):
            return Path(arguments[position + 1])
        if argument.startswith("--data="):
            return Path(argument.partition("=")[2])
    return DEMO_DATA if arguments[:1] == ["demo"] else None


def main():
    if sys.version_info < (3, 12):  # noqa: UP036 - an older Python must get a sentence, not a traceback
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            "The helpline needs Python 3.12 or newer, and this is Python " + found + ". "
            "Install a newer one, or let uv do it: pip install uv && uv python install 3.13 && uv run manage.py demo"
        )
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    folder = data_folder(sys.argv[1:])
    if command in OFFLINE:
        os.environ["HELPLINE_MODE"] = "offline"
    elif folder is not None:
        os.environ["HELPLINE_MODE"] = "embedded"
        os.environ["HELPLINE_DATA"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if command == "demo":
        from config.demo.start import prepare_demo

        prepare_demo(sys.argv[2:], folder.resolve())
    from django.core.management import execute_from_command_line

    from config.refusals import end_when_refused

    with end_when_refused():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
