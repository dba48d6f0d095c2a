"""The first use of a term on a page links to the glossary page, and says there what it means.

A term whose English has a plain meaning too (`everyday` in glossary.yml) is linked on one page
only, the first of the book that uses it: a link at every page's first "letter" would be noise.
"""

import re

import yaml
from docutils import nodes

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


def terms_of(app, code):
    """[(id, pattern, meaning, everyday)] of one language, the longest first."""
    entries = yaml.safe_load((app.srcdir / "glossary.yml").read_text("utf-8"))
    meanings = {str(entry["ko"]): entry["means"] for entry in entries if "means" in entry}
    ids = {str(e["ko"]): re.sub("[^a-z0-9]+", "-", e["en"].lower()) for e in reversed(entries)}
    found = []
    for entry in entries:
        same, everyday = str(entry["ko"]), entry.get("everyday", False)
        ko = entry["ko"] if isinstance(entry["ko"], list) else [entry["ko"]]
        for form in ko if code == "ko" else [entry["en"]]:
            pattern = korean(form, everyday) if code == "ko" else english(form)
            found.append((len(form), ids[same], pattern, meanings[same][code], everyday))
    return [tuple(term) for _, *term in sorted(found, key=lambda term: -term[0])]


def english(term):
    words = "[- ]".join(map(re.escape, re.split("[- ]", term)))
    return re.compile(rf"(?<![A-Za-z-]){words}(?:s|es)?(?![A-Za-z-])", re.IGNORECASE)


def korean(term, everyday):
    after = rf"(?![가-힣A-Za-z])(?! 수)|(?=[{PARTICLES}])" if everyday else ""
    return re.compile(rf"(?<![가-힣A-Za-z]){re.escape(term)}(?:{after})")


def texts(doctree):
    """Text of the prose, in order."""
    for text in list(doctree.findall(nodes.Text)):
        parent = text.parent
        while parent is not None and not isinstance(parent, ELSEWHERE):
            parent = parent.parent
        if parent is None:
            yield text


def places(text, terms, done):
    """(start, end, id, meaning) of each term not yet done in a text; adds them to `done`."""
    found = []
    for name, pattern, meaning, _ in terms:
        for match in pattern.finditer(text):
            if name in done:
                break
            if all(match.end() <= start or end <= match.start() for start, end, *_ in found):
                found.append((*match.span(), name, meaning))
                done.add(name)
    return sorted(found)


def first_pages(app, env):
    """On which page of each language an everyday term is used first."""
    app.glossary_terms, app.glossary_first = {}, {}
    for code, language in LANGUAGES.items():
        if language.folder + PAGE not in env.all_docs:
            continue
        terms = app.glossary_terms[code] = terms_of(app, code)
        done = set()
        for docname in pages_of(env, code):
            before = set(done)
            for text in texts(env.get_doctree(docname)):
                places(text.astext(), terms, done)
            everyday = {name for name, *_, everyday in terms if everyday}
            app.glossary_first[docname] = everyday & (done - before)


def link(app, doctree, docname):
    code = language_of(docname)
    target = f"{LANGUAGES[code].folder}{PAGE}" if code else None
    if target not in app.env.all_docs or docname == target:
        return
    terms = app.glossary_terms[code]
    everyday = {name for name, *_, everyday in terms if everyday}
    done = everyday - app.glossary_first.get(docname, set())
    address = app.builder.get_relative_uri(docname, target)
    for text in texts(doctree):
        words = text.astext()
        parts, at = [], 0
        for start, end, name, meaning in places(words, terms, done):
            term = nodes.reference(
                "", words[start:end], internal=True, refuri=f"{address}#{name}",
                reftitle=meaning, classes=["term"],
            )  # fmt: skip
            parts += [nodes.Text(words[at:start]), term]
            at = end
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(words[at:])])


def setup(app):
    app.connect("env-check-consistency", first_pages)
    app.connect("doctree-resolved", link)
