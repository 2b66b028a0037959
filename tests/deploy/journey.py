"""docs/operate.md, "Running it for real", at a service that docker compose runs: from an empty database to an answer that is read.

`python -m tests.deploy.journey --origin https://… --service FOLDER --keys FOLDER`: docker-compose.yml is in the one folder, the root's key
and its passphrase in the other. What is clicked is what tests/journeys/test_a_counsellor_joins.py clicks. `--again` only opens the thread
once more.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ |= {"HELPLINE_MODE": "offline", "DJANGO_SETTINGS_MODULE": "config.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}

import django

django.setup()

from playwright.sync_api import Browser, expect, sync_playwright  # noqa: E402 - Django's models are behind some of these

from tests.parts.browser import ARGUMENTS, DESKTOP, PHONE, Visitor  # noqa: E402
from tests.parts.environment import REPOSITORY  # noqa: E402
from tests.world import from_nothing as joining  # noqa: E402
from tests.world.steps import PATIENCE, begin_to_write, open_inbox, send_first, unseen  # noqa: E402

REPLY = "Thank you for telling us. Tomorrow we can talk about what starts it."
LOOK: Any = unseen


@dataclass
class Installed:
    """The service, its operator's commands, and the folder of the root's keepers."""

    origin: str
    service: Path
    folder: Path

    def keys(self, *arguments: str) -> str:
        """`manage.py keys …` beside the root's key: what it printed."""
        return self._run([sys.executable, str(REPOSITORY / "manage.py"), "keys", *arguments], self.folder)

    def manage(self, *arguments: str, **more: str) -> str:
        """`manage.py …` in the container of the web server."""
        environment = [word for name, value in more.items() for word in ("--env", f"{name}={value}")]
        return self._run(["docker", "compose", "exec", "-T", *environment, "web", "python", "manage.py", *arguments], self.service)

    def _run(self, command: list[str], folder: Path) -> str:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout


def somebody(browser: Browser, place: Installed, name: str, size: tuple[int, int]) -> Visitor:
    # The certificate is of the proxy's own authority, for a name of this machine; whether it holds is asked by curl.
    context = browser.new_context(
        base_url=place.origin, viewport={"width": size[0], "height": size[1]}, locale="en-GB", ignore_https_errors=True
    )
    context.set_default_timeout(PATIENCE * 2)
    return Visitor(name, context, context.new_page(), place.folder / "unused")


def from_nothing(browser: Browser, place: Installed) -> list[str]:
    """The eight words of whoever wrote."""
    place.manage(
        *("createsuperuser", "--noinput", "--email", joining.ADMIN, "--name", "Alex Reid"),
        DJANGO_SUPERUSER_PASSWORD=joining.ADMINS_PASSWORD,
    )
    place.manage("load_content")
    admin = somebody(browser, place, "the admin", DESKTOP)
    joining.first_sign_in(admin, LOOK)
    joining.describe_the_helpline(admin, LOOK)
    link = joining.invite(admin, LOOK)
    counsellor = somebody(browser, place, "the counsellor", DESKTOP)
    joining.join(counsellor, link, LOOK)
    passphrase, fingerprint = joining.make_vault(counsellor, LOOK)
    joining.certify(place, admin, fingerprint, LOOK)  # type: ignore[arg-type]  # What it needs of an installation is here.
    joining.open_first_epoch(counsellor, passphrase, LOOK)
    person = somebody(browser, place, "the person", PHONE)
    begin_to_write(person, LOOK)
    words = send_first(person.page, joining.TEXT)
    joining.read(counsellor, passphrase, LOOK)
    take = counsellor.page.get_by_role("button", name="Take")
    if take.count():
        take.first.click()
    counsellor.page.get_by_label("Your reply").fill(REPLY)
    counsellor.page.get_by_role("button", name="Send, signed").click()
    expect(counsellor.page.get_by_role("list", name="Messages").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)
    assert person.context.cookies() == []
    return words


def come_back(browser: Browser, place: Installed, words: list[str]) -> None:
    """In another browser: the answer is there."""
    later = somebody(browser, place, "the person, later", PHONE)
    open_inbox(later.page, words)
    expect(later.page.locator("#thread").get_by_text(REPLY)).to_be_visible(timeout=PATIENCE)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--origin", required=True)
    parser.add_argument("--service", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    place, kept = Installed(given.origin, given.service, given.keys), given.keys / "words.json"
    arguments = [argument for argument in ARGUMENTS if not argument.startswith("--host-resolver-rules")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        if not given.again:
            kept.write_text(json.dumps(from_nothing(browser, place)))
        come_back(browser, place, json.loads(kept.read_text()))
        browser.close()


if __name__ == "__main__":
    main()
