"""What stands in a prose cell, as far as its twin must agree with it or Colab must show it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from gate.numerals import in_digits

PARSER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
HTML_CODE = re.compile(r"<code\b[^>]*>(.*?)</code>", re.DOTALL | re.IGNORECASE)
SOURCE = re.compile(r"<img\b[^>]*?\bsrc=[\"']([^\"']*)", re.IGNORECASE)
TARGET = re.compile(r"<a\b[^>]*?\bhref=[\"']([^\"']*)", re.IGNORECASE)
# A minus belongs to the number unless a letter or a digit stands before it, as in 1-2 or GPT-2.
NUMBER = re.compile(r"(?:(?<!\w)[-−])?\d+(?:[.,]\d+)*")
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
    words: str  # without markup; CODE where code or a formula stood
    own_words: str  # without the words of links and italics: titles are in their own language
    spoken: tuple[str, ...]  # code and $formulas$, in order, one for each CODE
    links: tuple[str, ...] = ()
    bold: int = 0  # how many words or phrases are bold

    def said(self) -> str:
        """The words with the code in its places."""
        spoken = iter(self.spoken)
        return re.sub(CODE, lambda _: next(spoken), self.words)

    def numbers(self) -> Counter[str]:
        """Each number written in digits with its sign, and how often; 1,000 is 1000, 1만 10000."""
        found = (number.replace("−", "-") for number in NUMBER.findall(in_digits(self.words)))
        return Counter(re.sub(r",(?=\d{3})", "", number) for number in found)


class Prose(NamedTuple):
    texts: list[Text]
    shape: list[str]  # its blocks in order: what opens and closes
    headings: list[int]  # levels, in order
    images: list[tuple[str, str]]  # source and alternative text
    formulas: list[str]  # those on lines of their own
    blocks: list[str]  # fenced code, without its comments
    directives: list[tuple[int, str]]  # line and info of fences that only MyST understands

    @property
    def links(self) -> list[str]:
        """Where the links of all its texts lead, in order."""
        return [link for text in self.texts for link in text.links]


@cache  # every rule asks for the same cells
def parse(source: str) -> Prose:
    """The parts of a prose cell, from its Markdown."""
    prose = Prose([], [], [], [], [], [], [])
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
        if token.type == "inline":
            place = inside[-1] if inside else "paragraph"
            prose.texts.append(_inline(token.children or [], line, place, prose))
            continue
        prose.shape.append(token.type)
        if token.type == "html_block":
            prose.texts.append(_html(token.content, line, prose))
        elif token.type.startswith("math_block"):
            prose.formulas.append(formula(token.content))
        elif token.type in ("fence", "code_block"):
            prose.blocks.append(re.sub(r"[ \t]*#.*", "", token.content))
            if token.info.lstrip().startswith("{"):
                prose.directives.append((line, token.info.strip()))
    return prose


def formulas(source: str) -> Iterator[tuple[int, str]]:
    """Line and LaTeX of each formula of a prose cell, as it is written."""
    for token in PARSER.parse(source):
        for part in [token, *(token.children or [])]:
            if part.type.startswith("math"):
                yield (token.map[0] if token.map else 0), part.content


def _inline(children: list[Token], line: int, place: str, prose: Prose) -> Text:
    """A paragraph, its parts sorted into words, code, formulas, links and images."""
    words, own_words, title = "", "", 0
    spoken: list[str] = []
    links: list[str] = []
    for token in children:
        said = ""
        if token.type == "code_inline":
            spoken.append(token.content)
            said = CODE
        elif token.type.startswith("math_inline"):
            spoken.append(f"${formula(token.content)}$")
            said = CODE
        elif token.type == "image":
            prose.images.append((str(token.attrs["src"]), token.content))
            said = token.content
        elif token.type == "html_inline":
            links += _tags(token.content, prose)
        elif token.type in ("link_open", "em_open", "link_close", "em_close"):
            title += token.nesting
            links += [str(token.attrs["href"])] if token.type == "link_open" else []
        else:
            said = "\n" if token.type.endswith("break") else token.content
        words += said
        own_words += "" if title else said
    bold = sum(token.type == "strong_open" for token in children)
    return Text(line, place, words, own_words, tuple(spoken), tuple(links), bold)


def _html(content: str, line: int, prose: Prose) -> Text:
    links = _tags(content, prose)
    code = [unescape(found) for found in HTML_CODE.findall(content)]
    words = unescape(TAG.sub(" ", HTML_CODE.sub(CODE, content)))
    return Text(line, "html", words, words, tuple(code), tuple(links))


def _tags(html: str, prose: Prose) -> list[str]:
    """Where the links of a piece of HTML lead; its images go into `prose`."""
    for image in SOURCE.finditer(html):
        tag = html[image.start() : html.index(">", image.start())]
        alt = re.search(r"\balt=[\"']([^\"']*)", tag)
        prose.images.append((image[1], alt[1] if alt else ""))
    return TARGET.findall(html)


def formula(latex: str) -> str:
    """A formula without spaces and without its words, which are in the page's language."""
    return re.sub(r"\s+", "", re.sub(r"\\text\{[^}]*\}", r"\\text{}", latex))
