"""A published page whose slug is changed to what no address can hold: the form comes back and says so, and the page stays where it was."""

from django.core.management import call_command
from django.forms import model_to_dict
from django.urls import reverse

from helpline.models import Page
from tests.world.signing_in import sign_in
from tests.world.staff import People


def test_the_form_comes_back_with_words(people: People) -> None:
    call_command("load_content", verbosity=0)
    page = Page.objects.filter(published=True).earliest("pk")
    client = sign_in(people.admin)
    changed = {**model_to_dict(page), "slug": "a/b c"}
    answer = client.post(reverse("admin:helpline_page_change", args=[page.pk]), changed)
    assert answer.status_code == 200
    assert "That slug cannot be an address." in answer.content.decode()
    assert Page.objects.filter(pk=page.pk, slug=page.slug).exists()
