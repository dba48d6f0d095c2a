"""Cards of symbols and terms, by mouse, touch and keyboard, on a small book opened from disk."""

import pytest
from axe import findings
from playwright.sync_api import expect
from symbolic_book import built

LIT = "[...document.querySelectorAll('.lit')].map(one => [one.localName, one.dataset.s].join(' '))"
HIDDEN = "hidden state · 은닉 상태"


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return built(tmp_path_factory.mktemp("cards")).outdir


@pytest.fixture
def open_page(browser, html):
    contexts = []

    def opened(language="en", width=1280, **window):
        context = browser.new_context(viewport={"width": width, "height": 900}, **window)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("console", lambda said: page.troubles.append(said.text))
        page.goto(f"{html.as_uri()}/chapters/{language}/01_cell.html")
        return page

    yield opened
    for context in contexts:
        troubles = [trouble for page in context.pages for trouble in page.troubles]
        context.close()
        assert troubles == []


def words(page):
    return " ".join(page.locator(".card").inner_text().split())


def stand_on(page, selector):
    """Put the focus there as Tab does."""
    page.keyboard.press("Shift")  # the keyboard is in use
    page.locator(selector).first.focus()


def test_pointing_lights_a_symbol_everywhere_and_says_what_it_is(open_page):
    page = open_page()
    page.locator("article p math [data-s=h]").first.hover()
    card = page.locator(".card")
    expect(card).to_be_visible()
    assert words(page).endswith("hidden state, one step earlier (1, H)")
    lit = page.evaluate(LIT)
    assert {"msub h", "span h", "g h"} <= set(lit) and not [one for one in lit if "x" in one]
    # Not by colour alone.
    outline = "getComputedStyle(document.querySelector('.formula .lit')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    # The pointer may go on to the card, and away from both.
    card.hover()
    page.wait_for_timeout(600)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)
    assert page.evaluate(LIT) == []
    assert page.locator(".card-status").inner_text() == ""


@pytest.mark.parametrize("where", ["pre [data-s=h]", "code [data-s=h]", "svg [data-s=h] text"])
def test_code_and_pictures_light_the_formulas(open_page, where):
    page = open_page()
    page.locator(where).first.hover()
    expect(page.locator(".card")).to_contain_text("hidden state")
    assert page.evaluate(LIT).count("msub h") >= 4


def test_a_finger_beside_a_symbol_means_it(open_page):
    page = open_page("ko", width=390, has_touch=True)
    sign = page.locator(".formula mo", has_text="+").first.bounding_box()
    page.touchscreen.tap(sign["x"] + sign["width"] - 1, sign["y"] + sign["height"] / 2)
    assert words(page).endswith("학습률 수 하나")
    page.locator(".formula [data-s=W-h]").tap()
    assert words(page).endswith("가중치 (H, V + H)")
    page.locator(".formula [data-s=W-h]").tap()
    expect(page.locator(".card")).to_have_count(0)


def test_one_stop_a_formula_and_arrows_through_its_symbols(open_page):
    page = open_page()
    assert page.locator(".formula[tabindex]").count() == 1
    assert page.locator("[data-s][tabindex]").count() == 0
    stand_on(page, ".symbolic")
    status = page.locator(".card-status")
    expect(page.locator(".card")).to_contain_text("hidden state")
    assert status.text_content() == ""  # reaching a formula is not announced twice
    said = []
    for key in ["ArrowRight", "ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowLeft"]:
        page.keyboard.press(key)
        said.append(" ".join(status.text_content().split()).partition(" ")[2])
    assert said == [
        "weights (H, V + H)", "distance one number", "learning rate one number",
        "learning rate one number", "hidden state, one step earlier (1, H)",
        "hidden state (1, H)", "hidden state (1, H)",
    ]  # fmt: skip
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "formula symbolic"
    page.keyboard.press("ArrowRight")
    expect(page.locator(".card")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".card")).to_have_count(0)


def test_the_list_of_symbols_lights_them_too(open_page):
    page = open_page()
    page.locator("#symbols summary").click()
    stand_on(page, "#symbols .symbolic")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert set(page.evaluate(LIT)) == {"msub W-h"}
    expect(page.locator(".card")).to_have_count(0)  # the list itself says it
    assert "weights (H, V + H)" in " ".join(page.locator(".card-status").text_content().split())


def test_a_term_opens_a_card_instead_of_leaving_the_page(open_page):
    page = open_page()
    before = page.url
    term = page.locator("a.term").first
    assert term.get_attribute("aria-description") == f"{HIDDEN}: Numbers in a row."
    assert term.get_attribute("title") is None  # the browser's own would stand beside the card
    term.click()
    assert words(page) == f"{HIDDEN} Numbers in a row. See it in the glossary"
    assert page.url == before
    page.mouse.click(5, 500)
    expect(page.locator(".card")).to_have_count(0)
    page.locator("a.term").nth(1).hover()
    expect(page.locator(".card")).to_contain_text('Joins: "things" <up>.')  # as text
    page.locator(".card a").click()
    assert page.url.endswith("/chapters/en/92_glossary.html#network")


def test_a_term_by_keyboard(open_page):
    page = open_page("ko")
    stand_on(page, "a.term")
    expect(page.locator(".card")).to_contain_text("은닉 상태 · hidden state")
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    page.keyboard.press("Enter")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "용어집에서 보기"
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    assert page.evaluate(focused) == "은닉 상태"
    # Tab goes through the card's link on to the next term, whose card comes instead.
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "신경망"
    assert page.locator(".card").count() == 1
    assert words(page).startswith("신경망 · network")


def test_a_card_stays_in_a_narrow_window(open_page):
    page = open_page(width=320, has_touch=True)
    for one in page.locator("article a.term, article [data-s]").all():
        one.scroll_into_view_if_needed()
        page.mouse.click(2, 400)
        one.tap(force=True)
        box = page.locator(".card").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("where", ["a.term", "article math [data-s=h]"])
def test_axe_finds_nothing_in_an_open_card(open_page, colours, where):
    page = open_page(color_scheme=colours)
    page.locator("#symbols summary").click()
    page.locator(where).first.click()
    expect(page.locator(".card")).to_be_visible()
    assert findings(page) == []
    page.troubles.clear()  # axe wants to read the style sheets anew, which the page allows nobody


def test_without_scripts_a_term_is_a_link_and_the_symbols_are_listed(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator("a.term").first.get_attribute("title").startswith(HIDDEN)
    page.locator("#symbols summary").click()
    expect(page.locator("#symbols dd").first).to_be_visible()
    expect(page.locator("#symbols .only-scripted")).not_to_be_visible()
    page.locator("a.term").nth(1).click()
    assert page.url.endswith("92_glossary.html#network")


def test_paper_shows_formulas_in_the_colour_of_the_text(open_page):
    page = open_page()
    colours = "[...document.querySelectorAll('article math [data-s]')].map(one => [getComputedStyle"
    colours += "(one).color, getComputedStyle(one.closest('math')).color])"
    assert any(own != text for own, text in page.evaluate(colours))
    page.emulate_media(media="print")
    assert all(own == text for own, text in page.evaluate(colours))
    expect(page.locator("#symbols")).not_to_be_visible()


def test_forced_colours_still_show_what_is_lit(open_page):
    page = open_page(forced_colors="active")
    page.locator("article math [data-s=h]").first.click()
    outline = "getComputedStyle(document.querySelector('.formula .lit')).outlineStyle"
    assert page.evaluate(outline) == "solid"
