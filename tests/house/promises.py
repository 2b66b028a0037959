"""What no file of the product may say, looked for in its syntax: each rule takes a text and tells the lines that break it."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

ROOMS = ("config", "helpline", "messaging")
Rule = Callable[[str], list[int]]

REACHES = {"socket", "http.client", "urllib.request", "smtplib", "ftplib", "imaplib", "poplib", "xmlrpc", "asyncio", "ssl"}
REACHES |= {"requests", "httpx", "aiohttp", "urllib3", "websockets"}
REACHING_NAMES = {("redis", "Redis"), ("redis", "from_url"), ("django.core.mail", "send_mail"), ("django.core.mail", "EmailMessage")}
REACHING_NAMES |= {
    ("django.core.mail", "EmailMultiAlternatives"),
    ("django.core.mail", "get_connection"),
    ("django.core.mail", "mail_admins"),
}


# Every rule reads a text before the next text comes (`broken_by`): of one text it is all kept.
@lru_cache(maxsize=1)
def _nodes(text: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text)))


@lru_cache(maxsize=1)
def _all_calls(text: str) -> list[tuple[ast.Call, str]]:
    return [(node, ast.unparse(node.func)) for node in _nodes(text) if isinstance(node, ast.Call)]


def _calls(text: str, *names: str) -> Iterator[ast.Call]:
    """Every call of a function or method of one of these names; written with its module where a plain word is too common."""
    for node, called in _all_calls(text):
        if called in names or any("." not in name and called.endswith(f".{name}") for name in names):
            yield node


def _imports(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, module, and the name taken from it, which is empty where the whole module is."""
    for node in _nodes(text):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, node.module, each.name) for each in node.names)


def _imported(*modules: str) -> Rule:
    def rule(text: str) -> list[int]:
        wanted = set(modules)
        return [line for line, module, name in _imports(text) if {module, module.split(".")[0], f"{module}.{name}"} & wanted]

    return rule


def code(text: str) -> list[int]:
    """Text that is run."""
    return [call.lineno for call in _calls(text, "importlib.import_module", "builtins.eval", "builtins.exec")] + [
        node.lineno
        for node in _nodes(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec", "compile", "__import__"}
    ]


def safe(text: str) -> list[int]:
    """Something that is not written there, and goes into a page as it is."""
    calls = _calls(text, "mark_safe", "SafeString", "SafeText")
    return [call.lineno for call in calls if not all(isinstance(each, ast.Constant) for each in call.args)]


def _made_up(node: ast.expr) -> bool:
    """Whether a text is put together here from what is not written here."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(each, ast.FormattedValue) for each in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return not (isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join", "replace"}


def sql(text: str) -> list[int]:
    """A statement whose text is put together, instead of one with places and values."""
    calls = _calls(text, "execute", "executemany", "raw", "RawSQL", "RunSQL", "extra")
    return [call.lineno for call in calls if any(_made_up(each) for each in call.args[:1])]


def markup(text: str) -> list[int]:
    """format_html with a form that is not written there: what is in it would not be escaped."""
    return [
        call.lineno
        for call in _calls(text, "format_html", "format_html_join")
        if not call.args or not all(isinstance(each, ast.Constant) for each in call.args[: 2 if "join" in ast.unparse(call.func) else 1])
    ]


def shell(text: str) -> list[int]:
    """A command that a shell reads."""
    calls = [call.lineno for call in _calls(text, "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput")]
    with_shell = [node for node in _nodes(text) if isinstance(node, ast.keyword) and node.arg == "shell"]
    return calls + [node.lineno for node in with_shell if not (isinstance(node.value, ast.Constant) and node.value.value is False)]


def unchecked(text: str) -> list[int]:
    """A connection that trusts whoever answers."""
    loose = [node for node in _nodes(text) if isinstance(node, ast.keyword) and node.arg == "verify"]
    calls = [call.lineno for call in _calls(text, "_create_unverified_context")]
    return calls + [node.lineno for node in loose if isinstance(node.value, ast.Constant) and node.value.value is False]


def _written(pattern: str) -> Rule:
    wanted = re.compile(pattern)
    return lambda text: [text.count("\n", 0, found.start()) + 1 for found in wanted.finditer(text)]


PYTHON: dict[str, Rule] = {
    "SQL is never put together": sql,
    "format_html has its form written there": markup,
    "no shell reads a command": shell,
    "nothing is trusted unchecked": unchecked,
    "no text becomes code": code,
    "no object is made from bytes": _imported("pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"),
    "a page escapes what it shows": safe,
    "forged forms are looked for": _imported("django.views.decorators.csrf.csrf_exempt"),
    "no other programme is started": _imported("subprocess"),
    "chance comes from the system": _imported("random"),
}
TEMPLATES: dict[str, Rule] = {
    "what a template shows is escaped": _written(r"\|\s*safe(seq)?\b|autoescape\s+off"),
    "no template has a script or a style in it": _written(r"<script(?![^>]*\bsrc=)|\s(on[a-z]+|style|srcdoc)=|(?i:javascript:)"),
}
SCRIPTS: dict[str, Rule] = {
    "no text becomes markup": _written(
        r"\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|DOMParser"
    ),
    "no text becomes code in a browser": _written(r"\beval\(|new Function\b|set(Timeout|Interval)\(\s*[\"'`]|javascript:"),
    "nothing is kept by a browser": _written(r"\b(localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open)\b"),
    "chance comes from the browser's own source": _written(r"Math\.random"),
    "no other window is spoken to": _written(r"\.postMessage\(|window\.open\("),
}


def outgoing(root: Path) -> list[Path]:
    """Every module of the product that takes in what could open a connection."""
    found = []
    for path in python_of(root):
        for _, module, name in _imports(path.read_text()):
            if module in REACHES or f"{module}.{name}" in REACHES or (module, name) in REACHING_NAMES or (module == "redis" and not name):
                found.append(path)
                break
    return found


def python_of(root: Path) -> list[Path]:
    return sorted(path for room in ROOMS for path in (root / room).rglob("*.py") if "node_modules" not in path.parts)


def templates_of(root: Path) -> list[Path]:
    return sorted((root / "templates").rglob("*.html"))


def scripts_of(root: Path) -> list[Path]:
    return sorted((root / "messaging" / "client" / "src").rglob("*.ts"))


def broken_by(rules: Iterable[tuple[str, Rule, list[Path]]]) -> dict[str, dict[Path, list[int]]]:
    """Of each rule the files that break it, with the lines."""
    named = list(rules)
    broken: dict[str, dict[Path, list[int]]] = {name: {} for name, _, _ in named}
    for path in sorted({path for _, _, paths in named for path in paths}):
        text = path.read_text()
        for name, rule, paths in named:
            if path in paths and (lines := rule(text)):
                broken[name][path] = lines
    return broken
