"""Which pages have a number and which a letter: one rule, for the site and for the editions."""

from types import SimpleNamespace

import pytest
from bilingual.navigation import chapter_number
from book.numbers import chapter_of, counted, is_appendix
from editions.document import named
from editions.words import WORDS


@pytest.mark.parametrize(
    ("name", "digits", "seen", "appendix"),
    [
        ("00_start", 0, None, False),
        ("chapters/ko/01_one_hot", 1, 1, False),
        ("14_bigger.md", 14, 14, False),
        ("89_last", 89, 89, False),
        ("chapters/en/90_next.html", 90, None, True),
        ("99_end", 99, None, True),
        ("index", None, None, False),
        ("02_folder/index", None, None, False),
        ("2_short", None, None, False),
        ("", None, None, False),
    ],
)
def test_a_name_tells_what_a_page_is(name, digits, seen, appendix):
    assert (chapter_of(name), counted(name), is_appendix(name)) == (digits, seen, appendix)


def test_the_site_gives_no_number_where_the_editions_give_a_letter():
    names = [f"{n:02}_page" for n in [*range(92), 99]]
    pages = [
        SimpleNamespace(slug=name, label=f"Chapter {n}" if (n := chapter_number(name)) else "")
        for name in names
    ]
    signs = [sign for _, sign in named(pages, WORDS["en"])]
    assert signs == [*map(str, range(90)), "A", "B", "C"]
    labels = [page.label for page in pages]
    assert labels == ["", *(f"Chapter {n}" for n in range(1, 90)), "", "", ""]
