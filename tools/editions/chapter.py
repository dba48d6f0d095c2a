"""A built page as a part of a longer document: its own text, with ids and links that fit there."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

# What a page has around its text or for a screen alone.
ON_SCREEN = (
    ".headerlink, .page-tools, .sections-inline, .on-paper, script, noscript, .copy, .needs-scripts"
)
NAMES = ("aria-labelledby", "aria-describedby", "for")
SISTER = re.compile(r"(\d\d_\w+)\.html(?:#(.*))?")
HERE = re.compile(r"url\(#")


class Chapter(NamedTuple):
    slug: str  # 04_generation; also the id of the chapter in the document
    title: str
    label: str  # Chapter 4, empty for a page without a number
    address: str  # of the page on the web
    edition: str  # version, day and commit, as the page says them
    body: Tag  # the section that holds all of the text


def join(slug: str, name: str) -> str:
    """The id in the document of what has this one on its page."""
    return f"{slug}--{name}"


def read(folder: Path) -> list[Chapter]:
    """The chapters of one language, in the order of the book.

    Raises:
        SystemExit: there are none, because the book is not built.
    """
    pages = sorted(folder.glob("[0-9][0-9]_*.html"))
    if not pages:
        raise SystemExit(f"There are no pages in {folder}: run `make book` first.")
    return [chapter_of(page.stem, page.read_text("utf-8")) for page in pages]


def chapter_of(slug: str, html: str) -> Chapter:
    """A page's text with all that it needs to stand among others."""
    page = BeautifulSoup(html, "html.parser")
    address = str(one(page, "link[rel=canonical]")["href"])
    edition = edition_of(page)
    label = page.select_one("article > .chapter-number")
    body = one(page, "article > section")
    for tag in body.select(ON_SCREEN):
        tag.decompose()
    take_apart(body, slug, address)
    return Chapter(
        slug=slug,
        title=one(body, "h1").get_text().strip(),
        label=label.get_text().strip() if label else "",
        address=address,
        edition=edition,
        body=body,
    )


def edition_of(page: Tag) -> str:
    """Version, day and commit of a built page, as its foot says them."""
    return one(page, ".foot .edition").get_text()


def one(tag: Tag, selector: str) -> Tag:
    """The first that fits; SystemExit if there is none, for the theme has changed."""
    found = tag.select_one(selector)
    if found is None:
        raise SystemExit(f"A built page lacks {selector}: build it anew with `make book`.")
    return found


def take_apart(body: Tag, slug: str, address: str) -> None:
    """Give ids that are unlike those of other chapters, and links that lead where they did."""
    body["id"] = slug
    for tag in body.find_all(True):
        if "id" in tag.attrs:
            tag["id"] = join(slug, str(tag["id"]))
        for name, value in tag.attrs.items():
            if name in ("href", "xlink:href"):
                tag[name] = link(str(value), slug, address)
            elif name in NAMES:
                tag[name] = " ".join(join(slug, word) for word in str(value).split())
            elif isinstance(value, str) and "url(#" in value:
                tag[name] = HERE.sub(f"url(#{slug}--", value)


def link(href: str, slug: str, address: str) -> str:
    """Where a link of the page leads to in the document, or on the web."""
    if href.startswith("#"):
        return "#" + (join(slug, href[1:]) if href[1:] else slug)
    if sister := SISTER.fullmatch(href):
        return "#" + (join(sister[1], sister[2]) if sister[2] else sister[1])
    return urljoin(address, href)
