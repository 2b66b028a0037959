"""Reading prose: the sentences of a document, the docstrings of a module, and the words that docs/style.md replaces."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

STYLE = Path(__file__).parents[2] / "docs" / "style.md"
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
# What is quoted is not our prose: code, words of a page, an address.
QUOTED = re.compile(r"`[^`\n]*`|“[^”]*”|\]\([^)]*\)|<[^>\n]+>")
END = re.compile(r"(?<=[.!?])[)”\"]?\s+|(?<=[:;])\s+(?=[“\"(A-Z])")


def instead(heading: str = "Usual words") -> dict[str, str]:
    """Returns every expression that a list of the style page replaces, and what to write."""
    part = STYLE.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", part, re.MULTILINE)[1:]
    return {word.strip(): good.strip() for good, bad in rows for word in bad.split(",")}


def paragraphs(markdown: str) -> Iterator[str]:
    """Each paragraph, item and cell of a document on one line, without code and quotations."""
    text = QUOTED.sub("X", BLOCK.sub("", markdown))
    for part in re.split(r"\n\s*\n|^\s*(?:[-*]|\d+\.)\s+|^#+ .*$|\|", text, flags=re.MULTILINE):
        if line := " ".join(part.split()):
            yield line


def sentences(markdown: str) -> Iterator[str]:
    """Every sentence; what follows a colon or a semicolon with a capital is one of its own."""
    for paragraph in paragraphs(markdown):
        yield from END.split(paragraph)


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each docstring, without code and quotations."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), " ".join(QUOTED.sub("X", text).split())


def unusual(text: str, words: dict[str, str]) -> list[str]:
    """The expressions of the list that stand in a text."""
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE)]
