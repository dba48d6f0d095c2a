"""The words: the glossary's, Korean ones, the other language's, those outside the chapters."""

from book import strings
from book.languages import EVERYWHERE, LANGUAGES

from gate import korean, particles, prose, shown, usage, wording
from gate.model import Book, Finding, Findings


def terms(book: Book) -> Findings:
    """The glossary's terms are used; glossary.yml says how."""
    known = book.terms
    introduced: set[str] = set()
    for chapter in book.chapters:
        # The start page names what comes; the chapters introduce it.
        at_start = chapter.path.stem.startswith("00_")
        before = {term.en for term in known} if at_start else introduced
        for ko, en in chapter.pairs():
            for message in usage.pair(known, ko.node.source, en.node.source):
                yield Finding(chapter.path, ko.line, "glossary", message)
        for cell, line, message in usage.chapter(known, chapter.prose("ko"), before):
            yield Finding(chapter.path, cell.line + line, "glossary", message)
    for language in EVERYWHERE:
        texts = [usage.words(parts) for c in book.chapters for _, parts in c.prose(language)]
        for name in usage.unused(known, " ".join(texts), language):
            message = f"{name}: no chapter says it in {LANGUAGES[language].english}"
            line = next(term.line for term in known if name in (term.en, term.ko[0]))
            yield Finding(book.root / "glossary.yml", line, "glossary", message)


def korean_style(book: Book) -> Findings:
    """Korean prose ends its sentences in 합니다체, and avoids what sounds translated."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko"):
            for line, message in korean.faults(parts):
                yield Finding(chapter.path, cell.line + line, "korean", message)


def particle(book: Book) -> Findings:
    """Particles fit the word before them, be it Korean, Latin, a number, code or a formula."""
    cells = [(c.path, cell, parts) for c in book.chapters for cell, parts in c.prose("ko")]
    nouns = particles.nouns_in(text.words for _, _, parts in cells for text in parts.texts)
    for path, cell, parts in cells:
        for text in parts.texts:
            for message in particles.faults(text, nouns):
                yield Finding(path, cell.line + text.line, "particle", message)


def mixed(book: Book) -> Findings:
    """No English is left in Korean prose, no Korean in English prose or in code for both."""
    for chapter in book.chapters:
        for ko, en in chapter.pairs():
            ours, theirs = prose.parse(ko.node.source), prose.parse(en.node.source)
            for line, message in korean.latin(ours, theirs):
                yield Finding(chapter.path, ko.line + line, "mixed", message)
            for line, message in korean.hangul(theirs):
                yield Finding(chapter.path, en.line + line, "mixed", message)
        for cell in chapter.code():
            for line, message in shown.korean_shown(cell.node.source):
                yield Finding(chapter.path, cell.line + line, "mixed", message)


def words(book: Book) -> Findings:
    """Texts of pictures, figures and the site agree in both languages: see strings.py."""
    pairs = list(strings.read(book.root))
    found = [(pair, message) for pair in pairs for message in wording.faults(pair, book.terms)]
    for path in {pair.path for pair in pairs}:
        found += wording.alike(pair for pair in pairs if pair.path == path)
    for pair, message in found:
        yield Finding(pair.path, pair.line, "words", message)
