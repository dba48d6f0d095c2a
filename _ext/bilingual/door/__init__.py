"""The root page: the network that writes there, and the course at a glance.

The network is the book's own arithmetic, in one script.
"""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from ..bundler import bundle
from ..interface import WORDS
from ..languages import LANGUAGES, pages_of
from ..navigation import chapter_links

HERE = Path(__file__).parent
MINUTES = re.compile(r"(\d+)분쯤|about (\d+) minutes")  # as each chapter's opening says it


def script() -> str:
    """The root page's script."""
    return f'"use strict";\n{bundle(HERE / "door.js")}'


def minutes_of(app: Sphinx, docname: str) -> str:
    """How many minutes a chapter says that it takes; "" where it says nothing."""
    said = MINUTES.search(app.env.get_doctree(docname).astext())
    return said[1] or said[2] if said else ""


def course(app: Sphinx, docname: str, code: str) -> list[dict[str, Any]]:
    """The numbered chapters of a language as the root page lists them, with their minutes."""
    pages = pages_of(app.env, code)
    return [
        {**link, "minutes": minutes_of(app, page)}
        for page, link in zip(pages, chapter_links(app, docname, code), strict=True)
        if link["number"]
    ]


def on_page(
    app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Give the root page the course in every language, and its network's script."""
    if docname == app.config.root_doc:
        context["writes"] = "data-writing" in context["body"]
        if context["writes"]:
            target = Path(app.outdir) / "_static" / "door.js"
            target.parent.mkdir(exist_ok=True)
            target.write_text(script(), "utf-8")
        context["courses"] = {code: course(app, docname, code) for code in LANGUAGES}
        context["course_words"] = WORDS
        # On the web, where `publish` puts them: a folder just built, or carried, has none of them.
        context["editions"] = f"{app.config.html_baseurl.rstrip('/')}/editions"


def setup(app: Sphinx) -> None:
    """Register what the root page has besides other pages."""
    app.connect("html-page-context", on_page)
