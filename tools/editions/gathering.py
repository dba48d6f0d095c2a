"""Solutions, answers and folded code, taken to the back of the book, with links both ways.

On a page they are folded; on paper nothing is, and whoever reads an exercise should not see its
solution. So each `<details>` leaves a line in its place that says where it went.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from notebooks import FOLDS

from .chapter import Chapter, join, one

# The part of the back of the book that each kind of fold goes to.
PARTS = ("solutions", "answers", "code")
PART_OF = {
    "solution": "solutions",
    "answer": "answers",
    "claim": "code",
    "source": "code",
    "folded": "code",
}


class Folded(NamedTuple):
    part: str
    label: str  # "4.2", or what an exercise begins with
    anchor: str  # the id of its new place
    place: str  # the id of where it was
    content: Tag


def page_of(target: str) -> str:
    """The page of what has this id; printing.py fills the number in."""
    return f'<span class="page-of" data-to="{target}">000</span>'


def fragment(html: str) -> Tag:
    """The first element of some HTML, on its own."""
    return one(BeautifulSoup(html, "html.parser"), "*").extract()


def question_label(words: dict[str, str], number: str) -> Tag:
    """What stands above a question on paper."""
    return fragment(f'<p class="question-label">{words["question"].format(n=number)}</p>')


def kind_of(fold: Tag, language: str) -> str:
    """Which of PART_OF a fold is, by where it stands and what its title says.

    Raises:
        SystemExit: it is none of them.
    """
    if fold.find_parent(class_="question-folded"):
        return "answer"
    title = one(fold, "summary .collapsed").get_text().strip()
    for kind, words in FOLDS.items():
        if words[language]["show"] == title:
            return kind
    raise SystemExit(f"No part of the back of the book is for the fold “{title}”.")


def exercise_of(fold: Tag) -> str:
    """The word that the exercise of a solution begins with, as "Four"."""
    for paragraph in fold.find_all_previous("p"):
        first = next(iter(paragraph.contents), None)
        if isinstance(first, Tag) and first.name == "strong" and first.get_text().endswith("."):
            return first.get_text().rstrip(".")
    raise SystemExit("A solution stands before any exercise.")


def gather(chapter: Chapter, label: str, words: dict[str, str], language: str) -> Iterator[Folded]:
    """Take all folds out of a chapter, in order; ``label`` is what the chapter is known by."""
    counted: Counter[str] = Counter()
    for fold in chapter.body.select("details"):
        kind = kind_of(fold, language)
        part = PART_OF[kind]
        counted[part] += 1
        count = f"{label}.{counted[part]}"
        anchor = join(chapter.slug, f"{part}-{counted[part]}")
        place = join(chapter.slug, f"at-{part}-{counted[part]}")
        title = one(fold, "summary").extract()
        collapsed = title.select_one(".collapsed")
        shown = (collapsed or title).get_text().strip()
        name = exercise_of(fold) if kind == "solution" else count
        says = {
            "solution": words["solution"],
            "answer": words["answer"],
            "folded": words["folded"].format(n=count),
        }.get(kind, f"{shown} {count}")
        line = fragment(
            f'<p class="gone gone-{kind}" id="{place}"><a class="plain" href="#{anchor}">{says}'
            f" {page_of(anchor)}</a></p>"
        )
        leave(fold, line, kind, question_label(words, count))
        fold.name = "div"
        fold["class"] = f"was-{kind}"
        title_of = name if kind in ("solution", "answer", "folded") else f"{name} {shown}"
        yield Folded(part, title_of, anchor, place, fold)


def leave(fold: Tag, line: Tag, kind: str, label: Tag) -> None:
    """Put the line in the fold's place: below a picture whose code it was, else where it stood."""
    if kind == "folded" and (cell := fold.find_parent(class_="cell")):
        fold.extract()
        cell.append(line)
        return
    if kind == "answer" and (box := fold.find_parent(class_="question-folded")):
        box.insert(0, label)
    fold.replace_with(line)
