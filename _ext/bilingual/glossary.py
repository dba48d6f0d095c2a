"""The first use of a term on a page links to the glossary page, and says there what it means.

A term whose English has a plain meaning too (`everyday` in glossary.yml) is linked on one page
only, the first of the book that uses it: a link at every page's first "letter" would be noise.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from book import terms
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .languages import LANGUAGES, language_of, pages_of

PAGE = "92_glossary"
# Words that are already something else, and cells' code and output.
ELSEWHERE = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.container,
)
PARTICLES = "은는이가을를의에로와과도만마라"


class Linked(NamedTuple):
    """A term as one language's pages are searched for it."""

    anchor: str  # of its entry on the glossary page
    pattern: re.Pattern[str]
    card: str  # its names and what it means
    everyday: bool


class Places:
    """What the pages of one build link: terms by language, and where each everyday one is first."""

    def __init__(self) -> None:
        self.terms: dict[str, list[Linked]] = {}
        self.first: dict[str, set[str]] = {}


PLACES: WeakKeyDictionary[BuildEnvironment, Places] = WeakKeyDictionary()


def terms_of(file: Path, code: str) -> list[Linked]:
    """The terms of glossary.yml that have a meaning in a language, the longest form first."""
    entries = terms.read(file)
    # A second English term for the same Korean one leads to the entry of the first.
    entry_of = {entry.ko: entry for entry in reversed(entries) if entry.means}
    found = []
    for entry in entries:
        told = entry_of.get(entry.ko, entry)
        if meaning := dict(told.means).get(code):
            for form in entry.ko if code == "ko" else [entry.en]:
                pattern = korean(form, entry.everyday) if code == "ko" else terms.english(form)
                names = told.ko[0], told.en
                first, other = names if code == "ko" else reversed(names)
                card = f"{first} · {other}: {meaning}"
                term = Linked(terms.anchor(told.en), pattern, card, entry.everyday)
                found.append((len(form), term))
    return [term for _, term in sorted(found, key=lambda term: -term[0])]


def korean(term: str, everyday: bool) -> re.Pattern[str]:
    """Where a Korean text says a term; an everyday word only alone or before a particle."""
    after = rf"(?![가-힣A-Za-z])(?! 수)|(?=[{PARTICLES}])" if everyday else ""
    return re.compile(rf"(?<![가-힣A-Za-z]){re.escape(term)}(?:{after})")


def texts(doctree: nodes.document) -> Iterator[nodes.Text]:
    """Text of the prose, in order."""
    for text in list(doctree.findall(nodes.Text)):
        parent = text.parent
        while parent is not None and not isinstance(parent, ELSEWHERE):
            parent = parent.parent
        if parent is None:
            yield text


def places(text: str, known: list[Linked], done: set[str]) -> list[tuple[int, int, Linked]]:
    """(start, end, term) of each term not yet done in a text; adds their anchors to `done`."""
    found: list[tuple[int, int, Linked]] = []
    for term in known:
        for match in term.pattern.finditer(text):
            if term.anchor in done:
                break
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((*match.span(), term))
                done.add(term.anchor)
    return sorted(found, key=lambda place: place[:2])


def everyday(known: list[Linked]) -> set[str]:
    """The anchors of the everyday terms."""
    return {term.anchor for term in known if term.everyday}


def first_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """On which page of each language an everyday term is used first."""
    found = Places()
    PLACES[env] = found
    for code, language in LANGUAGES.items():
        if language.folder + PAGE not in env.all_docs:
            continue
        known = found.terms[code] = terms_of(Path(app.srcdir, "glossary.yml"), code)
        done: set[str] = set()
        for docname in pages_of(env, code):
            before = set(done)
            for text in texts(env.get_doctree(docname)):
                places(text.astext(), known, done)
            found.first[docname] = everyday(known) & (done - before)


def link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the first use of each term on a page that is about to be written."""
    code = language_of(docname)
    target = f"{LANGUAGES[code].folder}{PAGE}" if code else None
    if code is None or target not in app.env.all_docs or docname == target:
        return
    if app.env not in PLACES:  # no page was read anew
        first_pages(app, app.env)
    found = PLACES[app.env]
    known = found.terms[code]
    done = everyday(known) - found.first.get(docname, set())
    address = app.builder.get_relative_uri(docname, target)
    for text in texts(doctree):
        words = text.astext()
        parts: list[nodes.Node] = []
        at = 0
        for start, end, term in places(words, known, done):
            reference = nodes.reference(
                "", words[start:end], internal=True, refuri=f"{address}#{term.anchor}",
                reftitle=term.card, classes=["term"],
            )  # fmt: skip
            parts += [nodes.Text(words[at:start]), reference]
            at = end
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(words[at:])])


def setup(app: Sphinx) -> None:
    """Register what finds the terms and links them."""
    app.connect("env-check-consistency", first_pages)
    app.connect("doctree-resolved", link)
