"""Symbols are marked in formulas, code and pictures, and listed at the end of a page."""

import pytest
from bilingual import symbols as marks
from book import symbols
from bs4 import BeautifulSoup
from symbolic_book import built


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    app = built(tmp_path_factory.mktemp("symbols"))
    assert app.warning.getvalue() == ""
    return app


@pytest.fixture(scope="module")
def page(book):
    return soup_of(book, "chapters/en/01_cell")


def soup_of(book, name):
    return BeautifulSoup((book.outdir / f"{name}.html").read_text("utf-8"), "html.parser")


def mark(element):
    """What marks an element: its key, its colour and what stands below it."""
    colours = [name for name in element.get("class", []) if name.startswith("ink-")]
    return element["data-s"], *colours, element.get("data-at", "")


def test_each_symbol_of_a_formula_is_marked(page):
    inline, _, before, raised, shown, plain = page.select("article math")
    assert [mark(one) for one in inline.select("[data-s]")] == [("h", "ink-state", "before")]
    assert before.select_one("[data-s]")["data-at"] == "start"
    # y stands in no file here: what is raised above it does.
    assert [mark(one) for one in raised.select("[data-s]")] == [("h", "ink-state", "")]
    assert [mark(one) for one in shown.select("[data-s]")] == [
        ("h", "ink-state", ""), ("W-h", "ink-weight", ""), ("x", ""),
        ("h", "ink-state", "before"), ("eta", ""),
    ]  # fmt: skip
    assert not plain.select("[data-s]")
    # One stop for the keyboard where there is something to step through.
    assert shown.parent["class"] == ["formula", "symbolic"]
    assert plain.parent["class"] == ["formula"]


def test_a_mark_holds_the_whole_of_a_symbol(page):
    assert [one.text for one in page.select(".formula [data-s]")] == [
        "ht", "Wh", "xt", "ht−1", "η",
    ]  # fmt: skip


def test_names_in_code_are_marked_but_no_attribute_argument_or_letter_of_a_sentence(page):
    found = page.select("pre [data-s]")
    assert [one.text for one in found] == ["h_t", "h", "h"]
    assert {mark(one) for one in found} == {("h", "ink-state", "")}
    assert [one.text for one in page.select("p code [data-s]")] == ["h_t"]


def test_a_formula_of_a_picture_is_marked_if_it_is_one_symbol(page):
    assert [mark(one) for one in page.select("svg [data-s]")] == [("h", "before")]
    assert not page.select("[data-symbol]")


def test_a_page_lists_the_symbols_that_it_shows(book, page):
    rows = page.select("#symbols [data-of]")
    assert [(row["data-of"], " ".join(row.dd.text.split())) for row in rows] == [
        ("h", "hidden state (1, H)"), ("x", "distance one number"),
        ("W-h", "weights (H, V + H)"), ("eta", "learning rate one number"),
    ]  # fmt: skip
    korean = soup_of(book, "chapters/ko/01_cell").select_one("#symbols [data-of=h]")
    assert " ".join(korean.dd.text.split()) == "은닉 상태 (1, H)"
    elsewhere = soup_of(book, "chapters/ko/00_start").select("#symbols [data-of]")
    assert [" ".join(row.dd.text.split()) for row in elsewhere][1] == "입력 (1, V)"
    assert soup_of(book, "chapters/en/92_glossary").select("#symbols") == []


@pytest.mark.parametrize(
    ("latex", "written"),
    [("h_{t-1}", [("h", "t−1"), ("t", "")]), ("W_h", [("W", "h")]), ("W_{nh}", [("W", "nh")]),
     (r"\lambda x / d", [("λ", ""), ("x", ""), ("d", "")]), (r"\tanh(\eta)", [("η", "")]),
     (r"\sum_{i=1}^{V} y_{t,i}^2", [("i", ""), ("V", ""), ("y", "t,i"), ("t", ""), ("i", "")]),
     (r"e^{-a}", [("e", ""), ("a", "")]), (r"2 \times 3 \text{ab}", [])],
)  # fmt: skip
def test_what_a_formula_writes(latex, written):
    assert list(symbols.written(latex)) == written


@pytest.mark.parametrize(
    ("written", "chapter", "name"),
    [(("h", "t−1"), 2, "hidden state"), (("h", "2"), 2, "hidden state"), (("h", "ab"), 2, None),
     (("x", ""), 1, "distance"), (("x", ""), None, "input"), (("W", "h"), 2, "weights"),
     (("W", "t"), 2, None), (("W", ""), 2, None), (("f", ""), 9, "gate"), (("f", ""), 2, None)],
)  # fmt: skip
def test_which_symbol_is_meant(book, written, chapter, name):
    symbol = symbols.meant(marks.known_to(book), written, chapter)
    assert (symbol and symbol.name()) == name


@pytest.mark.parametrize(
    ("below", "said"),
    [("t", []), ("t−1", ["before"]), ("t+1,i", ["after", "place"]), ("0", ["start"]),
     ("j", ["place"]), ("1", []), ("", [])],
)  # fmt: skip
def test_what_an_index_says(below, said):
    assert list(marks.places(below)) == said
