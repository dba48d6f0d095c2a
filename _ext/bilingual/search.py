"""The text that the search dialog looks through: one file for each language.

Sphinx's index holds words without their text, cuts Korean at spaces, and so finds 벡터 on none of
the pages that say 벡터를; its excerpts need the page itself, which a browser does not fetch from
disk. A book is small: here its plain text goes into a script, loaded when a reader opens the
search, and theme/static/search.js looks through it.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.search import en as sphinx_english

from .languages import LANGUAGES, pages_of

OUTPUT_LENGTH = 400  # of printed output; numbers beyond are of no use to a search
WIDGET = "application/vnd.jupyter.widget-view+json"
PREFERRED = ("text/html", "image/svg+xml", "text/markdown", "text/plain")


def plain_text(node):
    """The words of a node: prose, code, tables, printed output and the alt texts of pictures."""
    if isinstance(node, nodes.raw):
        return raw_text(node.astext())
    if isinstance(node, nodes.image):
        return node.get("alt", "")
    if isinstance(node, nodes.math):
        formula = node.astext()  # `H` reads well in an excerpt, a long formula does not
        return formula if len(formula) <= 12 and "\\" not in formula else "…"
    if isinstance(node, nodes.math_block | nodes.comment):
        return ""
    if isinstance(node, nodes.Text | nodes.literal_block):
        return node.astext()
    if isinstance(node, nodes.container):
        if node.get("nb_element") == "mime_bundle":
            return plain_text(chosen_output(node))
        if node.get("nb_element") == "cell_code_output":
            return join(plain_text(child)[:OUTPUT_LENGTH] for child in node.children)
    between = "" if isinstance(node, nodes.TextElement) else " "
    return between.join(plain_text(child) for child in node.children)


def raw_text(html):
    """Words in raw HTML: what a picture's alt text says, and text outside of pictures."""
    labels = re.findall(r'(?:aria-label|alt)="([^"]*)"', html)
    outside = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", html, flags=re.S)
    return join([*labels, re.sub(r"<[^>]*>", " ", outside)])


def chosen_output(bundle):
    """The output of a cell that a page shows, of those that the notebook holds."""
    by_type = {child.get("mime_type"): child for child in bundle.children}
    if WIDGET in by_type:  # its text is the name of a Python class
        return nodes.Text("")
    chosen = next((by_type[kind] for kind in PREFERRED if kind in by_type), None)
    return chosen if chosen is not None else nodes.Text("")


def join(texts):
    return " ".join(" ".join(texts).split())


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
        script = f"{stemmer}\nwindow.bookIndex = {data};\n"
        Path(app.outdir, "_static", f"search-{code}.js").write_text(script, encoding="utf-8")


def setup(app):
    app.add_config_value("bilingual_same_words", [], "html", [list])
    app.connect("build-finished", on_finish)
