"""What a page tells browsers, search engines and link previews about itself."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .languages import DEFAULT, LANGUAGES, REFERENCE, language_of, twin_of
from .plain import plain_text

DESCRIPTION_LENGTH = 155


def description(doctree: nodes.document) -> str:
    """The page's first paragraphs, as much of them as fits."""
    text = ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join([*text.split(), *plain_text(paragraph).split()])
        if len(text) > DESCRIPTION_LENGTH / 2:
            break
    return text if len(text) <= DESCRIPTION_LENGTH else shorten(text)


def shorten(text: str) -> str:
    """Cut at the last space that leaves room for an ellipsis."""
    cut = text[: DESCRIPTION_LENGTH - 1]
    return cut.rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


def address(app: Sphinx, docname: str) -> str:
    """Where the page stands once published."""
    base = app.config.html_baseurl.rstrip("/")
    uri = app.builder.get_target_uri(docname)
    return f"{base}/" if docname == app.config.root_doc else f"{base}/{uri}"


def alternates(app: Sphinx, docname: str) -> list[tuple[str, str]]:
    """(hreflang, address) of every language of a page, and of the one for readers of others."""
    code = language_of(docname)
    if code is None:
        return []
    twins = {c: twin_of(docname, c) for c in LANGUAGES}
    found = [(c, address(app, twin)) for c, twin in twins.items() if twin in app.env.all_docs]
    if twins[REFERENCE] in app.env.all_docs:
        found.append(("x-default", address(app, twins[REFERENCE])))
    return found


def head(app: Sphinx, docname: str, doctree: nodes.document) -> dict[str, Any]:
    """Everything the template puts into <head>, by name."""
    code = language_of(docname) or DEFAULT
    book = app.config.bilingual_titles
    is_root = docname == app.config.root_doc
    title = " · ".join(book.values()) if is_root else app.env.titles[docname].astext()
    base = app.config.html_baseurl.rstrip("/")
    return {
        "title": title if is_root else f"{title} – {book[code]}",
        "page_title": title,
        "description": app.config.bilingual_description if is_root else description(doctree),
        "canonical": address(app, docname),
        "alternates": alternates(app, docname),
        "locale": LANGUAGES[code].locale,
        "image": f"{base}/_static/preview-{code}.png",
        "book": book[code],
    }
