"""The text that the search dialog looks through: one file for each language.

Sphinx's index holds words without their text, cuts Korean at spaces, and so finds 벡터 on none of
the pages that say 벡터를; its excerpts need the page itself, which a browser does not fetch from
disk. A book is small: here its plain text goes into a script, loaded when a reader opens the
search, and theme/static/find.js looks through it.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from book import terms
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.search import en as sphinx_english

from .answer_key import PLACE as KEY
from .glossary import PAGE as GLOSSARY
from .languages import LANGUAGES, pages_of
from .plain import Block, blocks_of, join, plain_text

# [id, title, blocks as find.js is given them]
Section = list[Any]

LINKS = (nodes.reference, addnodes.pending_xref)
ENTRY = re.compile(r'<a id="([^"]+)"')


def stored(blocks: Iterable[Block]) -> list[str | list[str]]:
    """Blocks as search.js is given them: prose as a string, code as a list of one string."""
    kept = [(unicodedata.normalize("NFC", text), code) for text, code in blocks if text.strip()]
    return [[text] if code else text for text, code in kept]


def sections_of(doctree: nodes.document) -> list[Section]:
    """[id, title, blocks] of the page itself (id '') and of each of its sections."""
    found: list[Section] = []
    for section in doctree.findall(nodes.section):
        own = [c for c in section.children if not isinstance(c, nodes.section | nodes.title)]
        title = section.next_node(nodes.title)
        first = section.parent is doctree or not found
        blocks = [block for child in own for block in blocks_of(child)]
        found.append(["" if first else section["ids"][0], title.astext(), stored(blocks)])
    return found


def entries_of(doctree: nodes.document) -> list[Section]:
    """[id, name, [what it means]] of each term on the glossary page: list items with an anchor."""
    found: list[Section] = []
    for item in list(doctree.findall(nodes.list_item)):
        anchor = item.next_node(nodes.raw)
        match = ENTRY.search(anchor.astext()) if anchor is not None else None
        if match:
            # `<br>` stands between the name and what it means
            paragraph = item.next_node(nodes.paragraph)
            at = next(
                i for i, child in enumerate(paragraph.children)
                if isinstance(child, nodes.raw) and child.astext().startswith("<br")
            )  # fmt: skip
            name, means = paragraph.children[:at], paragraph.children[at + 1 :]
            # Nor is the chapter that introduces it a part of what it means.
            means = [child for child in means if not isinstance(child, LINKS)]
            found.append([match[1], words(name), stored([(words(means), False)])])
            item.parent.remove(item)
    return found


def words(parts: Iterable[nodes.Node]) -> str:
    """The words of a few nodes, one after the other."""
    return join(["".join(map(plain_text, parts))])


def index_of(app: Sphinx, code: str) -> dict[str, Any]:
    """What find.js is given for one language.

    The page with the answers is none that a reader who looks for a word should come upon.
    """
    pages = []
    for docname in pages_of(app.env, code):
        doctree = app.env.get_doctree(docname)
        if any(KEY in place.astext() for place in doctree.findall(nodes.raw)):
            continue
        kind = kind_of(docname)
        entries = entries_of(doctree) if kind == "terms" else []
        sections = sections_of(doctree)
        if not sections:
            raise ExtensionError(f"search: {docname} has no section")
        pages.append([app.builder.get_target_uri(docname), sections + entries, kind])
    return {"pages": pages, "same": same_words(app)}


def kind_of(docname: str) -> str:
    """What stands on a page: "terms", "chapter", or "after" for what comes after the chapters."""
    if docname.endswith("/" + GLOSSARY):
        return "terms"
    return "after" if re.search(r"/9\d_[^/]*$", docname) else "chapter"


def same_words(app: Sphinx) -> list[list[str]]:
    """Groups of words that find one another: the book's list, and each term of the glossary in
    both languages with the words that other books use for it. Groups that share a word are one.
    """
    groups = [list(group) for group in app.config.bilingual_same_words]
    file = Path(app.srcdir, "glossary.yml")
    if file.is_file():
        groups += [[term.en, *term.ko, *term.avoid] for term in terms.read(file)]
    merged: list[list[str]] = []
    for group in groups:
        keys = {squeezed(word) for word in group}
        same = [other for other in merged if keys & {squeezed(word) for word in other}]
        for other in same:
            merged.remove(other)
        unique: dict[str, str] = {}
        for word in [word for other in same for word in other] + group:
            unique.setdefault(squeezed(word), word)
        merged.append(list(unique.values()))
    return merged


def squeezed(word: str) -> str:
    """A word without the spaces and hyphens that its spellings differ in."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFC", word).lower())


def on_finish(app: Sphinx, exception: Exception | None) -> None:
    """Write each language's script into the built book."""
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


def setup(app: Sphinx) -> None:
    """Register the groups of words and what writes the scripts."""
    app.add_config_value("bilingual_same_words", [], "html", [list])
    app.connect("build-finished", on_finish)
