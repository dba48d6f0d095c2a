"""HTML to PDF with the browser that the tests use, the numbers of pages filled in.

Chromium makes bookmarks, tags for screen readers, running heads and page numbers by itself; what it
lacks is the page that something is on, and beginning on a right-hand page. So it prints again: the
first print says on which page everything stands, the next has those numbers in it.
"""

import io
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Browser, Page, Route

from .fonts import faces

HERE = Path(__file__).parent
# A host that exists nowhere: what the document asks for comes from the disk or not at all.
HOST = "http://book.invalid"
About = dict[str, str | list[str]]  # by the names of XMP, as dc:title
STYLES = ("book.css", "math.css", "print.css")
PAGE = """<!DOCTYPE html><html lang="{language}" class="still"><head><meta charset="utf-8">
<title>{title}</title>{links}<style>{faces}{style}</style></head><body>{body}</body></html>"""
# Fonts are fetched when a letter needs them, and printing does not wait for them.
LOAD_FONTS = "Promise.all([...document.fonts].map(font => font.load())).then(() => true)"
FILL_IN = """([pages, blanks, form]) => {
  for (const place of document.querySelectorAll(".page-of")) {
    const number = pages[place.dataset.to] ?? "000";
    const listed = place.closest(".contents, .section-list");
    place.textContent = listed ? number : form.replace("{n}", number);
  }
  for (const blank of document.querySelectorAll(".blank")) blank.remove();
  for (const anchor of blanks) {
    const blank = document.createElement("div");
    blank.className = "blank";
    document.getElementById(anchor).closest(".opener").before(blank);
  }
}"""
# What Chromium keeps of a print may break a page elsewhere in the next one of the same document.
LAY_OUT_ANEW = """() => {
  const root = document.documentElement;
  root.style.display = "none";
  root.getBoundingClientRect();
  root.style.display = "";
}"""
MOST_PRINTS = 6


def page_html(title: str, language: str, body: str, style: str) -> str:
    """A document of the editions: the styles of the pages, those of paper, then its own."""
    links = "".join(f'<link rel="stylesheet" href="/_static/{name}">' for name in STYLES)
    own = (HERE / "sheet.css").read_text("utf-8") + style
    return PAGE.format(
        title=escape(title), language=language, links=links, faces=faces(), style=own, body=body
    )


@contextmanager
def opened(browser: Browser, html: str, built: Path, fonts: Path) -> Iterator[Page]:
    """The document in the browser, with the files that it asks for.

    Raises:
        SystemExit: it asks for one that is not there.
    """
    missing: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
            return
        is_font = path.startswith("/fonts/")
        file = fonts / path.removeprefix("/fonts/") if is_font else built / path.removeprefix("/")
        if route.request.url.startswith(HOST) and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(path=file, content_type=kind)
        elif path != "/favicon.ico":
            missing.append(route.request.url)
            route.abort()

    context = browser.new_context()
    context.set_default_timeout(0)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(HOST + "/")
    page.emulate_media(media="print")
    page.evaluate(LOAD_FONTS)
    if missing:
        raise SystemExit(f"The document asks for what is not there: {missing}")
    yield page
    context.close()


def printed(page: Page, draft: bool = False) -> bytes:
    """The document as it is now; a draft has no tags and bookmarks and takes half the time."""
    page.evaluate(LAY_OUT_ANEW)
    return page.pdf(
        prefer_css_page_size=True, print_background=True, tagged=not draft, outline=not draft
    )


def places(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of each id that a link leads to."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        numbers = {page.obj.objgen: number for number, page in enumerate(read.pages, 1)}
        found: Any = read.Root.get("/Dests", {})
        return {name.removeprefix("/"): numbers[at[0].objgen] for name, at in found.items()}


def to_the_right(pages: dict[str, int], openers: list[str], blanks: list[str]) -> list[str]:
    """The parts that need a blank page before them, so that all begin on a right-hand page.

    ``pages`` are those of a print with ``blanks``.
    """
    needed: list[str] = []
    before = 0  # blank pages up to here in that print
    for anchor in openers:
        before += anchor in blanks
        if (pages[anchor] - before + len(needed)) % 2 == 0:
            needed.append(anchor)
    return needed


def with_page_numbers(page: Page, openers: list[str], form: str) -> bytes:
    """Print until every number is the one of the page that it names.

    Raises:
        SystemExit: it never is.
    """
    pages: dict[str, int] = {}
    blanks: list[str] = []
    for _ in range(MOST_PRINTS):
        page.evaluate(FILL_IN, [pages, blanks, form])
        found = places(printed(page, draft=True))
        needed = to_the_right(found, openers, blanks)
        if (found, needed) == (pages, blanks):
            pdf = printed(page)
            if places(pdf) == pages:
                return pdf
        pages, blanks = found, needed
    raise SystemExit("The numbers of pages do not settle: look at .page-of in sheet.css.")


def finished(pdf: bytes, about: About) -> bytes:
    """With what the document says about itself, and opening with its bookmarks and title shown.

    A third of the size too: the tags for screen readers are many and small, and are packed. No date
    of its printing, so that the same print makes the same file.
    """
    with pikepdf.open(io.BytesIO(pdf)) as made:
        # What Chromium says, its dates too, goes; pikepdf as the editor would bring another date.
        with made.open_metadata(set_pikepdf_as_editor=False) as metadata:
            for name, value in about.items():
                metadata[name] = value
        made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        made.Root.PageMode = pikepdf.Name.UseOutlines
        packed = io.BytesIO()
        generate = pikepdf.ObjectStreamMode.generate
        made.save(packed, object_stream_mode=generate, deterministic_id=True)
        return packed.getvalue()
