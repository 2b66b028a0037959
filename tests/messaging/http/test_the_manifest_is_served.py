"""/.well-known/helpline-manifest.json is the signed file, kept for minutes, and sets no cookie; the manifest names what is served."""

import hashlib
from pathlib import Path

from django.test import Client
from pytest_django.fixtures import Settings

from helpline.web.csp import csp_policy
from messaging.release import manifest

ADDRESS = "/.well-known/helpline-manifest.json"


def test_it_is_the_file_itself(db: None, client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.RELEASE_FILE = tmp_path / "release.json"
    assert client.get(ADDRESS).status_code == 404
    settings.RELEASE_FILE.write_bytes(b'{"manifest":{}}\n')
    response = client.get(ADDRESS)
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b'{"manifest":{}}', "application/json")
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert client.get(ADDRESS, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(ADDRESS).status_code == 405


def test_the_manifest_has_each_static_file_and_the_policy_of_each_page(client_build: Path) -> None:
    made = manifest.release_manifest()
    named = {each["path"]: each["sha256"] for each in made["assets"]}
    for path in client_build.iterdir():
        if not path.name.startswith("."):
            assert named[f"/static/client/{path.name}"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert {"/", "/cy/write", "/pl/kept", "/desk/account/login/"} <= set(made["pages"])
    assert "'wasm-unsafe-eval'" in csp_policy("/write").csp
    assert "unsafe" not in csp_policy("/").csp + csp_policy("/static/a.js").csp + csp_policy("/desk/admin/").csp
