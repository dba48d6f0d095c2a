"""The exercises of each chapter on a sheet of A4, without solutions, to hand out in a class."""

import copy
from html import escape

from bs4 import Tag

from .chapter import Chapter, join
from .gathering import question_label
from .words import WORDS

# Wider margins and smaller letters than they need to be would cost a second sheet.
STYLE = """
@page { size: A4; margin: 16mm 18mm 14mm; @top-left { content: none } @bottom-left { content: none }
  @bottom-right { content: none } }
@page :left { margin: 16mm 18mm 14mm }
.sheet { break-before: page }
"""


def exercises_of(chapter: Chapter) -> Tag | None:
    """A copy of the chapter's exercises, to be written on; None where it has none."""
    found = chapter.body.find("section", id=join(chapter.slug, "exercises"))
    if not isinstance(found, Tag):
        return None
    section = copy.copy(found)
    # Behind the last box stands what leads on to the next chapter; without one, all are prose.
    for last in section.select(":scope > .cell, :scope > div")[-1:]:
        for after in list(last.find_next_siblings()):
            after.decompose()
    for gone in section.select("h2, details, .cell_output:not(:has(.question-folded))"):
        gone.decompose()
    for cell in section.select(".cell"):
        if not cell.get_text().strip():
            cell.decompose()
    return section


def sheet(chapter: Chapter, section: Tag, book: str, words: dict[str, str]) -> str:
    """One chapter's sheet, with the room for a name."""
    return f"""<div class="sheet"><p class="sheet-head"><span>{escape(book)}</span>
<span>{words["name"]} <i></i> {words["date"]} <i></i></span></p>
<h1><span class="chapter-number">{chapter.label} </span>{escape(chapter.title)}</h1>
{section}</div>"""


def handouts(chapters: list[Chapter], language: str, book: str) -> str:
    """The sheets of all chapters that have exercises."""
    words = WORDS[language]
    sheets = []
    for chapter in chapters:
        if section := exercises_of(chapter):
            for number, box in enumerate(section.select(".question-folded"), 1):
                box.insert(0, question_label(words, str(number)))
            sheets.append(sheet(chapter, section, book, words))
    return "".join(sheets)
