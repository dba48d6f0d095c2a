"""Whoever is cited with a year in a chapter stands in the list of papers with the title."""

import re
from pathlib import Path

import pytest
from book.sources import read

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
NAME = r"[A-Z][\w-]+"
CITED = re.compile(
    rf"({NAME})(?:,? (?:and )?{NAME})*(?: et al\.)? \(?((?:19|20)\d\d)\)?(?=[).,; ])"
)
LISTED = re.compile(rf"(?m)^- ({NAME})[^(\n]*\(((?:19|20)\d\d)\), ")


def prose(name, language):
    cells = read(CHAPTERS / f"{name}.md")
    return "\n".join(c.node.source for c in cells if c.lang == language)


def listed(language):
    return set(LISTED.findall(prose("90_next", language)))


CITATIONS = sorted(
    {
        (path.stem, *found)
        for path in CHAPTERS.glob("[01]*.md")
        for found in CITED.findall(prose(path.stem, "en"))
    }
)


def test_there_are_citations():
    assert len(CITATIONS) > 12


@pytest.mark.parametrize(("chapter", "author", "year"), CITATIONS)
def test_each_is_in_the_list_of_both_languages(chapter, author, year):
    assert (author, year) in listed("en") and (author, year) in listed("ko")
