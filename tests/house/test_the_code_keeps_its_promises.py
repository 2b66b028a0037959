"""Nothing in the product puts SQL, markup or commands together, runs text, or looks away; and ruff's rules about safety are on."""

import re
from itertools import chain
from pathlib import Path

import pytest

from config.celery import app
from messaging.release.verify.attributes import DATA
from tests.house.promises import PYTHON, SCRIPTS, TEMPLATES, Rule, broken_by, python_of, scripts_of, templates_of
from tests.house.tools import run
from tests.parts.environment import REPOSITORY

RULES: dict[str, tuple[Rule, list[Path]]] = {
    **{name: (rule, python_of(REPOSITORY)) for name, rule in PYTHON.items()},
    **{name: (rule, templates_of(REPOSITORY)) for name, rule in TEMPLATES.items()},
    **{name: (rule, scripts_of(REPOSITORY)) for name, rule in SCRIPTS.items()},
}
PLACES = "as many places as there are rows, each %s; nothing else goes in"
# Where a rule may be broken, and why that is safe there.
EXCEPTIONS: dict[str, dict[str, str]] = {
    "SQL is never put together": {
        "helpline/statistics/store.py": PLACES,
        "messaging/models/assign.py": PLACES,
        "messaging/reports/record.py": PLACES,
    },
    "a page escapes what it shows": {
        "helpline/templatetags/hours.py": "JSON for machines, with what could end the element escaped",
        "helpline/templatetags/reading.py": "Markdown, made safe twice",
    },
    "forged forms are looked for": {
        "messaging/http/endpoint.py": "a person has no cookie; the desk's interface asks for the token itself",
        "helpline/public/adverts.py": "there is no cookie",
    },
    "no other programme is started": {
        "helpline/rota/plan_solver.py": "its own module, so that no web process loads the solver: numbers go in and come out",
        "messaging/release/build.py": "the client's build, on the operator's machine",
        "messaging/release/verify/fetching.py": "node unpacks Brotli and Zstandard for verify_site",
    },
    "chance comes from the system": {
        "messaging/routing/simulation/run.py": "a simulation repeats itself by its seed",
        "messaging/routing/simulation/scenarios.py": "the same",
        "messaging/routing/simulation/live.py": "the same",
    },
    "what a template shows is escaped": {
        "templates/mfa/totp/activate_form.html": "a drawing that helpline/staff/authentication.py made",
    },
    "no template has a script or a style in it": {
        "templates/admin/helpline/page/change_form.html": "a preview in a frame that runs nothing",
    },
    "nothing is kept by a browser": {
        "messaging/client/src/pages/desk/drafts.ts": "what a counsellor typed, sealed under the vault's key; below /desk/ alone",
        "messaging/client/src/pages/desk/shortcuts.ts": "whether a counsellor switched the keys off; below /desk/ alone",
    },
}
# What each rule must find, one line each.
PLANTED: dict[str, list[str]] = {
    "SQL is never put together": [
        'cursor.execute(f"SELECT {name} FROM t")',
        'cursor.execute("SELECT * FROM t WHERE a = %s" % name)',
        'Row.objects.raw("SELECT " + name)',
        'RawSQL("{}".format(name), [])',
    ],
    "format_html has its form written there": ["format_html(name)", 'format_html(f"<b>{name}</b>")', 'html.format_html("<b>" + name)'],
    "no shell reads a command": ["subprocess.run(name, shell=True)", "os.system(name)", "subprocess.Popen(name, shell=on)"],
    "nothing is trusted unchecked": ["fetch(name, verify=False)", "ssl._create_unverified_context()"],
    "no text becomes code": ["eval(name)", "exec(name)", "__import__(name)", "importlib.import_module(name)"],
    "no object is made from bytes": ["import pickle", "from marshal import loads", "import yaml"],
    "a page escapes what it shows": ["mark_safe(name)", 'safestring.SafeString(f"<b>{name}</b>")'],
    "forged forms are looked for": ["from django.views.decorators.csrf import csrf_exempt"],
    "no other programme is started": ["import subprocess", "from subprocess import run"],
    "chance comes from the system": ["import random", "from random import choice"],
    "what a template shows is escaped": ["{{ name|safe }}", "{{ name | safe }}", "{% autoescape off %}", "{{ names|safeseq }}"],
    "no template has a script or a style in it": [
        "<script>x</script>",
        '<p onclick="x">',
        '<p style="x">',
        '<a href="JavaScript:x">',
        '<iframe srcdoc="x">',
    ],
    "no text becomes markup": ["node.innerHTML = name;", "node.insertAdjacentHTML('beforeend', name);", "document.write(name);"],
    "no text becomes code in a browser": ["eval(name);", "new Function(name);", 'setTimeout("x", 1);'],
    "nothing is kept by a browser": ["localStorage.setItem(name, name);", "document.cookie = name;", "indexedDB.open(name);"],
    "chance comes from the browser's own source": ["Math.random();"],
    "no other window is spoken to": ["parent.postMessage(name);", "window.open(name);"],
}


@pytest.fixture(scope="module")
def all_broken() -> dict[str, dict[Path, list[int]]]:
    return broken_by((name, rule, paths) for name, (rule, paths) in RULES.items())


@pytest.mark.parametrize("name", RULES)
def test_no_file_breaks_it(name: str, all_broken: dict[str, dict[Path, list[int]]]) -> None:
    assert RULES[name][1]
    broken = {str(path.relative_to(REPOSITORY)): lines for path, lines in all_broken[name].items()}
    # An exception that nothing needs any more is taken away again.
    assert set(broken) == set(EXCEPTIONS.get(name, {})), broken


def test_every_rule_finds_what_is_planted() -> None:
    assert set(PLANTED) == set(RULES)
    for name, lines in PLANTED.items():
        for line in lines:
            assert RULES[name][0](line), f"{name} does not see {line}"


def test_every_exception_has_its_reason() -> None:
    assert set(EXCEPTIONS) <= set(RULES)
    assert all(chain.from_iterable(reasons.values() for reasons in EXCEPTIONS.values()))


def test_no_task_carries_an_object() -> None:
    """Celery would otherwise make objects of whatever lies in the queue."""
    assert set(app.conf.accept_content) == {"json"}
    assert (app.conf.task_serializer, app.conf.event_serializer) == ("json", "json")


def test_ruffs_rules_about_safety_are_on(tmp_path: Path) -> None:
    """flake8-bandit's, which are bandit's own: what each of these lines is told for."""
    planted = {
        "S307": "eval(name)",
        "S602": "subprocess.run(name, shell=True)",
        "S608": 'sql = f"SELECT * FROM t WHERE a = {name}"',
        "S301": "pickle.loads(name)",
        "S324": "hashlib.md5(name)",
        "S308": "mark_safe(name)",
        "S105": 'password = "hunter2hunter2"',
        "S501": "requests.get(name, verify=False)",
    }
    heads = "import hashlib\nimport pickle\nimport subprocess\n\nimport requests\nfrom django.utils.safestring import mark_safe\n\n"
    (tmp_path / "planted.py").write_text(heads + "\n".join(planted.values()) + "\n")
    done = run("ruff", "check", "--output-format=concise", "--config", str(REPOSITORY / "pyproject.toml"), str(tmp_path))
    for rule in planted:
        assert f" {rule} " in done.stdout, done.stdout


def test_whoever_checks_a_site_knows_every_attribute_of_its_public_pages() -> None:
    """Name a new one, with its form, in messaging/release/verify/attributes.py; and ask first whether a script may believe it."""
    places = ("*.html", "pages/**/*.html", "parts/**/*.html", "helpline/**/*.html", "account/login.html")
    pages = [path.read_text(encoding="utf-8") for place in places for path in (REPOSITORY / "templates").glob(place)]
    found = {name for page in pages for name in re.findall(r"[\s\"](data-[a-z0-9_-]+)", page)}
    assert found - DATA.keys() == set()
    assert "data-terms" in found
