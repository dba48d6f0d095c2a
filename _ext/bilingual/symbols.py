"""Symbols of symbols.yml, marked wherever a page shows one, and listed at its end.

A mark is `data-s`, the symbol's key, and a class for its colour: on an element of a formula, on a
name in code, on a formula of a picture, which says itself what it is (`data-symbol`, see
charrnn/pictures/picture.py). `data-at` says what stands below it. theme/static/cards.js lights
what is marked alike, and takes what it says from the list.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

from book import symbols
from book.symbols import Symbol, Used
from latex2mathml.converter import convert
from sphinx.application import Sphinx

from .interface import WORDS
from .spacing import spaced

PICTURED = re.compile(r' data-symbol="([^"]*)"')
BLOCK = re.compile(r'<div class="highlight-i?python3? notranslate">.*?</pre>', re.S)
# A name in code, but not one behind a dot or of an argument (k=5); and one in a sentence, if it is
# no letter of a text.
CODED = re.compile(
    r'(?<!<span class="o">\.</span>)<span class="(n)">(\w+)</span>(?!<span class="o">=</span>)'
)
QUOTED = re.compile(r'(?<=<code class="docutils literal notranslate">)<span class="(pre)">(\w\w+)<')
MARKED = re.compile(r'data-s="([^"]+)"')


def known_to(app: Sphinx) -> tuple[Symbol, ...]:
    """The symbols of the book; none where it has no such file."""
    file = Path(app.srcdir, "symbols.yml")
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else ()


@cache
def _read(file: Path, changed: int) -> tuple[Symbol, ...]:
    return tuple(symbols.read(file))


def classes(symbol: Symbol, other: str = "") -> str:
    """The class attribute of something that is a symbol."""
    return " ".join(filter(None, [other, symbol.colour and f"ink-{symbol.colour}"]))


def attributes(symbol: Symbol, below: str = "") -> Iterator[tuple[str, str]]:
    """What marks a symbol in a page."""
    yield "data-s", symbol.key
    if symbol.colour:
        yield "class", classes(symbol)
    if at := " ".join(places(below)):
        yield "data-at", at


def places(below: str) -> Iterator[str]:
    """What the indices of a symbol say that has words: another step, one place of a row."""
    first, *others = below.split(",")
    if word := {"t−1": "before", "t+1": "after", "0": "start"}.get(first):
        yield word
    if {"i", "j"} & {first, *others}:
        yield "place"


def marked(mathml: str, known: tuple[Symbol, ...], chapter: int | None) -> str:
    """A formula with its symbols marked."""
    root = ElementTree.fromstring(mathml)
    for one in symbols.used(root):
        if symbol := symbols.meant(known, one.written, chapter):
            one.element.attrib.update(attributes(symbol, one.written[1]))
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def marked_text(body: str, known: tuple[Symbol, ...], chapter: int | None) -> str:
    """The HTML of a page with the symbols marked that stand in its code and pictures."""
    coded = {name: one for one in known for name, where in one.code.items() if chapter in where}

    def mark_name(found: re.Match[str]) -> str:
        symbol = coded.get(found[2])
        if symbol is None:
            return found[0]
        opening = f'<span class="{classes(symbol, found[1])}" data-s="{symbol.key}"'
        return opening + found[0][found[0].index(">") :]

    def mark_picture(found: re.Match[str]) -> str:
        one = alone(unescape(found[1]))
        symbol = symbols.meant(known, one.written, chapter) if one else None
        if one is None or symbol is None:
            return ""
        marks = attributes(symbol, one.written[1])
        return "".join(f' {name}="{escape(value)}"' for name, value in marks if name != "class")

    if coded:
        body = BLOCK.sub(lambda block: CODED.sub(mark_name, block[0]), body)
        body = QUOTED.sub(mark_name, body)
    return PICTURED.sub(mark_picture, body)


def alone(latex: str) -> Used | None:
    """The symbol that is all of a formula; None where there is more, or none."""
    tree = symbols.parsed(latex)
    found = symbols.used(tree)
    one = found[0] if found else None
    said = "".join(tree.itertext()).replace(" ", "")
    return one if one and said == "".join(one.written) else None


def entries(
    body: str, known: tuple[Symbol, ...], chapter: int | None, language: str
) -> Iterator[SimpleNamespace]:
    """The symbols that a page shows, in the order of the file, as its list has them."""
    there = set(MARKED.findall(body))
    words = WORDS[language]
    for one in known:
        if one.key in there and symbols.meant(known, one.written, chapter) == one:
            formula = spaced(marked(convert(one.formula), (one,), chapter))
            name, shape = one.name(language), words.get(one.shape, one.shape)
            yield SimpleNamespace(key=one.key, formula=formula, name=name, shape=shape)
