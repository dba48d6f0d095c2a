"""The terms of glossary.yml: their parser, and where a text says them."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from book import entries
from book.fault import SourceError
from book.languages import EVERYWHERE, LANGUAGES

# Stands in a source alone in its paragraph; the notebook has all terms in its place.
PLACE = "<!-- every term of glossary.yml -->"
KEYS = {"en", "ko", "means", "avoid", "everyday"}


class Term(NamedTuple):
    en: str
    ko: tuple[str, ...]
    avoid: tuple[str, ...]  # patterns
    everyday: bool
    # (language, line) once a language; empty for a second English term for the same Korean one
    means: tuple[tuple[str, str], ...]
    line: int = 1  # where it stands in glossary.yml


def read(path: Path) -> list[Term]:
    """The terms in the order of the file.

    Raises:
        SourceError: the file is not as its first lines ask.
    """
    terms: list[Term] = []
    for line, entry in entries.read(path, "terms"):
        if fault := entry_fault(entry):
            raise SourceError(path, line, fault)
        if entry["en"] in (term.en for term in terms):
            raise SourceError(path, line, f"{entry['en']} stands here twice")
        terms.append(_term(entry, line))
    told = {term.ko[0] for term in terms if term.means}
    for term in terms:
        if term.ko[0] not in told:
            raise SourceError(path, term.line, f"{term.en} lacks means with ko and en")
    return terms


def entry_fault(entry: Any) -> str:
    """What is wrong with one entry of the file; "" if nothing is."""
    if not isinstance(entry, dict) or not _texts([entry.get("en")]):
        return "each entry begins with `- en:` and an English term"
    name = entry["en"]
    if unknown := sorted(map(str, set(entry) - KEYS)):
        return f"{name} has {', '.join(unknown)}, which means nothing here"
    ko, avoid = _listed(entry.get("ko")), _listed(entry.get("avoid", []))
    if not _texts(ko) or not ko:
        return f"{name} lacks ko, its Korean term or a list of them"
    if not _texts(avoid) or not all(map(_is_pattern, avoid)):
        return f"{name}: avoid is a list of Korean words or patterns"
    if not isinstance(entry.get("everyday", False), bool):
        return f"{name}: everyday is true or not there"
    means = entry.get("means")
    if "means" in entry and not (
        isinstance(means, dict)
        and set(EVERYWHERE) <= set(means) <= set(LANGUAGES)
        and _texts(list(means.values()))
    ):
        return f"{name}: means is one line of text in ko and one in en"
    return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _term(entry: dict[str, Any], line: int) -> Term:
    avoid, everyday = tuple(_listed(entry.get("avoid", []))), entry.get("everyday", False)
    means = tuple(entry.get("means", {}).items())
    return Term(entry["en"], tuple(_listed(entry["ko"])), avoid, everyday, means, line)


def anchor(en: str) -> str:
    """The end of a link to a term of the page, the same in every language."""
    return re.sub("[^a-z0-9]+", "-", en.lower()).strip("-")


@cache
def english(term: str) -> re.Pattern[str]:
    """Where an English text says a term, one or many, with a space or a hyphen between words."""
    words = "[- ]".join(map(re.escape, re.split("[- ]", term)))
    # Not \b: a particle follows at once, as in RNN은, and is a letter too.
    return re.compile(rf"(?<![A-Za-z-]){words}(?:s|es)?(?![A-Za-z-])", re.IGNORECASE)


def longest_first(terms: Iterable[Term]) -> list[Term]:
    """The terms in the order in which a text is searched: a hidden state is not also a state."""
    return sorted(terms, key=lambda term: -len(term.en))
