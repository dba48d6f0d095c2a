"""What a PDF holds: places, links, bookmarks, fonts, text."""

import re


def plain(text):
    """Text as it compares: without the spaces that lines and letter-spacing leave or lose."""
    return re.sub(r"[\s\ufffe\xad]+", "", text)


def texts(document):
    """The text of each page."""
    return [plain(page.get_textpage().get_text_bounded()) for page in document]


def page_numbers(pdf):
    """The number, from 0, of each page by the number of its object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def places(pdf):
    """The page, from 0, of each place that a link leads to, by its name."""
    numbers = page_numbers(pdf)
    named = pdf.Root.Dests.items()
    return {name.removeprefix("/"): numbers[at[0].objgen] for name, at in named}


def links(page):
    """The names of places and the addresses that a page links to."""
    for annotation in page.obj.get("/Annots", []):
        if annotation.Subtype == "/Link":
            action = annotation.get("/A", {})
            target = annotation.get("/Dest") or action.get("/D") or action.get("/URI")
            yield str(target).removeprefix("/")


def fonts(page):
    """Name, kind and descriptor of each font that a page uses."""
    for font in page.obj.get("/Resources", {}).get("/Font", {}).values():
        for inner in font.get("/DescendantFonts", [font]):
            yield str(inner.get("/BaseFont", "")), inner.Subtype, inner.get("/FontDescriptor", {})


def bookmarks(pdf):
    """Title and page, from 0, of the bookmarks of the first level; how many the second has."""
    numbers = page_numbers(pdf)
    with pdf.open_outline() as outline:
        first = [(item.title, numbers[item.destination[0].objgen]) for item in outline.root]
        return first, sum(len(item.children) for item in outline.root)
