"""The text that the search dialog looks through: one file for each language.

Sphinx's index holds words without their text, cuts Korean at spaces, and so finds 벡터 on none of
the pages that say 벡터를; its excerpts need the page itself, which a browser does not fetch from
disk. A book is small: here its plain text goes into a script, loaded when a reader opens the
search, and theme/static/search.js looks through it.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.search import en as sphinx_english

from .languages import LANGUAGES, pages_of
from .plain import join, plain_text


def sections_of(doctree):
    """[id, title, text] of the page itself (id '') and of each of its sections."""
    found = []
    for section in doctree.findall(nodes.section):
        own = [c for c in section.children if not isinstance(c, nodes.section | nodes.title)]
        title = section.next_node(nodes.title)
        first = section.parent is doctree or not found
        found.append(
            ["" if first else section["ids"][0], title.astext(), join(map(plain_text, own))]
        )
    return found


def index_of(app, code):
    """What search.js is given for one language."""
    pages = []
    for docname in pages_of(app.env, code):
        sections = sections_of(app.env.get_doctree(docname))
        if not sections:
            raise ExtensionError(f"search: {docname} has no section")
        pages.append([app.builder.get_target_uri(docname), sections])
    return {"pages": pages, "same": app.config.bilingual_same_words}


def on_finish(app, exception):
    if exception or app.builder.format != "html":
        return
    stemmer = getattr(sphinx_english, "js_porter_stemmer", None)
    if not stemmer or "Stemmer" not in stemmer:
        raise ExtensionError("search: Sphinx no longer has its English stemmer js_porter_stemmer")
    for code in LANGUAGES:
        data = json.dumps(index_of(app, code), ensure_ascii=False, separators=(",", ":"))
        origin = "// Stemmer: from Sphinx, stemmer-LICENSE.txt"
        script = f"{origin}{stemmer}\nwindow.bookIndex = {data};\n"
        Path(app.outdir, "_static", f"search-{code}.js").write_text(script, encoding="utf-8")


def setup(app):
    app.add_config_value("bilingual_same_words", [], "html", [list])
    app.connect("build-finished", on_finish)
