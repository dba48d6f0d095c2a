"""The figure of a text and its matrix beside `Vocabulary.one_hot`."""

import html
import re
import unicodedata

import pytest
from using import announced, gone, note, press, says, status

from charrnn import LETTERS, Vocabulary, lab, set_language


def wider(letters):
    return Vocabulary(LETTERS[:-2] + letters + LETTERS[-2:])


def matrix(page):
    return page.evaluate(
        "[...document.querySelectorAll('.lab-matrix tbody tr')].map((row) =>"
        " [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))"
    )


def counts(page):
    """The numbers in the line: letters, rows, columns, ones, zeros, rows without a place."""
    known, missing = {
        True: (r"글자 (\d+)개.* (\d+)행, .* (\d+)열.* 1은 (\d+)개, 0은 (\d+)개", r"행이 (\d+)개"),
        False: (
            r": (\d+);.* (\d+) rows;.* (\d+) columns.* (\d+) ones and (\d+) zeros",
            r"on: (\d+)",
        ),
    }["모양은" in status(page)]
    without = re.search(missing, status(page))
    return [*map(int, re.search(known, status(page)).groups()), int(without[1]) if without else 0]


def check(page, text, vocabulary):
    """The matrix, the ones that stand out, the headings and the counts are the package's."""
    rows = vocabulary.one_hot(text).int().tolist()
    assert matrix(page) == rows
    lit = "[...document.querySelectorAll('.lab-matrix .on')].map(e => e.cellIndex - 1)"
    assert page.evaluate(lit) == [row.index(1) for row in rows]
    heads = page.locator(".lab-matrix tbody th").all_inner_texts()
    assert [head.split("\n")[0][0] for head in heads] == ["⊢", *text.replace(" ", "␣"), "⊣"]
    columns = page.locator(".lab-matrix thead th").all_text_contents()
    letters = [*vocabulary.letters[:-2].replace(" ", "␣"), "⊢start mark", "⊣end mark"]
    assert columns == letters
    T, V = len(rows), vocabulary.size
    assert counts(page) == [T - 2, T, V, T, T * V - T, 0]
    assert f"({T}, {V})" in status(page)
    assert f"({T}, {V})" in page.locator(".lab-matrix caption").inner_text()


def test_rows_are_those_of_the_package(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    check(page, "hello", Vocabulary())
    page.get_by_label("Sentence").press_sequentially(" you")
    check(page, "hello you", Vocabulary())
    assert status(page) == (
        "Letters: 9; with two marks 11 rows; the vocabulary has 35 letters, so 35 columns. "
        "Shape (11, 35), 11 ones and 374 zeros."
    )
    assert not page.get_by_role("button", name="Add the letters").is_visible()


def test_what_stands_above_the_matrix_is_seen_whole_on_a_phone(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"), viewport={"width": 390, "height": 900})
    for scrolled in (0, 150):
        words, room = page.evaluate(
            """(scrolled) => {
              const room = document.querySelector(".lab-scroll:has(.lab-matrix)");
              room.scrollLeft = scrolled;
              return [room.querySelector("caption span"), room]
                .map((e) => e.getBoundingClientRect()).map(({ left, right }) => [left, right]);
            }""",
            scrolled,
        )
        assert room[0] <= words[0]
        assert words[1] <= room[1]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_letters_without_a_column_are_counted_explained_and_added(open_figures, language):
    page = open_figures(lambda: lab.one_hot("hello"), language)
    page.locator("textarea").fill("안녕 Hello H")
    assert counts(page) == [10, 12, 35, 8, 12 * 35 - 8, 4]
    assert ("모양은" in status(page)) == (language == "ko")
    assert "안 녕 H" in note(page) and "11,172" in note(page) and "11,207" in note(page)
    assert ("소문자로 쓰면" if language == "ko" else "In small letters it has h.") in note(page)
    assert page.locator(".lab-matrix .unknown").count() == 4
    add, drop = {
        "ko": ("어휘에 글자 더하기", "처음 어휘로"),
        "en": ("Add the letters to the vocabulary", "Back to the first vocabulary"),
    }[language]
    press(page, add)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert matrix(page) == wider("안녕H").one_hot("안녕 Hello H").int().tolist()
    assert counts(page) == [10, 12, 38, 12, 12 * 38 - 12, 0]
    assert not page.get_by_role("button", name=add).is_visible()
    press(page, drop)
    assert page.locator(".lab-matrix .unknown").count() == 4
    assert not page.get_by_role("button", name=drop).is_visible()


def test_odd_letters(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    field = page.get_by_label("Sentence")
    field.fill("a😀b")
    assert page.locator(".lab-matrix tbody tr").count() == 5
    press(page, "Add the letters to the vocabulary")
    check(page, "a😀b", wider("😀"))
    press(page, "Back to the first vocabulary")
    field.fill(unicodedata.normalize("NFD", "안"))
    assert "joined" in note(page) and page.locator(".lab-matrix tbody tr").count() == 3
    field.fill("a\u200b\u0301\ue000")
    assert "Not in the vocabulary: U+200B U+0301 U+E000." in note(page)
    assert page.locator(".lab-matrix tbody th").nth(2).inner_text() == "U+200B"
    field.fill("")
    assert "empty" in note(page) and status(page) == ""
    assert not page.locator(".lab-matrix").is_visible()
    field.fill("room 101")
    assert note(page).endswith("cannot stand in a sentence: 1 0.")
    assert counts(page)[3:] == [7, 10 * 35 - 7, 3]
    field.fill("<img src=x onerror=alert(document.title)>&lt;<b>x</b>😀")
    assert page.locator(".lab :is(img, b)").count() == 0
    press(page, "Add the letters to the vocabulary")
    assert page.locator(".lab :is(img, b)").count() == 0
    assert "<" in page.locator(".lab-matrix thead").inner_text()


def test_a_long_text_is_shown_in_part(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("a" * 10_000)
    assert counts(page)[3:] == [10_002, 10_002 * 34, 0]
    assert page.locator(".lab-matrix tbody tr").count() == 43
    assert "9960 rows left out" in page.locator(".lab-matrix").inner_text()
    page.get_by_label("Sentence").fill("a" * 40)
    assert page.locator(".lab-matrix tbody tr").count() == 42
    assert "left out" not in page.locator(".lab-matrix").inner_text()
    page.get_by_label("Sentence").fill("a" * 10_001)
    assert "has 10001 letters" in note(page) and not page.locator(".lab-matrix").is_visible()
    many = "".join(map(chr, range(0xAC00, 0xAC00 + 90)))
    page.get_by_label("Sentence").fill(many + "aa")
    press(page, "Add the letters to the vocabulary")
    assert "only columns that are switched on" in note(page)
    assert page.locator(".lab-matrix thead th").count() == 93  # 90, a, and the two marks


def test_a_copied_link_opens_the_very_state(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("안녕 & hello")
    press(page, "Add the letters to the vocabulary")
    line = status(page)
    press(page, "Copy link")
    says(page, "opens this state", ".lab > .lab-said")
    assert status(page) == line  # the message takes no place of it
    before = page.locator(".lab-body").inner_text(), matrix(page)
    page = open_figures(lambda: lab.one_hot("hello"), address=page.evaluate("location.hash"))
    assert (page.locator(".lab-body").inner_text(), matrix(page)) == before
    assert status(page) == line


def test_what_is_said_aloud_follows_later(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("bye")
    says(page, status(page), ".lab > .lab-voice")
    assert announced(page, ".lab > .lab-status") is None
    assert announced(page, ".lab > .lab-voice") == "P"


def test_a_figure_taken_away_is_gone(call):
    use = (
        "const t = el.querySelector('textarea');"
        "for (t.value of ['안', 'b']) t.dispatchEvent(new Event('input'));"
    )
    gone(call, lab.one_hot("hello"), use)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_notebook_without_widgets_shows_the_picture(language):
    set_language(language)
    try:
        shown, _ = lab.one_hot("hi")._repr_mimebundle_()
    finally:
        set_language("en")
    assert shown["text/html"].startswith('<div data-figure="one_hot"><svg')
    assert shown["text/plain"] in html.unescape(shown["text/html"])
    assert ("글자" in shown["text/plain"]) == (language == "ko")
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"]
