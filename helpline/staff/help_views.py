"""The handbook at the desk: the chapters of docs/handbook, served here because a desk's device may reach nothing else."""

import re
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from helpline.staff.access import staff_page

# The chapters in their order; "" is the page that lists them.
CHAPTERS = {"": "Help", "counsellors": "For counsellors", "leads": "For leads", "admins": "For admins"}
PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)
CHAPTER_LINK = re.compile(r"\]\((\w+)\.md\)")
TITLE = re.compile(r"# [^\n]+\n")


@cache
def help_chapter(name: str) -> str:
    """A chapter's Markdown as the desk shows it: without its title and its pictures, and with links to the desk's own pages.

    The pictures show the desk, which the reader has in front of them. Raises KeyError for a name that is no chapter.
    """
    if name not in CHAPTERS:
        raise KeyError(name)
    text = (settings.BASE_DIR / "docs" / "handbook" / f"{name or 'README'}.md").read_text(encoding="utf-8")
    here = CHAPTER_LINK.sub(lambda link: f"]({reverse('desk:help-chapter', args=[link[1]])})", PICTURE.sub("", text))
    return TITLE.sub("", here, count=1).strip()


@require_safe
@staff_page
def help_view(request: HttpRequest, chapter: str = "") -> HttpResponse:
    """One chapter, or the list of them; 404 for any other name."""
    try:
        text = help_chapter(chapter)
    except KeyError as error:
        raise Http404 from error
    others = [(name, title) for name, title in CHAPTERS.items() if name]
    context = {"page": "help", "chapter": chapter, "title": CHAPTERS[chapter], "others": others, "text": text}
    return render(request, "desk/help.html", context)
