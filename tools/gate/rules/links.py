"""Where links lead."""

import re
from pathlib import Path

import repository
from book import terms
from book.languages import REFERENCE
from docutils.nodes import make_id

from gate.model import Book, Chapter, Finding, Findings


def targets(book: Book) -> Findings:
    """Every relative link leads to a page of the built book, every Colab link to a notebook."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose():
            for link in [*parts.links, *(source for source, _ in parts.images)]:
                if not leads_somewhere(book, chapter, str(cell.lang), link):
                    message = f"{link} leads nowhere from chapters/{cell.lang}"
                    yield Finding(chapter.path, cell.line, "target", message)


def leads_somewhere(book: Book, chapter: Chapter, language: str, link: str) -> bool:
    """Whether a link of a chapter leads to a file, a page or a part of a page that is there."""
    path, _, part = link.partition("#")
    if repository.IN_CHAPTERS.search(link):
        there = (book.root / re.sub(r".*/blob/[^/]*/", "", path)).is_file()
        return there and f"/{language}/" in path
    if re.match(r"[a-z][a-z0-9+.-]*:", link):
        return True
    if path:
        target = (chapter.path.parent / language / path).resolve()
        if not target.is_relative_to((book.root / "chapters").resolve()) or not target.is_file():
            return False
        language = target.parent.name
    slug = Path(path).stem if path else chapter.path.stem
    pages = [page for page in book.chapters if page.path.stem == slug]
    return not part or any(part in places_in(book, page, language) for page in pages)


def places_in(book: Book, page: Chapter, language: str) -> set[str]:
    """What a link to a part of a page can name: sections, by their English headings, questions, and
    ids.
    """
    asked = sum("question" in cell.node.metadata.get("tags", []) for cell in page.code())
    places = {f"question-{n}" if n > 1 else "question" for n in range(1, asked + 1)}
    for _, parts in page.prose(REFERENCE):
        places |= {make_id(text.said()) for text in parts.texts if text.place == "heading"}
    for cell, _ in page.prose(language):
        places |= set(re.findall(r"""<[^>]*\bid=["']([^"']+)""", cell.node.source))
        if terms.PLACE in cell.node.source:
            places |= {terms.anchor(term.en) for term in book.terms if term.means}
    return places
