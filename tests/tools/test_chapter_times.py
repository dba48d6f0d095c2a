"""The minutes that the start page promises are those that each chapter states."""

import re
from pathlib import Path

import pytest

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
ROW = re.compile(r"(?m)^\| \[[^]]+\]\((\w+)\.ipynb\) \|.*\| (\d+) \|$")
STATED = re.compile(r"(\d+)분쯤|about (\d+) minutes")


def promised():
    """Minutes by chapter, as the two tables of the start page give them."""
    found = {}
    for chapter, minutes in ROW.findall((CHAPTERS / "00_start.md").read_text("utf-8")):
        found.setdefault(chapter, set()).add(minutes)
    return found


def test_every_chapter_has_its_row():
    pages = {path.stem for path in CHAPTERS.glob("*.md")}
    assert set(promised()) == pages - {"00_start", "91_post", "92_glossary", "93_teaching"}


@pytest.mark.parametrize("chapter", sorted(promised()))
def test_the_start_page_and_the_chapter_name_the_same_minutes(chapter):
    opening = (CHAPTERS / f"{chapter}.md").read_text("utf-8").split("```{code-cell}")[0]
    stated = [korean or english for korean, english in STATED.findall(opening)]
    assert len(stated) == 2 and set(stated) == promised()[chapter]


def test_the_first_four_chapters_take_the_time_that_the_start_page_says():
    first = [int(*minutes) for chapter, minutes in promised().items() if chapter < "05"]
    text = (CHAPTERS / "00_start.md").read_text("utf-8")
    assert len(first) == 4
    assert "두 시간 반쯤" in text and "about two and a half hours" in text
    assert abs(sum(first) - 150) <= 15
