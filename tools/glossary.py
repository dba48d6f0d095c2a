"""Whether a chapter uses the terms of glossary.yml, which says what is asked; the glossary page."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import prose
import yaml
from prose import Prose, Text

if TYPE_CHECKING:
    from notebooks import Cell

# Stands in a source alone in its paragraph; the notebook has all terms in its place.
PLACE = "<!-- every term of glossary.yml -->"


class Term(NamedTuple):
    en: str
    ko: tuple[str, ...]
    avoid: tuple[str, ...]
    everyday: bool
    # (language, line) twice; empty for a second English term for the same Korean one
    means: tuple[tuple[str, str], ...]


def read(path: Path) -> list[Term]:
    """The terms, longest English first: a hidden state is not also a state."""
    entries = yaml.safe_load(path.read_text("utf-8"))
    if not entries:
        raise ValueError(f"{path} holds no terms")
    terms = []
    for entry in entries:
        ko = entry["ko"] if isinstance(entry["ko"], list) else [entry["ko"]]
        avoid, everyday = entry.get("avoid", []), entry.get("everyday", False)
        means = tuple(entry.get("means", {}).items())
        terms.append(Term(entry["en"], tuple(ko), tuple(avoid), everyday, means))
    told = {term.ko[0] for term in terms if {"ko", "en"} <= dict(term.means).keys()}
    for term in terms:
        if term.ko[0] not in told:
            raise ValueError(f"{path}: {term.en} lacks means with ko and en, one line each")
    return sorted(terms, key=lambda term: -len(term.en))


def page(terms: list[Term], language: str) -> str:
    """Every term with what it means, as a Markdown list in the order of the language's alphabet."""
    lines = []
    for term in terms:
        if not term.means:
            continue
        ko, en = ", ".join(term.ko), term.en
        first, other, code = (ko, en, "en") if language == "ko" else (en, ko, "ko")
        name = f'<a id="{anchor(term.en)}"></a>**{first}** · <span lang="{code}">{other}</span>'
        lines.append((first.lower(), f"- {name}<br>{dict(term.means)[language]}"))
    return "\n".join(line for _, line in sorted(lines))


def anchor(en: str) -> str:
    """The end of a link to a term of the page, the same in every language."""
    return re.sub("[^a-z0-9]+", "-", en.lower()).strip("-")


@cache
def english(term: Term) -> re.Pattern[str]:
    words = "[- ]".join(map(re.escape, re.split("[- ]", term.en)))
    # Not \b: a particle follows at once, as in RNN은, and is a letter too.
    return re.compile(rf"(?<![A-Za-z]){words}(?:s|es)?(?![A-Za-z])", re.IGNORECASE)


@cache
def glossed(term: Term) -> re.Pattern[str]:
    """원-핫 인코딩(one-hot encoding), also with more behind a comma."""
    korean = "|".join(map(re.escape, term.ko))
    return re.compile(rf"(?:{korean})\((?:[^()]*, )?{english(term).pattern}[^()]*\)", re.IGNORECASE)


def words(parts: Prose) -> str:
    return _line(" ".join(text.own_words for text in parts.texts))


def used(terms: list[Term], text: str) -> list[Term]:
    """The terms of an English text, each stretch of it counted for the longest only."""
    found = []
    for term in terms:
        text, times = english(term).subn(" ", text)
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
    text = _line(" ".join(text.words for text in ko.texts))
    for term in used(terms, words(en)):
        if not term.everyday and not any(form in text for form in term.ko):
            yield f"English says {term.en}, Korean does not say {term.ko[0]}"
    for term in terms:
        for other in term.avoid:
            if other in words(ko):
                yield f"{other}: this book says {term.ko[0]}"


def chapter(
    terms: list[Term], cells: list[tuple["Cell", Prose]], known: set[str]
) -> Iterator[tuple["Cell", int, str]]:
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
        rest, times = english(term).subn(" ", rest)
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
