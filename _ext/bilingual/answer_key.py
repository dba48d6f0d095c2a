"""The answers to every question of the book, for teachers, on the page that asks for them.

A page with `<div class="answer-key"></div>` in it gets them there: chapter by chapter, under the
headings of the chapter, in its order, each with a link to the question. They are taken from what
the widgets of the chapters' pages hold: so they are those of this build.
"""

import html
import itertools
import math
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .interface import WORDS
from .languages import language_of, pages_of
from .navigation import chapter_number
from .questions import Asked, questions_of

PLACE = '<div class="answer-key"></div>'
CODE = re.compile(r"`([^`]+)`")


def marked(text: str) -> str:
    """A text for a page, with what stands between grave accents as code."""
    return CODE.sub(r"<code>\1</code>", html.escape(text))


def accepted(secret: dict[str, Any]) -> tuple[str, str] | None:
    """From where to where a number is taken for right, or None where there is no leeway.

    Rounded inwards, so that what it names is accepted.
    """
    near = secret["tolerance"]
    if not near:
        return None
    places = max(0, 1 - math.floor(math.log10(near)))
    scale = 10**places
    ends = (
        math.ceil((secret["answer"] - near) * scale - 1e-6) / scale,
        math.floor((secret["answer"] + near) * scale + 1e-6) / scale,
    )
    low, high = (f"{end:.{places}f}" for end in ends)
    if places:
        low, high = low.rstrip("0").rstrip("."), high.rstrip("0").rstrip(".")
    return low.replace("-", "−"), high.replace("-", "−")


def key_of(asked: Asked, address: str, words: dict[str, Any]) -> str:
    """One question with a link to it, its answer, and what wrong answers show."""
    secret = asked.secret
    name = words["exercise"].format(name=asked.exercise.lower())
    exercise = f"<strong>{html.escape(name)}.</strong> " if asked.exercise else ""
    link = f'<a href="{address}#{asked.anchor}">{marked(asked.text)}</a>'
    said = [f"✓ <strong>{marked(secret['shown'])}</strong>"]
    if ends := accepted(secret):
        said.append(f"({words['accepted'].format(low=ends[0], high=ends[1])})")
    if secret["why"]:
        said.append(marked(secret["why"]))
    wrong = "".join(
        f"<li><strong>{marked(shown)}</strong> {marked(reply)}</li>"
        for _, reply, shown in secret["replies"]
    )
    replies = f"<ul>{wrong}</ul>" if wrong else ""
    return f"<li><p>{exercise}{link}</p><p>{' '.join(said)}</p>{replies}</li>"


def chapter_key(title: str, address: str, found: list[Asked], words: dict[str, Any]) -> str:
    """The questions of one chapter, counted through, under its headings."""
    parts, count = [], 1
    for (section, name), group in itertools.groupby(found, lambda a: (a.section, a.section_id)):
        keys = [key_of(asked, address, words) for asked in group]
        href = f"{address}#{name}" if name else address
        parts.append(f'<h3><a href="{href}">{html.escape(section)}</a></h3>')
        parts.append(f'<ol start="{count}">{"".join(keys)}</ol>')
        count += len(keys)
    return f"<details><summary>{html.escape(title)}</summary>{''.join(parts)}</details>"


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the answers where a page asks for them."""
    for place in list(doctree.findall(nodes.raw)):
        if PLACE not in place.astext():
            continue
        code = language_of(docname) or ""
        chapters = []
        for page in pages_of(app.env, code):
            if found := list(questions_of(app, page)):
                number = chapter_number(page)
                title = f"{number}. " * bool(number) + app.env.titles[page].astext()
                address = app.builder.get_relative_uri(docname, page)
                chapters.append(chapter_key(title, address, found, WORDS[code]))
        key = f'<div class="answer-key">{"".join(chapters)}</div>'
        place.parent.replace(place, nodes.raw("", key, format="html"))


def setup(app: Sphinx) -> None:
    """Register what fills the key in."""
    app.connect("doctree-resolved", fill)
