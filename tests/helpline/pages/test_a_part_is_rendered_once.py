"""`{% once … %}`: a part of a page is a function of the language and of the values that it names, so it is never stale."""

import re
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from helpline.models import Figure, Organisation
from helpline.templatetags.once import MOST, NotNamed, NotPlain
from tests.helpline.pages.asking import Get


def part(inner: str, *names: str) -> Template:
    return Template(f"{{% load i18n once %}}{{% once {' '.join(names)} %}}{inner}{{% endonce %}}")


class Counted(str):
    """A text that counts how often it is written."""

    __slots__ = ()
    times = 0

    def __str__(self) -> str:
        Counted.times += 1
        return super().__str__()


def test_the_same_values_are_rendered_once_and_another_value_anew() -> None:
    template = part("{{ own.name }}!", "own.name")
    Counted.times = 0
    shown = [template.render(Context({"own": {"name": Counted(name), "phone": object()}})) for name in "AABAB"]
    assert shown == ["A!", "A!", "B!", "A!", "B!"]
    assert Counted.times == 2


def test_each_language_has_its_own() -> None:
    template = part('{% translate "Self-help" %}')
    shown = []
    for language in ("en-gb", "cy", "pl", "cy", "en-gb"):
        with override(language):
            shown.append(template.render(Context()))
    assert shown[0] == shown[4] == "Self-help"
    assert shown[1] == shown[3]
    assert len(set(shown)) == 3


@pytest.mark.parametrize(
    ("one", "other"), [("<b>", mark_safe("<b>")), (True, 1), ("1", 1), (None, "None"), (("<i>",), (SafeString("<i>"),))]
)
def test_values_that_are_equal_and_written_differently_are_kept_apart(one: Any, other: Any) -> None:
    inner = "{{ value.0 }}" if isinstance(one, tuple) else "{{ value|default_if_none:'-' }}"
    template = part(inner, "value")
    for value in (one, other, one):
        assert template.render(Context({"value": value})) == Template(inner).render(Context({"value": value}))


@pytest.mark.parametrize(
    "inner",
    [
        "{{ other }}",
        "{{ own.phone }}",
        "{% if other %}x{% endif %}",
        "{% if own.name == own.phone %}x{% endif %}",
        "{% if not own.phone %}x{% endif %}",
    ],
)
def test_what_is_not_named_is_a_fault_and_not_an_empty_place(inner: str) -> None:
    with pytest.raises(NotNamed, match=r"other|phone"):
        part(inner, "own.name").render(Context({"own": {"name": "A", "phone": "B"}, "other": "C"}))


def test_a_value_that_is_not_there_is_none() -> None:
    assert part("{% if page.kind %}x{% else %}-{% endif %}", "page.kind").render(Context()) == "-"


def test_a_row_is_no_value_for_two_states_of_it_are_equal() -> None:
    with pytest.raises(NotPlain, match="Figure"):
        part("{{ figure.statement }}", "figure").render(Context({"figure": Figure(pk=1, statement="A")}))
    assert part("{{ day }}", "day").render(Context({"day": date(2026, 1, 1)}))


def test_a_block_cannot_stand_in_it() -> None:
    with pytest.raises(TemplateSyntaxError, match="block"):
        part("{% block x %}{% endblock %}")


def test_it_keeps_so_many_and_no_more() -> None:
    template = part("{{ n }}", "n")
    assert [template.render(Context({"n": n})) for n in range(3 * MOST)] == [str(n) for n in range(3 * MOST)]
    (node,) = [node for node in template.nodelist if hasattr(node, "_rendered")]
    assert len(node._rendered) <= MOST


@pytest.mark.parametrize("path", ["/", "/campaign", "/read", "/write", "/inbox", "/kept", "/confidential"])
def test_what_an_admin_changes_stands_on_the_next_page(helpline: Organisation, get: Get, path: str) -> None:
    before = get(path).text
    Organisation.objects.update(name="Renamed <helpline>", phone="0800 111 1111")
    after = get(path).text
    assert "Helpline under test" in before
    assert "Helpline under test" not in after
    assert "Renamed &lt;helpline&gt;" in after
    assert "0800 000 0000" not in after
    assert without_clock(after) == without_clock(get(path).text)


def without_clock(page: str) -> str:
    """Without the hash of the file that says how far a demonstration's clock is moved: each `get` sets the clock anew."""
    return re.sub(r'integrity="[^"]+"', "", page)
