"""Draws who imports whom: `uv run python -m tests.house.rooms` prints the rooms of the house, their arrows, floors and circles.

A room is a folder of modules; the modules that lie beside the rooms of an app are one room each. The browser's programs are drawn too.
`--mermaid` prints the same as a Mermaid graph.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

REPOSITORY = Path(__file__).resolve().parents[2]
CLIENT = REPOSITORY / "messaging" / "client" / "src"
APPS = ("config", "helpline", "messaging")
BELOW = 2  # helpline.rota is a room, and helpline.rota.views belongs to it.

type Graph = dict[str, set[str]]


def rooms_of_python() -> Graph:
    """Room -> the rooms that it imports from."""
    found = grimp.build_graph(*APPS, exclude_type_checking_imports=True)
    imports = ((module, other) for module in found.modules for other in found.find_modules_directly_imported_by(module))
    return _graph(((_room(module), _room(other)) for module, other in imports), {_room(module) for module in found.modules})


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] == "config" else ".".join(parts[:BELOW])


def rooms_of_the_client() -> Graph:
    """The same of TypeScript: the folders below messaging/client/src, and the programs that begin there."""
    files = sorted(CLIENT.rglob("*.ts"))
    pairs = ((_place(file), _place(other)) for file in files for other in _imported(file))
    return _graph(pairs, {_place(file) for file in files})


def _place(file: Path) -> str:
    within = file.relative_to(CLIENT)
    return within.as_posix() if within.parent.name in {"", "pages"} else within.parent.as_posix()


def _imported(file: Path) -> Iterator[Path]:
    for name in re.findall(r'from "(\.[^"]+)"', file.read_text("utf-8")):
        other = (file.parent / name).resolve()
        if other.exists():
            yield other


def _graph(pairs: Iterable[tuple[str, str]], rooms: Iterable[str]) -> Graph:
    graph: Graph = {room: set() for room in rooms}
    for one, other in pairs:
        if one != other:
            graph[one].add(other)
    return graph


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Rooms that import each other, straight or by way of others, the first again at the end; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def floors(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """From the ground up: a room stands one floor above the highest that it imports from. The graph has no circle."""
    height: dict[str, int] = {}
    for room in TopologicalSorter(graph).static_order():
        height[room] = 1 + max((height[other] for other in graph[room]), default=-1)
    return [sorted(room for room in graph if height[room] == floor) for floor in range(max(height.values()) + 1)]


def arrows(graph: Mapping[str, set[str]]) -> int:
    return sum(len(others) for others in graph.values())


def _lines(name: str, graph: Graph) -> Iterator[str]:
    found = circle(graph)
    folders = sum(1 for room in graph if (REPOSITORY / room.replace(".", "/")).is_dir() or (CLIENT / room).is_dir())
    yield f"{name}: {len(graph)} rooms ({folders} folders), {arrows(graph)} arrows, {'a circle' if found else 'no circle'}"
    if found:
        yield f"  circle: {' -> '.join(found)}"
    else:
        for height, rooms in reversed(list(enumerate(floors(graph)))):
            yield f"  floor {height}: {', '.join(rooms)}"


def _mermaid(graph: Graph) -> Iterator[str]:
    yield "graph TD"
    for room in sorted(graph):
        yield from (f"    {room} --> {other}" for other in sorted(graph[room]))


def main(arguments: list[str]) -> None:
    for name, graph in (("Python", rooms_of_python()), ("The browser's programs", rooms_of_the_client())):
        print("\n".join(_mermaid(graph) if "--mermaid" in arguments else _lines(name, graph)))  # noqa: T201 - a command's output


if __name__ == "__main__":
    main(sys.argv[1:])
