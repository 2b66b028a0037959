"""An address that changes something changes nothing when it is only read, as an image or a link in an email would have it read."""

from tests.attack.routes import mutating
from tests.world.person import all_rows
from tests.world.roles import World

# What the forms of all these would send.
LIKE_A_FORM = "confirm=yes&post=yes&action=delete_selected&_selected_action=1&password=a&code=000000&id=1&to=1&doing=types"


def test_no_row_is_changed_by_a_get(world: World) -> None:
    before = all_rows()
    for route, _, role in mutating():
        address = f"{world.address(route)}?{LIKE_A_FORM}"
        answer = world.clients[role].get(address, headers={"X-HTTP-Method-Override": "POST"})
        assert answer.status_code < 500, route
    assert all_rows() == before


def test_no_session_ends_by_a_get(world: World) -> None:
    for role in ("a counsellor", "an admin"):
        for path in ("/desk/account/logout/", "/desk/account/everywhere/", "/desk/admin/logout/"):
            world.clients[role].get(path)
        assert world.clients[role].get("/desk/keys/").status_code == 200
