"""`manage.py verify_site`: a site that serves what was signed is good; whatever is altered is found, with its own sentence."""

import copy
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from messaging.management.commands.verify_site import Command
from messaging.protocol.encoding import VERSION, encode
from messaging.release.verify import CannotReach, Fetcher, source_differences
from messaging.release.verify.markup import read_markup
from messaging.release.verify.site import WELL_KNOWN
from tests.messaging.release.tampering import ROOT, Served, pack, serving, verify
from tests.parts.environment import REPOSITORY

TODAY = datetime.now(UTC).date()


def test_what_was_signed_is_good_and_its_number_is_remembered(served: Served, tmp_path: Path) -> None:
    seen = tmp_path / "seen.json"
    first = verify(served, "--previous", str(seen), "--page", "/write")
    assert (first.code, first.bad) == (0, [])
    assert "Release 3 of" in first.good
    assert "9 files are the signed bytes under the signed policy, asked for as identity, gzip, br, zstd." in first.good
    assert "2 pages: nothing inline, nothing that tells the scripts what it may not, only files" in first.good
    assert "/look.css?1: made from" in first.good
    assert "The scripts import this root's key, know no clock but the device's own, and refuse a day before" in first.good
    assert "The desk's key, of epoch 1, is certified by this root. Who can read: Callum, Moira." in first.good
    assert seen.read_bytes().rstrip() == served.answers[WELL_KNOWN].body
    served.sign(number=4)
    assert "not older than number 3" in verify(served, "--previous", str(seen)).good
    served.sign(number=3)
    assert verify(served, "--previous", str(seen)).bad == ["An older release is served: number 3, and number 4 was seen before."]
    served.sign(number=4, pages=["/"])
    assert verify(served, "--previous", str(seen)).bad == [
        "Two manifests have number 4: the one served is another than the one seen before."
    ]
    seen.write_text("{}")
    with pytest.raises(CommandError, match=r"seen\.json, so it is not a release to compare with"):
        call_command("verify_site", "https://helpline.example", f"--root-public={ROOT}", "--previous", str(seen))


def page(old: str, new: str) -> Callable[[Served], None]:
    return lambda served: served.answers["/write"].swap(old, new)


def head(path: str, name: str, value: str | None) -> Callable[[Served], None]:
    return lambda served: served.answers[path].set(name, value)


def flipped(start: str, end: str) -> Callable[[Served], None]:
    return lambda served: served.answers[served.path_of(start, end)].flip()


def manifest_byte(part: str) -> Callable[[Served], None]:
    """Another letter in the text that follows."""

    def alter(served: Served) -> None:
        body = served.answers[WELL_KNOWN].body
        place = body.index(part.encode()) + len(part)
        other = b"A" if body[place : place + 1] != b"A" else b"B"
        served.answers[WELL_KNOWN].body = body[:place] + other + body[place + 1 :]

    return alter


def compressed(encoding: str) -> Callable[[Served], None]:
    def alter(served: Served) -> None:
        style = served.answers[served.path_of("site-", ".css")]
        style.packed[encoding] = pack(style.body + b" ")[encoding]

    return alter


def removed(start: str, end: str) -> Callable[[Served], None]:
    return lambda served: served.answers.__delitem__(served.path_of(start, end))


def other_look(served: Served) -> None:
    served.answers["/look.css"].body += b"body{background:url(/x)}"


def other_colour(served: Served) -> None:
    served.answers["/look.css"].swap("--brand:#", "--brand:#0")
    body = served.answers["/look.css"].body
    served.answers["/look.css"].body = body.replace(b"--brand:#0", b"--brand:#", 1).replace(
        b";--on-brand:#ffffff", b";--on-brand:#fffffe", 1
    )


def double_policy(served: Served) -> None:
    served.answers["/"].headers.append(("Content-Security-Policy", "default-src *"))


def unhashed(served: Served) -> None:
    served.answers["/write"].body = re.sub(rb' integrity="[^"]*"', b"", served.answers["/write"].body, count=1)


def gone(served: Served) -> None:
    del served.answers[WELL_KNOWN]


ALTERED = {
    "a byte of a script": (flipped("person-", ".js"), r"/static/client/person-\w+\.js, asked for as identity, has other bytes than"),
    "a byte of the other script": (flipped("site-", ".js"), r"/static/client/site-\w+\.js, asked for as identity, has other bytes than"),
    "a byte of a style": (flipped("site-", ".css"), r"/static/client/site-\w+\.css, asked for as identity, has other bytes"),
    "a byte of an image": (flipped("icon", ".svg"), r"/static/helpline/icon\.svg, asked for as identity, has other bytes"),
    "a byte of a text": (flipped("licences", ".txt"), r"/static/client/licences\.txt, asked for as identity, has other bytes"),
    "one byte more": (
        lambda served: served.answers[served.path_of("site-", ".js")].swap(";", ";;"),
        r"site-\w+\.js, asked for as identity, has \d+ bytes instead of \d+\.$",
    ),
    "gzip alone": (compressed("gzip"), r"site-\w+\.css, asked for as gzip, has \d+ bytes instead of"),
    "brotli alone": (compressed("br"), r"site-\w+\.css, asked for as br, has \d+ bytes instead of"),
    "zstd alone": (compressed("zstd"), r"site-\w+\.css, asked for as zstd, has \d+ bytes instead of"),
    "a removed file": (
        removed("person-", ".js"),
        r"/static/client/person-\w+\.js, asked for as identity, is not there: the site answers 404",
    ),
    "a byte of the manifest": (manifest_byte('"sha256":"'), r"^The manifest's signature does not hold: the manifest is not signed by the"),
    "a byte of its signature": (manifest_byte('"signature":"'), r"^The manifest's signature does not hold: the manifest is not signed by"),
    "a byte of its certificate": (manifest_byte(f'"certificate":"{encode(VERSION)}'), r"^The release key is not certified by this root\.$"),
    "a space in the manifest": (lambda served: served.answers[WELL_KNOWN].swap(",", ", "), r"^The manifest has not the one form"),
    "no manifest": (gone, r"^There is no signed manifest: /\.well-known/helpline-manifest\.json answers 404\.$"),
    "a release key of another root": (
        lambda served: served.sign(root_seed=bytes(32)),
        r"^The release key is not certified by this root\.$",
    ),
    "a release key that has ended": (
        lambda served: served.sign(TODAY - timedelta(9), 8, made_on=str(TODAY - timedelta(5))),
        rf"^The release key is for {TODAY - timedelta(9)} to {TODAY - timedelta(1)}, and today is {TODAY}\.$",
    ),
    "an added script": (page("</head>", '<script src="/more.js"></script></head>'), r"^The page /write loads /more\.js, which is not in"),
    "a script of another site": (
        page("</head>", "<script src=//else.example/static/a.js></script></head>"),
        r"which is not in the manifest",
    ),
    "an inline script": (page("<p>", "<script>steal()</script><p>"), r"^The page /write has an inline script\.$"),
    "a hidden script": (page("<p>", "<!-- --!><script src=/a.js></script>--><p>"), r"“<script”, of which \d are read as elements"),
    "an inline style": (page("<p>", "<style>p{}</style><p>"), r"^The page /write has a <style> element\.$"),
    "a style attribute": (page("<p>", "<p style=color:red>"), r"^The page /write has a style attribute in a <p>\.$"),
    "a handler": (page("<p>", "<p onclick=steal()>"), r"^The page /write has a script in the attribute onclick of a <p>\.$"),
    "a script as an address": (page('href="/write"', 'href=" javascript:x"'), r"has a script or a document in the address of a <a>"),
    "an added image": (page("<p>", "<img src=/pixel.png><p>"), r"^The page /write loads /pixel\.png, which is not in the manifest\.$"),
    "a frame": (page("<p>", "<iframe src=/></iframe><p>"), r"^The page /write has a <iframe> element\.$"),
    "a base": (page("<title>", "<base href=/else/><title>"), r"^The page /write has a <base> element\.$"),
    "a refresh": (page("<title>", "<meta http-equiv=refresh content=0><title>"), r"^The page /write has <meta http-equiv='refresh'>\.$"),
    "another integrity": (page('integrity="sha384-', 'integrity="sha384-A'), r"site-\w+\.css, with another integrity than the signed one"),
    "no integrity": (unhashed, r"site-\w+\.css, with no integrity\.$"),
    "no crossorigin": (page(' crossorigin="anonymous"', ""), r"site-\w+\.css, without crossorigin=anonymous\.$"),
    "another look": (other_look, r"^/look\.css\?1 has another form than the manifest lets it have\.$"),
    "another colour": (other_colour, r"^/look\.css\?1 has other bytes than the pages say\.$"),
    "an altered policy": (
        head("/", "Content-Security-Policy", "default-src *"),
        r"^/ must be sent with Content-Security-Policy default-src 'none'; .*, and is sent with 'default-src \*'\.$",
    ),
    "a second policy": (double_policy, r"^/ must be sent with Content-Security-Policy .* and 'default-src \*'\.$"),
    "no Integrity-Policy": (
        head("/write", "Integrity-Policy", None),
        r"^/write must be sent with Integrity-Policy blocked-destinations=\(script\), and is sent with none\.$",
    ),
    "a header that loads": (head("/", "Link", "</a.css>; rel=stylesheet"), r"^/ is sent with a header Link, which makes a browser load"),
    "a page that leads elsewhere": (lambda served: setattr(served.answers["/write"], "status", 302), r"^The page /write answers 302 with"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered_is_found(name: str, served: Served) -> None:
    alter, sentence = ALTERED[name]
    alter(served)
    found = verify(served)
    assert found.code == 1
    assert len(found.bad) == 1, found.bad
    assert re.search(sentence, found.bad[0]), found.bad


def test_who_cannot_look_says_so(served: Served) -> None:
    for address in ("http://helpline.example", "https://helpline.example/path", "helpline.example", "https://a:99999999"):
        with pytest.raises(CannotReach, match=r"address"):
            Fetcher(address)
    with serving(served) as origin:
        pass
    with pytest.raises(CommandError, match="does not answer") as refused:
        call_command("verify_site", origin, f"--root-public={ROOT}")
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="neither a root's public key"):
        call_command("verify_site", origin, "--root-public=none")


def test_another_source_is_told_apart_part_by_part(honest: Served) -> None:
    signed, own = honest.manifest, copy.deepcopy(honest.manifest)
    assert not list(source_differences(signed, {**own, "number": 9, "made_on": "2020-01-01"}))
    lost, other = own["assets"].pop(), own["assets"][0]
    other["sha256"] = "0" * 64
    own["assets"].append({**other, "path": "/static/new.js"})
    own |= {"policies": [], "pages": ["/"], "computed": [], "source": {"client": "x", "lock": "y", "version": "z"}}
    said = "\n".join(source_differences(signed, own))
    assert said.count("\n") == 8
    assert f"{lost['path']} is signed, and this source has no such file." in said
    assert "/static/new.js is in this source, and is not signed." in said
    assert f"{other['path']} is signed with other bytes than this source gives." in said
    for word in ("The policies, as", "The list of pages, as", "The computed files, as", "client's sources", "package-lock.json", "version"):
        assert word in said


def test_what_nobody_executes_is_no_fault() -> None:
    fine = '<link rel="alternate" href="/cy/"><script type="application/ld+json">{"a": 1}</script><main id="main"><img src="/a.svg"></main>'
    found = read_markup(fine)
    assert not found.faults
    assert [each.address for each in found.references] == ["/a.svg"]


def test_the_command_takes_what_verify_md_tells_people_to_type() -> None:
    told = re.findall(r"manage\.py verify_site (https:[^\n>…`]*)", (REPOSITORY / "VERIFY.md").read_text(encoding="utf-8"))
    assert len(told) == 4
    for each in told:
        given = Command().create_parser("manage.py", "verify_site").parse_args(each.split())
        assert given.site == "https://helpline.example"
