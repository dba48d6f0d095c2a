"""The figure of Hangul: texts taken apart, jamo put together."""

import unicodedata

import pytest
from using import press

from charrnn import lab


def test_a_text_is_taken_apart(open_figures):
    page = open_figures(lambda: lab.hangul("한글 a"))
    cards = page.locator(".lab-card").all_inner_texts()
    assert len(cards) == 4
    assert "lead ㅎ 18" in cards[0] and "vowel ㅏ 0" in cards[0] and "tail ㄴ 4" in cards[0]
    assert "0xAC00 + (18 × 21 + 0) × 28 + 4 = 0xAC00 + 10588 = 0xD55C" in cards[0]
    assert "U+AE00, UTF-8 EA B8 80" in cards[1]
    assert "␣" in cards[2] and "Not Hangul" in cards[3]
    counts = page.locator(".lab-numbers").inner_text()
    assert "Letters: 4, of them syllables: 2" in counts
    assert "Jamo in all: 6" in counts and "UTF-8: 8" in counts
    forms = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
    for form, (length, size, codes) in zip(("NFC", "NFD"), forms, strict=True):
        text = unicodedata.normalize(form, "한글 a")
        assert (int(length), int(size)) == (len(text), len(text.encode()))
        assert codes == " ".join(f"{ord(x):04X}" for x in text)


@pytest.mark.parametrize(
    ("text", "said", "cards", "rows"),
    [
        ("", "empty", 0, 0),
        ("😀é\u200d", "", 3, 2),
        ("ㅋㅋ", "", 2, 2),
        (unicodedata.normalize("NFD", "한글"), "written in parts", 2, 2),
        ("한" + unicodedata.normalize("NFD", "글"), "written in parts", 2, 3),
        ("한" * 100_000, "", 30, 2),
        ("한" * 100_001, "100001 letters", 0, 0),
        ("<img src=x onerror=alert(1)><b>x</b>", "", 30, 2),
    ],
)
def test_any_text_is_taken_apart_or_refused_in_words(open_figures, text, said, cards, rows):
    page = open_figures(lambda: lab.hangul("가"))
    page.get_by_label("Text", exact=True).fill(text)
    note_ = page.locator(".lab-note").first
    assert said in note_.inner_text() if said else not note_.is_visible()
    assert page.locator(".lab-card:visible").count() == cards
    assert page.locator(".lab-forms tbody tr:visible").count() == rows
    assert page.locator(".lab :is(img, .lab-cards b b)").count() == 0


@pytest.mark.parametrize("key", [None, "Enter", "Space"], ids=["mouse", "enter", "space"])
def test_jamo_are_pressed_and_put_together(open_figures, key):
    page = open_figures(lambda: lab.hangul("가", jamo=""))
    for jamo in "ㅎㅏㄴㄱㅡㄹ":
        press(page, jamo, key)
    assert page.locator(".lab-written").inner_text() == "한글"
    assert "No jamo is left alone" in page.locator(".lab-note").last.inner_text()
    press(page, "Erase one", key)
    assert page.locator(".lab-written").inner_text() == "한그"
    press(page, "Erase all", key)
    assert page.locator(".lab-written").inner_text() == "(nothing yet)"
    assert not page.locator(".lab-note").last.is_visible()
    press(page, "The jamo of the text above", key)
    assert page.get_by_label("A row of jamo").input_value() == "ㄱㅏ"


def test_arrow_keys_lead_over_the_jamo(open_figures):
    page = open_figures(lambda: lab.hangul("가", jamo=""))
    page.get_by_role("button", name="ㄱ", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "Home", "Space", "End", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    assert page.get_by_label("A row of jamo").input_value() == "ㄴㄱㅎ"
    assert page.locator(".lab-keys").first.locator("[tabindex='0']").all_inner_texts() == ["ㅎ"]


def test_jamo_that_do_not_fit_are_kept_and_pointed_out(open_figures):
    page = open_figures(lambda: lab.hangul("가", jamo="ㄳㅏㄱㅏㅏ한a"))
    assert page.locator(".lab-written").inner_text() == "ㄳㅏ가ㅏ한a"
    told = page.locator(".lab-note").last.inner_text()
    assert "Jamo left alone: 3" in told and "Syllables made: 2" in told
    assert "ㄳ (place 1): it is only ever a tail" in told
    assert "ㅏ (place 2): a second vowel" not in told
    assert "ㅏ (place 5): a second vowel in a row" in told
    assert page.locator(".lab-pieces .alone").all_inner_texts() == ["ㄳ", "ㅏ", "ㅏ"]
    assert "ㄱ ㅏ → 가" in page.locator(".lab-pieces").inner_text()
    page.get_by_label("A row of jamo").fill("ㅋ" * 5000)
    assert "And 4990 more" in page.locator(".lab-note").last.inner_text()
