"""What stands in a prose cell, as far as its twin must agree with it or Colab must show it."""

import re
from collections import Counter
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

PARSER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
SOURCE = re.compile(r"<img\b[^>]*?\bsrc=[\"']([^\"']*)", re.IGNORECASE)
TARGET = re.compile(r"<a\b[^>]*?\bhref=[\"']([^\"']*)", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CODE = "\ufffc"  # stands in a text where code or a formula stood
# Roles {name}`...`, ::: fences, (label)= lines, {{ substitutions }} and % comments.
ONLY_MYST = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"\{{[\w:+-]+\}}(?={CODE})",
        r"(?<!\S):::+(?:\{[\w-]+\})?",
        r"^\([\w-]+\)=(?!\S)",
        r"\{\{.*?\}\}",
        r"^%.*",
    )
)
CONTAINERS = ("heading", "list", "blockquote", "table")


class Text(NamedTuple):
    line: int  # within the cell, from 0
    place: str  # "heading", "list", "blockquote", "table", "html" or "paragraph"
    words: str  # without code, formulas and markup
    own_words: str  # without the words of links either: titles are in their own language


class Prose(NamedTuple):
    texts: list[Text]
    headings: list[int]  # levels, in order
    images: list[tuple[str, str]]  # source and alternative text
    links: list[str]
    formulas: list[str]
    code: list[str]
    blocks: list[str]  # fenced code, without its comments
    directives: list[tuple[int, str]]  # line and info of fences that only MyST understands

    def numbers(self) -> Counter[str]:
        """Each number written in digits, and how often; 1,000 is 1000.

        0 and 1 are left out: English says zeros and ones where Korean writes digits.
        """
        found = (NUMBER.findall(text.words) for text in self.texts)
        plain = (re.sub(r",(?=\d{3})", "", number) for row in found for number in row)
        return Counter(number for number in plain if number not in ("0", "1"))


def parse(source: str) -> Prose:
    prose = Prose([], [], [], [], [], [], [], [])
    inside: list[str] = []
    for token in PARSER.parse(source):
        kind = re.sub(r"^(bullet|ordered)_|_(open|close)$", "", token.type)
        line = token.map[0] if token.map else 0
        if token.nesting == 1 and kind in CONTAINERS:
            inside.append(kind)
        elif token.nesting == -1 and kind in CONTAINERS:
            inside.pop()
        if token.type == "heading_open":
            prose.headings.append(int(token.tag[1]))
        elif token.type == "inline":
            words, own_words = _inline(token.children or [], prose)
            prose.texts.append(Text(line, inside[-1] if inside else "paragraph", words, own_words))
        elif token.type == "html_block":
            _tags(token.content, prose)
            words = unescape(TAG.sub(" ", token.content))
            prose.texts.append(Text(line, "html", words, words))
        elif token.type.startswith("math_block"):
            prose.formulas.append(_formula(token.content))
        elif token.type in ("fence", "code_block"):
            prose.blocks.append(re.sub(r"[ \t]*#.*", "", token.content))
            if token.info.lstrip().startswith("{"):
                prose.directives.append((line, token.info.strip()))
    return prose


def _inline(children: list[Token], prose: Prose) -> tuple[str, str]:
    """Sorts the parts of a paragraph into prose; its words, with and without those of links."""
    words, own_words, links = "", "", 0
    for token in children:
        said = ""
        if token.type == "code_inline":
            prose.code.append(token.content)
            said = CODE
        elif token.type.startswith("math_inline"):
            prose.formulas.append(_formula(token.content))
            said = CODE
        elif token.type == "image":
            prose.images.append((str(token.attrs["src"]), token.content))
            said = token.content
        elif token.type == "html_inline":
            _tags(token.content, prose)
        elif token.type == "link_open":
            prose.links.append(str(token.attrs["href"]))
            links += 1
        elif token.type == "link_close":
            links -= 1
        else:
            said = "\n" if token.type.endswith("break") else token.content
        words += said
        own_words += "" if links else said
    return words, own_words


def _tags(html: str, prose: Prose) -> None:
    prose.links.extend(TARGET.findall(html))
    for image in SOURCE.finditer(html):
        tag = html[image.start() : html.index(">", image.start())]
        alt = re.search(r"\balt=[\"']([^\"']*)", tag)
        prose.images.append((image[1], alt[1] if alt else ""))


def _formula(latex: str) -> str:
    """A formula without spaces and without its words, which are in the page's language."""
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", r"\\text{}", latex))
