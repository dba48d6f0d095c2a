"""Whether a chapter uses the terms of glossary.yml, which says what is asked; the glossary page."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import prose
import yaml
from prose import Prose, Text
from source import SourceError

if TYPE_CHECKING:
    from notebooks import Cell

# Stands in a source alone in its paragraph; the notebook has all terms in its place.
PLACE = "<!-- every term of glossary.yml -->"


KEYS = {"en", "ko", "means", "avoid", "everyday"}
LANGUAGES = {"ko", "en"}


class Term(NamedTuple):
    en: str
    ko: tuple[str, ...]
    avoid: tuple[str, ...]  # patterns
    everyday: bool
    # (language, line) twice; empty for a second English term for the same Korean one
    means: tuple[tuple[str, str], ...]
    line: int = 1  # where it stands in glossary.yml


def read(path: Path) -> list[Term]:
    """The terms, longest English first: a hidden state is not also a state.

    Raises:
        SourceError: the file is not as its first lines ask.
    """
    text = path.read_text("utf-8")
    try:
        node = yaml.compose(text)
        entries = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(path, line, f"not YAML: {error.problem}") from error
    if not isinstance(entries, list):
        raise SourceError(path, 1, "holds no terms")
    lines = [item.start_mark.line + 1 for item in node.value]
    terms: list[Term] = []
    for line, entry in zip(lines, entries, strict=True):
        if fault := entry_fault(entry):
            raise SourceError(path, line, fault)
        if entry["en"] in (term.en for term in terms):
            raise SourceError(path, line, f"{entry['en']} stands here twice")
        terms.append(_term(entry, line))
    told = {term.ko[0] for term in terms if term.means}
    for term in terms:
        if term.ko[0] not in told:
            raise SourceError(path, term.line, f"{term.en} lacks means with ko and en")
    return sorted(terms, key=lambda term: -len(term.en))


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
        isinstance(means, dict) and set(means) == LANGUAGES and _texts(list(means.values()))
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
