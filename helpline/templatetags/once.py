"""Parts of pages that are rendered once: `{% once organisation.phone hours.messages.taken %}…{% endonce %}`.

Such a part is a pure function of the language and of the values that its tag names, and it has nothing else: within it every other
variable is a fault, and said to be one. So what was rendered once is right whenever the same values come again, and another value makes
another rendering at once. Nothing here can be stale, and nothing has to be forgotten.
"""

from collections.abc import Hashable
from datetime import date
from typing import Any

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader_tags import BlockNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()
# So many renderings of one part are kept; then all of them are dropped, and those that are wanted come back.
MOST = 64


class NotNamed(Exception):
    """Something within the part is not among the values that its tag names."""


class NotPlain(TypeError):
    """A value that does not show on its own what it is: a row of a table, which equals any other state of the same row."""


class _Named(dict[str, Any]):
    """The named values below one name; a wrong name is noted, for templates are silent about it."""

    def __init__(self, missed: list[str]) -> None:
        super().__init__()
        self._missed = missed

    def __missing__(self, name: str) -> Any:
        self._missed.append(name)
        raise KeyError(name)


class _Only(Context):
    """A context that notes what it was asked for and has not."""

    def __init__(self, values: dict[str, Any], missed: list[str], *, autoescape: bool) -> None:
        super().__init__(values, autoescape=autoescape)
        self._missed = missed

    def __getitem__(self, name: Any) -> Any:
        try:
            return super().__getitem__(name)
        except KeyError:
            self._missed.append(str(name))
            raise


class OnceNode(Node):
    """The part between the tags, with its renderings so far."""

    child_nodelists = ("nodelist",)

    def __init__(self, values: list[tuple[str, FilterExpression]], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self._rendered: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        found = [value.resolve(context, ignore_failures=True) for _, value in self.values]
        key = get_language(), context.autoescape, _key(found)
        rendered = self._rendered.get(key)
        if rendered is None:
            rendered = self._render(context, found)
            if len(self._rendered) >= MOST:
                self._rendered.clear()
            self._rendered[key] = rendered
        return rendered

    def _render(self, context: Context, found: list[Any]) -> SafeString:
        missed: list[str] = []
        values = _Named(missed)
        for (path, _), value in zip(self.values, found, strict=True):
            *above, last = path.split(".")
            place = values
            for name in above:
                place = place.setdefault(name, _Named(missed))
            place[last] = value
        own, template = _Only(values, missed, autoescape=context.autoescape), context.template
        if template is None:
            raise NotNamed("A part of a template is rendered with its template alone.")
        with own.render_context.push_state(template), own.bind_template(template):
            rendered = self.nodelist.render(own)
        if missed:
            raise NotNamed(f"Name what this part uses, or take it out: {', '.join(missed)}.")
        return rendered


def _key(value: Any) -> Hashable:
    """The value with its type: a text that is marked as safe is another one, and True is not 1."""
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_key, value))
    if value is None or isinstance(value, str | int | date):
        return type(value), value
    raise NotPlain(f"A part that is rendered once takes texts, numbers, dates and lists of them, not {type(value).__name__}.")


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Names whatever the part uses, each by its path: `organisation.phone`, not `organisation`."""
    paths = token.split_contents()[1:]
    values = [(path, parser.compile_filter(path)) for path in paths]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("A block cannot stand in a part that is rendered once: another page may fill it otherwise.")
    return OnceNode(values, nodelist)
