"""The whole book in one language as one page of HTML, ready to be printed.

One document and not one a chapter: fonts are embedded once, links stay links, and the browser makes
bookmarks and the tags for screen readers of all of it.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from string import ascii_uppercase
from typing import NamedTuple

import segno
from book.numbers import is_appendix
from bs4 import Tag

from .chapter import Chapter, one
from .gathering import PARTS, Folded, fragment, gather, page_of
from .words import WORDS


class Part(NamedTuple):
    """What stands in the contents: a chapter, an appendix, a part of the back of the book."""

    anchor: str
    label: str  # "Chapter 4", or nothing
    title: str
    sections: list[tuple[str, str]]  # id and HTML of the headings one below
    html: str

    @property
    def head(self) -> str:
        """What stands above its pages."""
        return f"{self.label}. {self.title}" if self.label else self.title


class Book(NamedTuple):
    body: str
    style: str
    parts: list[Part]
    edition: str


def named(chapters: Iterable[Chapter], words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What each chapter is called, and what its questions are counted with: Chapter 4, 4.

    Pages after the chapters are appendices, with letters.
    """
    letters = iter(ascii_uppercase)
    for chapter in chapters:
        if is_appendix(chapter.slug):
            letter = next(letters)
            yield words["appendix"].format(n=letter), letter
        else:
            yield chapter.label, "".join(re.findall(r"\d", chapter.label)) or "0"


def qr(address: str) -> str:
    """The address as a picture that a phone reads, for a screen reader nothing."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return str(drawn).replace("<svg", '<svg aria-hidden="true"', 1)


def point_to_living(chapter: Chapter, words: dict[str, str]) -> None:
    """Below the picture of each living figure, the address of the living one."""
    for figure in chapter.body.select(".living:not(.living-question)"):
        section = figure.find_parent("section", id=True)
        place = str(section["id"]) if section else chapter.slug
        name = place.partition("--")[2]
        address = f"{chapter.address}#{name}" if name else chapter.address
        figure.append(
            fragment(
                f'<div class="alive-at">{qr(address)}<p>{words["living"]}<br>'
                f'<a class="plain" href="{address}">{address}</a></p></div>'
            )
        )


def number_links(chapter: Chapter) -> None:
    """Behind the first link of a section to another chapter, the page that it is on."""
    for section in chapter.body.select("section:not(:has(section))"):
        seen = set()
        for link in section.select("p a.internal:not(.term), li a.internal:not(.term)"):
            target = str(link["href"]).removeprefix("#")
            if target not in seen and not target.startswith(chapter.slug):
                link.insert_after(fragment(f'<span class="on-page">({page_of(target)})</span>'))
            seen.add(target)


def headings(body: Tag) -> list[tuple[str, str]]:
    """Id and HTML of each section right below the chapter."""
    sections = body.select(":scope > section")
    return [(str(s["id"]), one(s, "h2").decode_contents()) for s in sections if s.select_one("h2")]


def section_list(sections: list[tuple[str, str]]) -> str:
    """The sections with their pages, dots between."""
    rows = (
        f'<li><a class="plain" href="#{anchor}"><span>{title}</span></a>'
        f'<span class="dots"></span>{page_of(anchor)}</li>'
        for anchor, title in sections
    )
    return f'<ol class="section-list">{"".join(rows)}</ol>'


def chapter_part(chapter: Chapter, label: str) -> Part:
    """A chapter: its first page, then its text."""
    sections = headings(chapter.body)
    one(chapter.body, "h1").extract()
    text = "".join(str(s.extract()) for s in chapter.body.select(":scope > section"))
    html = opener(chapter.slug, label, chapter.title, chapter.body.decode_contents()) + (
        f'</div><div class="text">{text}</div>' if sections else "</div>"
    )
    return Part(chapter.slug, label, chapter.title, sections, html)


def opener(anchor: str, label: str, title: str, html: str) -> str:
    """A part's first page, not yet closed."""
    number = f'<span class="chapter-number">{label} </span>' if label else ""
    return f'<div class="opener"><h1 id="{anchor}">{number}{escape(title)}</h1>{html}'


def back_part(
    name: str, folded: list[tuple[str, str, list[Folded]]], words: dict[str, str]
) -> Part:
    """A part of the back: what was folded, chapter by chapter."""
    anchor = f"back-{name}"
    sections, html = [], ""
    for slug, title, items in folded:
        mine = [item for item in items if item.part == name]
        if mine:
            sections.append((f"{anchor}-{slug}", escape(title)))
            html += f'<section><h2 id="{anchor}-{slug}">{escape(title)}</h2>'
            html += "".join(map(item_of, mine)) + "</section>"
    lead = f'<p>{words[f"{name}_lead"]} <span class="paper">{words[f"{name}_pages"]}</span></p>'
    first = opener(anchor, "", words[name], lead)
    html = f'{first}{section_list(sections)}</div><div class="text back {name}">{html}</div>'
    return Part(anchor, "", words[name], sections, html)


def item_of(item: Folded) -> str:
    """What was folded, under its name and the page where it was."""
    back = f'<a class="plain" href="#{item.place}">{page_of(item.place)}</a>'
    return (
        f'<div class="item" id="{item.anchor}"><p class="item-title">{item.label} {back}</p>'
        f"{item.content}</div>"
    )


def parts_of(chapters: list[Chapter], language: str) -> list[Part]:
    """All that stands in the contents, in order. Takes the chapters apart."""
    words = WORDS[language]
    made, folded = [], []
    for chapter, (label, count) in zip(chapters, named(chapters, words), strict=True):
        for key in chapter.body.select(".answer-key"):
            title = f'<a href="#back-answers">{words["answers"]}</a>'
            key.replace_with(fragment(f"<p>{words['key'].format(title=title)}</p>"))
        title = f"{label}. {chapter.title}" if label else chapter.title
        folded.append((chapter.slug, title, list(gather(chapter, count, words, language))))
        point_to_living(chapter, words)
        number_links(chapter)
        made.append(chapter_part(chapter, label))
    return made + [back_part(name, folded, words) for name in PARTS]


def contents(parts: list[Part], words: dict[str, str]) -> str:
    """The contents, with the pages."""
    rows = "".join(
        f'<li><a class="plain" href="#{part.anchor}"><span class="of">{part.label}</span>'
        f'<span>{escape(part.title)}</span></a><span class="dots"></span>{page_of(part.anchor)}'
        f"{section_list(part.sections) if part.anchor[:4] != 'back' else ''}</li>"
        for part in parts
    )
    return (
        f'<div class="front recto"><h1 id="contents">{words["contents"]}</h1>'
        f'<ol class="contents">{rows}</ol></div>'
    )


def front(titles: dict[str, str], language: str, home: str, edition: str) -> str:
    """Title page, and behind it what edition this is and what may be done with it."""
    words = WORDS[language]
    other = next(code for code in titles if code != language)
    reads, writes = "hello", "ello?"
    letters = "".join(
        f"<span><i>{escape(b)}</i><b>→</b><i>{escape(a)}</i></span>"
        for a, b in zip(reads, writes, strict=True)
    )
    return f"""
<div class="front title-page"><p class="title">{escape(titles[language])}</p>
<p class="subtitle" lang="{other}">{escape(titles[other])}</p>
<p class="letters" aria-hidden="true">{letters}</p><p class="by">{words["authors"]}</p></div>
<div class="front imprint"><p><b>{escape(titles[language])}</b><br>{words["subject"]}</p>
<p>{words["edition"]}: {edition}</p><p>{words["made"]}</p><p>{words["licence"]}</p>
<p class="paper">{words["set_in"]}</p>
<div class="alive-at">{qr(home)}<p>{words["web"]}<br><a class="plain" href="{home}">{home}</a></p>
</div></div>"""


def quoted(text: str) -> str:
    """As a style sheet quotes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def running_heads(parts: list[Part], title: str) -> str:
    """The style rules that put the book's name above left-hand pages, a part's above right-hand."""
    rules = [f"@page :left {{ @top-left {{ content: {quoted(title)} }} }}"]
    rules += [f"@page {name} {{ @top-left {{ content: none }} }}" for name in ("front", "opener")]
    for part in parts:
        name = f"of-{part.anchor}"
        rules.append(f"#{name} .text {{ page: {name} }}")
        rules.append(f"@page {name}:right {{ @top-right {{ content: {quoted(part.head)} }} }}")
    return "\n".join(rules)


def book(chapters: list[Chapter], titles: dict[str, str], language: str, home: str) -> Book:
    """The whole book. Takes the chapters apart."""
    edition = chapters[0].edition
    parts = parts_of(chapters, language)
    pages = "".join(f'<article id="of-{part.anchor}">{part.html}</article>' for part in parts)
    first = front(titles, language, home, edition) + contents(parts, WORDS[language])
    return Book(first + pages, running_heads(parts, titles[language]), parts, edition)
