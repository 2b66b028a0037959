"""Each address of the URL table: no cookie, the exact policy, no referrer, no third party, nothing inline, a name that says nothing."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from helpline.models import Advert, Campaign, Organisation
from helpline.pages.import_content import import_content
from tests.helpline.pages.policy import policy_at
from tests.parts.addresses import NO_SECRET, public_addresses

TITLES = {"en-gb": "Information", "cy": "Gwybodaeth", "pl": "Informacje"}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_nothing_is_kept_and_nothing_is_let_in(helpline: Organisation, client: Client, language: str) -> None:
    import_content()
    campaign = Campaign.objects.create(name="Another", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2), message="Its message.")
    Advert.objects.create(campaign=campaign, kind=Advert.Kind.BILLBOARD, name="Wall", code="xyz", headline="Get help", line="Now.")
    addresses = public_addresses(language)
    assert len(addresses) > 8
    for address in addresses:
        response = client.get(address, headers={"cookie": "tracker=2", "accept-language": "pl"})
        # There is no signed manifest in a test's installation, and nobody who may read its metrics.
        nothing_there = address in {f"/rota/{NO_SECRET}.ics", "/.well-known/helpline-manifest.json", "/metrics"}
        assert response.status_code in ({404} if nothing_there else {200, 204, 302, 405}), address
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert response.headers["Content-Security-Policy"] == policy_at(address), address
        assert response.headers["Referrer-Policy"] == "no-referrer", address
        assert response.headers["Cache-Control"], address
        if response.headers["Content-Type"].startswith("text/html") and response.status_code == 200:
            assert response.headers["Cache-Control"] == "no-store", address
            html = response.content.decode()
            assert re.search(rf"<title>([^<]* – )?{TITLES[language]}</title>", html), address
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), address
            loaded = re.findall(r"""<(?:script|link|img|source|iframe)\b[^>]*\b(?:src|href)="([^"]*)""", html)
            assert all(found.startswith("/") and not found.startswith("//") for found in loaded), address
