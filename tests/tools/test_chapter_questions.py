"""Every chapter asks before it tells, and its exercises answer back."""

from pathlib import Path

import pytest
from book.sources import read

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
COURSE = sorted(path.stem for path in CHAPTERS.glob("*.md") if "01" <= path.stem < "90")


def cells(chapter):
    """The English cells of a chapter: prose as text, code as (tags, code)."""
    for cell in read(CHAPTERS / f"{chapter}.md"):
        if cell.node.cell_type == "code":
            yield cell.node.metadata.get("tags", []), cell.node.source
        elif cell.lang == "en":
            yield None, cell.node.source


def halves(chapter):
    """What stands before the exercises, and what stands from there on."""
    found = list(cells(chapter))
    at = next(i for i, (tags, text) in enumerate(found) if tags is None and "## Exercises" in text)
    return found[: at + 1], found[at:]


@pytest.mark.parametrize("chapter", COURSE)
def test_the_reader_commits_to_a_guess_in_three_places_or_more(chapter):
    asked = [code for tags, code in halves(chapter)[0] if tags and "question" in tags]
    assert 3 <= len(asked) <= 6
    assert all(code.count("ask(") == 1 for code in asked)


@pytest.mark.parametrize("chapter", COURSE)
def test_there_are_three_exercises_and_one_is_code(chapter):
    after = halves(chapter)[1]
    prose = "\n".join(text for tags, text in after if tags is None)
    names = ("One", "Two", "Three")
    assert [name for name in names if f"**{name}.**" in prose] == list(names)
    tried = [code for tags, code in after if tags == [] and "check(" in code]
    assert len(tried) >= 1 and all("    ...\n" in code for code in tried)
    assert any("question" in tags for tags, _ in after if tags)


@pytest.mark.parametrize("chapter", COURSE)
def test_each_question_has_replies_to_wrong_answers(chapter):
    for tags, code in cells(chapter):
        if tags and "question" in tags:
            assert "replies=" in code and ("hint=" in code or "why=" in code), code
