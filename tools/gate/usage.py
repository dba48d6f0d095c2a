"""Whether a text uses the terms of glossary.yml as its first lines ask."""

import re
from collections.abc import Iterator
from functools import cache

from book.sources import Cell
from book.terms import Term, english

from gate import prose
from gate.prose import Prose, Text


@cache
def glossed(term: Term) -> re.Pattern[str]:
    """원-핫 인코딩(one-hot encoding), also with more behind a comma."""
    korean = "|".join(map(re.escape, term.ko))
    return re.compile(
        rf"(?:{korean})\((?:[^()]*, )?{english(term.en).pattern}[^()]*\)", re.IGNORECASE
    )


def words(parts: Prose) -> str:
    """The own words of a cell in one line."""
    return _line(" ".join(text.own_words for text in parts.texts))


def used(terms: list[Term], text: str) -> list[Term]:
    """The terms of an English text, each stretch of it counted for the longest only."""
    found = []
    for term in terms:
        text, times = english(term.en).subn(" ", text)
        found += [term] * bool(times)
    return found


def unused(terms: list[Term], text: str, language: str) -> Iterator[str]:
    """The terms that a text in ``"ko"`` or ``"en"`` never uses."""
    said = used(terms, text)
    for term in terms:
        if not (term in said if language == "en" else any(form in text for form in term.ko)):
            yield term.ko[0] if language == "ko" else term.en


def pair(terms: list[Term], korean: str, english_twin: str) -> Iterator[str]:
    """What the Korean of a pair lacks, and the words to avoid in it."""
    ko, en = prose.parse(korean), prose.parse(english_twin)
    yield from lacking(terms, _line(" ".join(text.words for text in ko.texts)), words(en))
    yield from avoided(terms, words(ko))


def lacking(terms: list[Term], korean: str, english: str) -> Iterator[str]:
    """Terms that an English text uses and the Korean one does not."""
    for term in used(terms, english):
        if not term.everyday and not any(form in korean for form in term.ko):
            yield f"English says {term.en}, Korean does not say {term.ko[0]}"


def avoided(terms: list[Term], korean: str) -> Iterator[str]:
    """Words in a Korean text that other books use, and this one does not."""
    for term in terms:
        for pattern in term.avoid:
            if match := re.search(pattern, korean):
                yield f"{match[0]}: this book says {term.ko[0]}"


def chapter(
    terms: list[Term], cells: list[tuple[Cell, Prose]], known: set[str]
) -> Iterator[tuple[Cell, int, str]]:
    """English in Korean prose that is not a term's first use; first uses that lack the English.

    `known` gathers the terms that have been introduced, from chapter to chapter.
    """
    here: set[str] = set()
    for cell, parts in cells:
        for text in parts.texts:
            yield from ((cell, text.line, message) for message in _text(terms, text, known, here))


def _text(terms: list[Term], text: Text, known: set[str], here: set[str]) -> Iterator[str]:
    line = _line(text.own_words)
    rest = line
    for term in terms:
        rest, times = glossed(term).subn(" ", rest)
        if times + (term.en in here) > 1:
            yield f"{term.ko[0]}({term.en}) once in a chapter, then {term.ko[0]}"
        if times:
            here.add(term.en)
            known.add(term.en)
    for term in terms:
        rest, times = english(term.en).subn(" ", rest)
        if times:
            yield f"{term.en}: Korean prose says {term.ko[0]}"
    for term in sorted(terms, key=lambda term: -len(term.ko[0])):
        before = rest
        rest = rest.replace(term.ko[0], " ")
        if rest != before and text.place != "heading" and not term.everyday:
            if term.en not in known:
                yield f"{term.ko[0]}: its first use is {term.ko[0]}({term.en})"
            known.add(term.en)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
