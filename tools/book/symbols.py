"""The symbols of symbols.yml: their parser, and where a formula uses which of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from latex2mathml.converter import convert

from book import entries
from book.fault import SourceError
from book.languages import EVERYWHERE, LANGUAGES, REFERENCE

KEYS = {"formula", *LANGUAGES, "shape", "colour", "code", "in"}
COLOURS = ("letter", "state", "output", "weight", "gate")
NO_SHAPE = ("number", "function")
SHAPE = re.compile(r"\((?:[A-Z1](?: \+ [A-Z1])*)(?:,(?: [A-Z1](?: \+ [A-Z1])*)?)\)")
# What may stand below a symbol and leave it the same symbol: a step, a place, a number.
INDEX = re.compile(r"(?:[tij](?:[−+]\d+)?|\d+)(?:,(?:[tij](?:[−+]\d+)?|\d+))*")

Written = tuple[str, str]  # a letter and what stands below it: ("h", "t−1")


@dataclass(frozen=True)
class Symbol:
    key: str  # names it in a page
    formula: str  # as LaTeX writes it
    written: Written
    shape: str
    colour: str  # "" for that of the text
    code: Mapping[str, list[int]] = field(hash=False)  # names in code, with their chapters
    names: Mapping[str, str] = field(hash=False)  # what it is, by language
    chapters: tuple[int, ...]  # none: all that have no entry of their own for the letter
    line: int = 1  # where it stands in symbols.yml

    def name(self, language: str = REFERENCE) -> str:
        """What it is, in a language; in English where the file lacks that."""
        return self.names.get(language, self.names[REFERENCE])


class Used(NamedTuple):
    element: ElementTree.Element
    written: Written


def read(path: Path) -> list[Symbol]:
    """The symbols in the order of the file.

    Raises:
        SourceError: the file is not as its first lines ask.
    """
    found: list[Symbol] = []
    for line, entry in entries.read(path, "symbols"):
        fault = entry_fault(entry)
        if not fault:
            found.append(_symbol(entry, line))
            fault = clash(found)
        if fault:
            raise SourceError(path, line, fault)
    return found


def entry_fault(entry: Any) -> str:
    """What is wrong with one entry of the file; "" if nothing is."""
    if not isinstance(entry, dict) or not isinstance(entry.get("formula"), str):
        return "each entry begins with `- formula:` and a symbol in LaTeX"
    name = entry["formula"]
    if unknown := sorted(map(str, set(entry) - KEYS)):
        return f"{name} has {', '.join(unknown)}, which means nothing here"
    if len(written(name)) != 1:
        return f"{name} is not one symbol"
    for language in EVERYWHERE:
        if not isinstance(entry.get(language), str):
            return f"{name} lacks {language}, what it is in a few words"
    shape = entry.get("shape")
    if not isinstance(shape, str) or not (shape in NO_SHAPE or SHAPE.fullmatch(shape)):
        return f"{name}: shape is one as (1, H), or {' or '.join(NO_SHAPE)}"
    if entry.get("colour", COLOURS[0]) not in COLOURS:
        return f"{name}: colour is one of {', '.join(COLOURS)}"
    code = entry.get("code", {})
    where = [*code.values(), entry.get("in", [0])] if isinstance(code, dict) else [None]
    if not all(map(_chapters, where)):
        return f"{name}: code is a name with a list of chapters, as {{h_t: [2, 4]}}, in such a list"
    return ""


def _chapters(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(n, int) for n in value)


def _symbol(entry: dict[str, Any], line: int) -> Symbol:
    formula = entry["formula"]
    return Symbol(
        key=re.sub("[^A-Za-z]+", "-", formula).strip("-"),
        formula=formula,
        written=written(formula)[0],
        shape=entry["shape"],
        colour=entry.get("colour", ""),
        code=entry.get("code", {}),
        names={language: entry[language] for language in LANGUAGES if language in entry},
        chapters=tuple(entry.get("in", [])),
        line=line,
    )


def clash(known: list[Symbol]) -> str:
    """What the last of some symbols says otherwise than one before it; "" if nothing."""
    *before, last = known
    for other in before:
        if other.written == last.written and (
            other.chapters == last.chapters or set(other.chapters) & set(last.chapters)
        ):
            return f"{last.formula} stands here twice for the same chapters"
        if other.name() == last.name() and other.colour != last.colour:
            return f"{last.formula}: {last.name()} has another colour in line {other.line}"
        for name in set(other.code) & set(last.code):
            if set(other.code[name]) & set(last.code[name]):
                return f"{last.formula}: line {other.line} has the name {name} in the same chapter"
    return ""


def parsed(latex: str) -> ElementTree.Element:
    """A formula as a tree of MathML."""
    return ElementTree.fromstring(convert(latex))


@cache  # a book writes the same formula often
def written(latex: str) -> tuple[Written, ...]:
    """Every symbol that a formula writes."""
    return tuple(one.written for one in used(parsed(latex)))


def used(element: ElementTree.Element) -> list[Used]:
    """Every letter of a formula that stands for something, with what is written below it."""
    return list(_used(element))


def _used(element: ElementTree.Element) -> Iterator[Used]:
    if _kind(element) in ("msub", "msubsup") and _letter(element[0]):
        below = "".join(element[1].itertext()).replace(" ", "")
        yield Used(element, (_letter(element[0]), below))
        if INDEX.fullmatch(below):  # else it is part of a name
            for index in _used(element[1]):
                yield Used(ElementTree.Element("index"), index.written)
        for raised in element[2:]:
            yield from _used(raised)
    elif letter := _letter(element):
        yield Used(element, (letter, ""))
    else:
        for child in element:
            yield from _used(child)


def _kind(element: ElementTree.Element) -> str:
    """The name of an element of MathML without its namespace."""
    return element.tag.rpartition("}")[2]


def _letter(element: ElementTree.Element) -> str:
    """The letter that an element is; "" for a sign, a number, or the name of a function."""
    text = (element.text or "").strip()
    return text if _kind(element) == "mi" and len(text) == 1 and text.isalpha() else ""


def meant(known: Sequence[Symbol], written: Written, chapter: int | None) -> Symbol | None:
    """The symbol that a formula of a chapter means; None where the file has none for it."""
    letter, below = written
    exact = [symbol for symbol in known if symbol.written == written]
    if not exact and INDEX.fullmatch(below):
        exact = [symbol for symbol in known if symbol.written == (letter, "")]
    here = [symbol for symbol in exact if chapter in symbol.chapters]
    return next(iter(here or [symbol for symbol in exact if not symbol.chapters]), None)
