"""A name in a log lets a reader guess its file: views, tasks and interfaces are named alike, and no two modules share a name."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.house.tools import files
from tests.parts.environment import REPOSITORY

ROOMS = ("config", "helpline", "messaging")
NOT_OURS = {"account", "admin"}  # allauth's views, and Django's.
LEAST = 50  # Of each kind there are at least so many, so that a check which finds none fails.


def modules(*names: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files():
        room, *_ = path.relative_to(REPOSITORY).parts
        if room in ROOMS and path.suffix == ".py" and "migrations" not in path.parts and (not names or path.name in names):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def addresses() -> list[ast.Call]:
    trees = [tree for _, tree in modules("urls.py", "desk_urls.py")]
    return [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "path"
    ]


def test_a_view_is_called_a_view() -> None:
    views = [call.args[1] for call in addresses() if isinstance(call.args[1], ast.Attribute)]
    own = [ast.unparse(view) for view in views if ast.unparse(view).split(".")[0] not in NOT_OURS]
    assert len(own) > LEAST
    assert [name for name in own if not name.endswith("_view")] == []


def test_a_function_of_an_interface_begins_with_its_method() -> None:
    answers = [call.args[1] for call in addresses() if isinstance(call.args[1], ast.Call) and ast.unparse(call.args[1].func) == "endpoint"]
    methods = [(each.arg, ast.unparse(each.value).split(".")[-1]) for answer in answers for each in answer.keywords]
    assert len(methods) > 40
    assert [(method, name) for method, name in methods if not name.startswith(f"{str(method).lower()}_")] == []


def test_a_task_is_called_a_task() -> None:
    tasks = [
        node.name
        for _, tree in modules("tasks.py")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any("shared_task" in ast.unparse(each) for each in node.decorator_list)
    ]
    assert len(tasks) > 10
    assert [name for name in tasks if not name.endswith("_task")] == []


def test_no_two_modules_have_a_function_of_the_same_name() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for path, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                where[node.name].append(str(path.relative_to(REPOSITORY)))
    assert len(where) > LEAST
    assert {name: places for name, places in where.items() if len(places) > 1} == {}
