"""Cards in each engine: by mouse and by keyboard."""

CARD = "(document.querySelector('.card')?.innerText ?? '')"
LIT = "document.querySelectorAll('.formula .lit').length"


def middle(selector):
    return f"document.querySelector({selector!r})"


def test_a_press_on_a_symbol_lights_it_and_opens_its_card(page):
    page.open("chapters/en/02_rnn_cell.html")
    page.click(middle(".formula [data-s=h]"))
    page.wait(f"{CARD}.includes('hidden state')")
    assert page.run(LIT) >= 3
    shown = "(b => b.height > 20 && b.top >= 0 && b.bottom <= innerHeight)"
    assert page.run(f"{shown}({middle('.card')}.getBoundingClientRect())")
    outline = f"getComputedStyle({middle('.formula .lit')}).outlineStyle"
    assert page.run(outline) == "solid"
    page.driver.press("Escape")
    page.wait(f"{CARD} === ''")
    page.without_trouble()


def test_arrow_keys_go_through_a_formula(page):
    page.open("chapters/ko/02_rnn_cell.html")
    page.click(middle(".formula mo"))  # so that the formula has the focus
    page.driver.run("document.querySelector('.formula.symbolic').focus()")
    page.driver.press("ArrowRight", "ArrowRight")
    page.wait(f"{CARD} !== ''")
    said = page.run("document.querySelector('.card-status').textContent")
    assert "(" in said
    page.without_trouble()


def test_a_term_opens_its_card_and_stays_on_the_page(page):
    page.open("chapters/en/02_rnn_cell.html")
    before = page.run("location.href")
    page.click(middle("a.term"))
    page.wait(f"{CARD}.includes('See it in the glossary')")
    assert page.run("location.href") == before
    page.click(middle(".card a"))
    there = "location.pathname.endsWith('92_glossary.html')"
    page.wait(f"{there} && document.readyState === 'complete'")
    page.without_trouble()
