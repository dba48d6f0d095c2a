"""The record of which texts of two languages were last read together: chapters/agreed.txt.

A rule can compare numbers and links; that a sentence now says the opposite, no rule sees. So the
record has each pair as two short hashes, and a pair in which one language alone has changed is a
finding until somebody has read both and says that they still agree, see tools/notebooks.py. A pair
that is new, or in which both have changed, is recorded when the notebooks are built. In the same
way the numbers in the code between two pairs of prose are held against that prose.
"""

import ast
import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from book import strings
from book.fault import SourceError
from book.languages import LANGUAGES
from book.sources import Cell, twins
from book.terms import Term

RECORD = "chapters/agreed.txt"
HEAD = "# What was read together, as hashes: file, Korean, English. Built by tools/notebooks.py.\n"


class Pair(NamedTuple):
    path: Path
    line: int
    last: int  # its last line
    first: str  # hash of the Korean, or of the prose around code
    second: str  # hash of the English, or of the numbers in the code
    sides: tuple[str, str] = ("Korean", "English")  # whose hashes these are

    @property
    def code(self) -> bool:
        """Whether its second side is code."""
        return self.sides == AROUND_CODE


AROUND_CODE = ("the prose around", "numbers in code")
Recorded = dict[str, set[tuple[str, str]]]  # by file


def pairs(root: Path, chapters: dict[Path, list[Cell]], terms: list[Term]) -> list[Pair]:
    """Every pair of the book: prose, the glossary's meanings, words of pictures and figures."""
    found = []
    for path, cells in chapters.items():
        found += [*_prose(path, cells), *_code(path, cells)]
    for term in sorted(terms, key=lambda term: term.line):
        means = dict(term.means)
        ko, en = [*term.ko, means.get("ko", "")], [term.en, means.get("en", "")]
        found.append(_pair(root / "glossary.yml", term.line, term.line, " ".join(ko), " ".join(en)))
    for words in strings.read(root):
        # The key belongs to both: the same word may stand for two things.
        ko_text, en_text = f"{words.key}: {words.ko}", f"{words.key}: {words.en}"
        found.append(_pair(words.path, words.line, words.line, ko_text, en_text))
    return found


def _prose(path: Path, cells: list[Cell]) -> Iterator[Pair]:
    for first, second in twins(cells):
        last = second.line + second.node.source.count("\n")
        pair = _pair(path, first.line, last, first.node.source, second.node.source)
        sides = LANGUAGES[str(first.lang)].english, LANGUAGES[str(second.lang)].english
        yield pair._replace(sides=sides)


def _code(path: Path, cells: list[Cell]) -> Iterator[Pair]:
    """The code between two pairs of prose, by its numbers, with the Korean before and behind."""
    groups = [list(group) for _, group in groupby(cells, lambda cell: cell.lang is None)]
    for before, code, *behind in zip(groups, groups[1:], [*groups[2:], []], strict=False):
        if code[0].lang is None:
            around = [cell.node.source for cell in chain(before, *behind) if cell.lang == "ko"]
            numbers = [number for cell in code for number in numbers_in(cell.node.source)]
            last = code[-1].line + code[-1].node.source.count("\n")
            pair = _pair(path, code[0].line, last, "\n".join(around), " ".join(numbers))
            yield pair._replace(sides=AROUND_CODE)


def numbers_in(source: str) -> list[str]:
    """The numbers written in a piece of code, in their order; none if it is no plain Python."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []
    numbers = [n for n in nodes if isinstance(n, ast.Constant) and type(n.value) in (int, float)]
    return [repr(n.value) for n in sorted(numbers, key=lambda n: (n.lineno, n.col_offset))]


def _pair(path: Path, line: int, last: int, first: str, second: str) -> Pair:
    return Pair(path, line, last, _hash(first), _hash(second))


def _hash(text: str) -> str:
    """The same however the text is broken into lines."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:10]


def one_sided(root: Path, recorded: Recorded, found: Iterable[Pair]) -> dict[Pair, str]:
    """The pairs in which one side changed alone, with the side that changed."""
    changed = {}
    for pair in found:
        known = recorded.get(_name(root, pair), set())
        if (pair.first, pair.second) in known:
            continue
        if pair.first in {first for first, _ in known}:
            changed[pair] = pair.sides[1]
        elif pair.second in {second for _, second in known} and not pair.code:
            changed[pair] = pair.sides[0]
    return changed


def recorded_in(root: Path) -> Recorded:
    """What the record holds; nothing if there is none yet.

    Raises:
        SourceError: a line of it is none.
    """
    path = root / RECORD
    recorded: Recorded = {}
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        if len(parts := line.split()) != 3:
            raise SourceError(path, number, "not a file and two hashes: take either side")
        recorded.setdefault(parts[0], set()).add((parts[1], parts[2]))
    return recorded


def text_of(root: Path, found: list[Pair], agreed: Collection[Pair] = ()) -> str:
    """What the record should be; pairs changed on one side, unless agreed, stay as they were."""
    recorded = recorded_in(root)
    still = one_sided(root, recorded, found).keys() - set(agreed)
    lines = [HEAD]
    for pair in found:
        name, sides = _name(root, pair), [(pair.first, pair.second)]
        if pair in still:
            old = sorted(recorded[name])
            sides = [
                p for p in old if p[0] == pair.first or (p[1] == pair.second and not pair.code)
            ]
        lines += [f"{name} {first} {second}\n" for first, second in sides]
    return "".join(dict.fromkeys(lines))


def _name(root: Path, pair: Pair) -> str:
    """The file; of code with a mark, so that it is not taken for prose."""
    return pair.path.relative_to(root).as_posix() + (":code" if pair.code else "")


def named(root: Path, found: list[Pair], places: list[str]) -> list[Pair]:
    """The pairs at each FILE:LINE or in each FILE.

    Raises:
        ValueError: there is none.
    """
    chosen: list[Pair] = []
    for place in places:
        file, _, line = place.partition(":")
        there = [pair for pair in found if pair.path.relative_to(root).as_posix() == file]
        if line:
            there = [
                pair for pair in there if line.isdecimal() and pair.line <= int(line) <= pair.last
            ]
        if not there:
            raise ValueError(f"{place}: no pair. Name it as `make check` does, FILE:LINE.")
        chosen += there
    return chosen
