"""Biome has nothing to say of the browser's programs; a rule that is left out has its reason beside it in client/biome.jsonc."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from messaging.release.build import CLIENT, install, node_path

BIOME = CLIENT / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
LONGEST = 160
ONE_LITERAL = re.compile(
    r"\s*(?:(?:export )?const \w+ = )?"
    r'(?:"(?:[^"\\]|\\.)*"|(?:String\.raw)?`(?:[^`\\]|\\.)*`|/(?:[^/\\]|\\.)*/[a-z]*)'
    r"(?: \+)?[,;)]*"
)
# What must be found when it stands in a file: the rule, the file, its content.
PLANTED = [
    ("noRestrictedImports", "src/protocol/planted.ts", 'export { Problem } from "../transport/index.ts";\n'),
    ("noRestrictedImports", "src/transport/planted.ts", 'export { now } from "../pages/parts/clock.ts";\n'),
    ("noRestrictedImports", "src/pages/parts/planted.ts", 'export { button } from "../desk/dom.ts";\n'),
    ("noRestrictedImports", "src/pages/person/planted.ts", 'export type { DeskPage } from "../desk/page.ts";\n'),
    ("noRestrictedImports", "src/pages/desk/planted.ts", 'export { callUs } from "../person/page.ts";\n'),
    ("noFloatingPromises", "src/protocol/planted.ts", "async function wait(): Promise<void> {}\nwait();\nexport {};\n"),
    ("noImportCycles", "src/pages/desk/page.ts", 'export type { Planted } from "./planted.ts";\n'),
]
CIRCLE = 'import type { DeskPage } from "./page.ts";\nexport type Planted = DeskPage;\n'


def biome(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    install()
    return subprocess.run([node_path(), BIOME, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_every_file_is_formatted_and_the_linter_finds_nothing() -> None:
    done = biome(CLIENT, "ci", "--error-on-warnings")
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def test_what_is_not_formatted_is_found(tmp_path: Path) -> None:
    for name in ("biome.jsonc", "package.json"):
        shutil.copy(CLIENT / name, tmp_path / name)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "planted.ts").write_text("export const planted = 'one'\n")
    assert biome(tmp_path, "ci").returncode == 1


def test_no_line_is_too_long() -> None:
    """The formatter breaks what it can; a sentence, a pattern and a template text that stand alone on a line are whole."""
    sources = [path for room in ("src", "tests") for path in sorted((CLIENT / room).rglob("*.ts"))]
    assert sources
    long = {
        f"{path.relative_to(CLIENT)}:{number}": len(line)
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST and not ONE_LITERAL.fullmatch(line)
    }
    assert not long


@pytest.mark.parametrize(("rule", "file", "content"), PLANTED, ids=[f"{rule} in {file}" for rule, file, _ in PLANTED])
def test_what_is_planted_is_found(tmp_path: Path, rule: str, file: str, content: str) -> None:
    """An arrow up, a circle (of types alone too), and a promise that nobody waits for."""
    shutil.copytree(CLIENT / "src", tmp_path / "src")
    for name in ("biome.jsonc", "package.json"):
        shutil.copy(CLIENT / name, tmp_path / name)
    planted = tmp_path / file
    if rule == "noImportCycles":
        planted.with_name("planted.ts").write_text(CIRCLE)
        content += planted.read_text()
    planted.write_text(content)
    done = biome(tmp_path, "lint", file)
    assert done.returncode == 1
    assert f"/{rule} " in done.stdout + done.stderr
