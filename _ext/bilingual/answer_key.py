"""The answers to every question of the book, for teachers, on the page that asks for them.

A page with `<div class="answer-key"></div>` in it gets them there, chapter by chapter, from what
the widgets of the chapters' pages hold: so they are those of this build.
"""

import base64
import html
import json
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ext import NbMetadataCollector
from sphinx.application import Sphinx

from .figures import STATE
from .languages import language_of, pages_of

PLACE = '<div class="answer-key"></div>'
CODE = re.compile(r"`([^`]+)`")


def questions_of(app: Sphinx, docname: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The questions of a page, each with what its widget keeps sealed."""
    for _, attributes in NbMetadataCollector.get_js_files(app.env, docname).values():
        if attributes.get("type") == STATE:
            for model in json.loads(attributes["body"])["state"].values():
                state = model["state"]
                if state.get("name") == "question":
                    yield state["text"], json.loads(base64.b64decode(state["sealed"]))


def marked(text: str) -> str:
    """A text for a page, with what stands between grave accents as code."""
    return CODE.sub(r"<code>\1</code>", html.escape(text))


def key_of(question: str, secret: dict[str, Any]) -> str:
    """One question with its answer, and what wrong answers show."""
    why = f" {marked(secret['why'])}" if secret["why"] else ""
    wrong = "".join(
        f"<li><strong>{marked(shown)}</strong> {marked(reply)}</li>"
        for _, reply, shown in secret["replies"]
    )
    answer = f"<p>✓ <strong>{marked(secret['shown'])}</strong>{why}</p>"
    return f"<li><p>{marked(question)}</p>{answer}" + (
        f"<ul>{wrong}</ul></li>" if wrong else "</li>"
    )


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the answers where a page asks for them."""
    for place in list(doctree.findall(nodes.raw)):
        if PLACE not in place.astext():
            continue
        chapters = []
        for chapter in pages_of(app.env, language_of(docname) or ""):
            if keys := [key_of(*question) for question in questions_of(app, chapter)]:
                address = app.builder.get_relative_uri(docname, chapter)
                title = html.escape(app.env.titles[chapter].astext())
                chapters.append(
                    f"<details><summary>{title}</summary>"
                    f'<p><a href="{address}">{title}</a></p><ol>{"".join(keys)}</ol></details>'
                )
        key = f'<div class="answer-key">{"".join(chapters)}</div>'
        place.parent.replace(place, nodes.raw("", key, format="html"))


def setup(app: Sphinx) -> None:
    """Register what fills the key in."""
    app.connect("doctree-resolved", fill)
