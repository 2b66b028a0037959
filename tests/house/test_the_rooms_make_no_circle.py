"""No two rooms import each other, on the server or in the browser, and no room beside the others grows into a heap."""

from tests.house.rooms import APPS, REPOSITORY, circle, floors, rooms_of_python, rooms_of_the_client

MOST_LOOSE = 10


def test_there_is_no_circle() -> None:
    assert circle(rooms_of_python()) == []
    assert circle(rooms_of_the_client()) == []


def test_a_circle_is_noticed() -> None:
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def test_a_room_stands_above_what_it_imports_from() -> None:
    assert floors({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == [["c"], ["b"], ["a"]]


def test_few_modules_lie_beside_the_rooms() -> None:
    for app in APPS[1:]:
        loose = [path.stem for path in (REPOSITORY / app).glob("*.py") if path.stem != "__init__"]
        assert len(loose) <= MOST_LOOSE, sorted(loose)
