"""The template pack: labels, hints, errors beside their fields, and a summary whose links lead to them."""

import re

import pytest
from django import forms
from django.template import Context, Template


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="A first name.", error_messages={"required": "Enter the name."})
    about = forms.CharField(label="About", widget=forms.Textarea, error_messages={"required": "Enter something about it."})
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "One"), ("b", "Another")], widget=forms.RadioSelect, error_messages={"required": "Choose the kind."}
    )
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[(1, "Monday"), (2, "Tuesday")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a day."},
    )
    place = forms.ChoiceField(label="Place", choices=[("", ""), ("x", "Here")], error_messages={"required": "Choose the place."})
    agreed = forms.BooleanField(label="Agreed", error_messages={"required": "Tick the box."})
    token = forms.CharField(widget=forms.HiddenInput, required=False)


# As every page writes its form: the summary, then the fields where the page wants them.
ALL = """{{ form|as_crispy_errors }}<form method="post" novalidate>{% csrf_token %}
{% for field in form %}{{ field|as_crispy_field }}{% endfor %}</form>"""
SOME = """<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Who</legend>{{ form.name|as_crispy_field }}</fieldset>
<div class="wide">{{ form.about|as_crispy_field }}</div>"""


def rendered(form: forms.Form, page: str = ALL) -> str:
    template = Template("{% load crispy_forms_filters %}" + page)
    return template.render(Context({"form": form, "csrf_token": "token-value"}))


@pytest.fixture
def wrong() -> str:
    return rendered(Example({}))


def test_every_summary_link_leads_to_a_control_that_can_have_the_focus(wrong: str) -> None:
    links = re.findall(r'<li><a href="#([^"]+)">', wrong)
    assert len(links) == 6
    for link in links:
        assert re.search(rf'<(?:input|textarea|select)\b[^>]*\bid="{link}"', wrong)


def test_every_error_is_said_twice_in_the_same_words(wrong: str) -> None:
    for message in (
        "Enter the name.",
        "Enter something about it.",
        "Choose the kind.",
        "Choose a day.",
        "Choose the place.",
        "Tick the box.",
    ):
        assert wrong.count(message) == 2


def test_every_description_is_there_once(wrong: str) -> None:
    described = [name for value in re.findall(r'aria-describedby="([^"]+)"', wrong) for name in value.split()]
    assert "id_name_helptext" in described
    assert "id_kind_error" in described
    for name in described:
        assert wrong.count(f'id="{name}"') == 1


def test_every_control_has_a_label_and_every_group_a_legend() -> None:
    html = rendered(Example())
    for control in re.findall(r'<(?:input(?! type="hidden")|textarea|select)\b[^>]*\bid="([^"]+)"', html):
        assert f'for="{control}"' in html
    assert html.count("<legend") == 2


def test_what_was_chosen_stays_chosen() -> None:
    html = rendered(Example({"kind": "b", "days": ["2"], "name": "<Anna>"}))
    assert re.search(r'value="b"\s+id="id_kind_1" checked>', html)
    assert re.search(r'value="2"\s+id="id_days_1" checked>', html)
    assert 'value="&lt;Anna&gt;"' in html


def test_a_staff_form_carries_its_token_and_nothing_inline() -> None:
    html = rendered(Example())
    assert 'name="csrfmiddlewaretoken" value="token-value"' in html
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)


def test_a_page_lays_its_fields_out_as_it_wants() -> None:
    html = rendered(Example({"name": "x"}), SOME)
    assert '<legend class="govuk-fieldset__legend">Who</legend>' in html
    assert 'class="wide"' in html
    assert "<form" not in html
    assert "Enter something about it." in html
