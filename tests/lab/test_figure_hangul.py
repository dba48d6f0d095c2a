"""The figure of Hangul: texts taken apart, jamo put together."""

import unicodedata
from urllib.parse import urlencode

import pytest
from using import announced, follow_links, gone, press, says

from charrnn import lab, pictures
from charrnn.text import hangul


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
        ("한" * 10_000, "", 30, 2),
        (unicodedata.normalize("NFD", "한" * 10_000), "written in parts", 30, 2),
        ("한" * 10_001, "up to 10000 letters", 0, 0),
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


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<b>ㅎㅏㄴ</b>",
    "</p><script>alert(1)</script>",
    "&lt;b&gt; &amp;",
    "a\u202eb\u200d\0c",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("how", ["typed", "linked", "taken", "given"])
def test_what_is_put_together_is_text(open_figures, text, how):
    """Nothing in the row of jamo or in what it makes becomes markup."""
    row = page_row(open_figures, text, how)
    page = row.page
    joined = hangul.from_jamo(row.input_value())
    assert page.locator(".lab-written").evaluate("e => e.textContent") == joined
    assert page.locator(".lab-written").evaluate("e => e.childElementCount") == 0
    assert page.locator(".lab :is(img, script, b b)").count() == 0
    letters = page.locator(".lab-pieces b").evaluate_all("all => all.map((e) => e.textContent)")
    assert len(letters) == len(joined)


def page_row(open_figures, text, how):
    address = f"#lab=hangul&{urlencode({'jamo': text})}" if how == "linked" else ""
    make = {"given": lambda: lab.hangul(text, jamo=text), "taken": lambda: lab.hangul(text)}
    page = open_figures(make.get(how, lambda: lab.hangul("가")), address=address)
    row = page.get_by_label("A row of jamo")
    if how == "typed":
        row.fill(text)
    if how == "taken":
        press(page, "The jamo of the text above")
    return row


def test_counts_are_immediate_and_right(open_figures):
    page = open_figures(lambda: lab.hangul("가"))
    field = page.get_by_label("Text", exact=True)
    for text in ("", "한", "한글은 값", "ㅋ", "ᄀ", "ㆍ가", "é😀\n", "a" * 31, "가" * 1000):
        field.fill(text)
        if not text:
            continue
        syllables = sum("가" <= letter <= "힣" for letter in text)
        jamo = sum(map(hangul.is_jamo, hangul.to_jamo(text))) + text.count("ᄀ")
        assert page.locator(".lab-numbers").inner_text() == (
            f"Letters: {len(text)}, of them syllables: {syllables}, "
            f"others: {len(text) - syllables}. Jamo in all: {jamo}. "
            f"Bytes in UTF-8: {len(text.encode())}."
        )
        more = len(text) - 30
        left = page.get_by_text("Letters left out")
        assert left.is_visible() == (more > 0)
        if more > 0:
            assert f"Letters left out: {more}." in left.inner_text()
    says(page, page.locator(".lab-numbers").inner_text(), ".lab-body .lab-unseen")
    assert announced(page, ".lab-numbers") is None
    assert not page.locator(".lab > .lab-status").is_visible()


@pytest.mark.parametrize("label", ["Text", "A row of jamo"])
def test_a_million_letters_are_refused_in_words(open_figures, label):
    page = open_figures(lambda: lab.hangul("가", jamo=""))
    field = page.get_by_label(label, exact=True)
    field.focus()
    page.keyboard.insert_text("한" * 1_000_000)
    assert len(field.input_value()) <= 40_000
    most = {"Text": 10_000, "A row of jamo": 30_000}[label]
    said = page.locator(".lab-note").all_inner_texts()
    assert f"takes up to {most} letters" in "".join(said)
    field.fill("한")
    assert "too long" not in "".join(page.locator(".lab-note").all_inner_texts())


def test_the_jamo_of_the_longest_text_all_have_room(open_figures):
    page = open_figures(lambda: lab.hangul("값" * 10_000, jamo=""))
    press(page, "The jamo of the text above")
    assert page.get_by_label("A row of jamo").input_value() == "ㄱㅏㅄ" * 10_000
    assert page.locator(".lab-written").inner_text() == "값" * 10_000
    assert "Syllables made: 10000" in page.locator(".lab-note").last.inner_text()


def test_letters_of_the_cards_are_the_packages(open_figures):
    text = "뷁값가힣쌰"
    page = open_figures(lambda: lab.hangul(text))
    for card, letter in zip(page.locator(".lab-card").all(), text, strict=True):
        lead, vowel, tail = hangul.parts(letter)
        shown = card.locator("b").all_inner_texts()
        assert shown == [lead, vowel, tail or "none"]
        places = [int(x.split()[-1]) for x in card.locator(".lab-parts > span").all_inner_texts()]
        assert chr(0xAC00 + (places[0] * 21 + places[1]) * 28 + places[2]) == letter
        assert card.locator(".lab-big").inner_text() == letter
        assert f"U+{ord(letter):04X}, UTF-8 {letter.encode().hex(' ').upper()}" in card.inner_text()


@pytest.mark.parametrize(
    "row", ["ㅎㅏㄴㄱㅡㄹ", "ㄱㅏㅄㅣ", "ㄱㅏㅏ", "ㄳㅏ", "ㄱㅏㄸ", "a ㄱ한ㆍ"]
)
def test_the_row_is_put_together_as_the_package_does(open_figures, row):
    page = open_figures(lambda: lab.hangul("가", jamo=row))
    assert page.locator(".lab-written").evaluate("e => e.textContent") == hangul.from_jamo(
        hangul.to_jamo(row)
    )


def test_keys_go_in_where_the_cursor_stands_and_the_focus_stays(open_figures):
    page = open_figures(lambda: lab.hangul("가", jamo="ㄱㄴ"))
    field = page.get_by_label("A row of jamo")
    field.evaluate("e => e.setSelectionRange(1, 1)")
    press(page, "ㅏ", "Enter")
    assert field.input_value() == "ㄱㅏㄴ"
    assert page.evaluate("document.activeElement.textContent") == "ㅏ"
    field.evaluate("e => e.setSelectionRange(0, 2)")
    press(page, "Erase one", "Enter")
    assert field.input_value() == "ㄴ"
    field.press("End")
    press(page, "Erase one", "Enter")
    press(page, "Erase one", "Enter")
    assert field.input_value() == ""
    assert page.evaluate("document.activeElement.textContent") == "Erase one"
    field.fill("😀")
    press(page, "Erase one")
    assert field.input_value() == ""


def test_a_link_opens_the_same_texts(open_figures):
    page = open_figures(lambda: lab.hangul("가"))
    text = unicodedata.normalize("NFD", "한글 & 😀")
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("A row of jamo").fill("ㅎㅏ#")
    press(page, "Copy link")
    address = page.evaluate("location.hash")
    page = open_figures(lambda: lab.hangul("가"), address=address)
    assert page.get_by_label("Text", exact=True).input_value() == text
    assert page.get_by_label("A row of jamo").input_value() == "ㅎㅏ#"
    assert page.locator(".lab-written").inner_text() == "하#"
    page.get_by_label("Text", exact=True).fill("가" * 2000)
    press(page, "Copy link")
    assert "cannot hold this state" in page.locator(".lab-said").inner_text()
    assert page.evaluate("location.hash") == address


def test_links_that_are_too_long_say_so(open_figures):
    page = open_figures(lambda: lab.hangul("가"))
    told = follow_links(
        page, "hangul", ["text=a", "text=" + "a" * 1001, "jamo=" + "a" * 1001, "jamo=%25%", "x=1"]
    )
    assert ["holds" in message for message in told] == [True, False, False, True, False]


def test_the_picture_in_its_place_takes_the_text_apart(monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures, "syllables", drawn.append)
    lab.hangul(unicodedata.normalize("NFD", "값"))._picture()
    lab.hangul("")._picture()
    assert drawn == ["값", "한글"]


def test_a_figure_taken_away_is_gone(call):
    gone(call, lab.hangul("한글", jamo="ㄱ"), "el.querySelector('.lab-key').click();")
