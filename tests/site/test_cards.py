"""Symbols and terms of the built book: each has its card, and what that costs a page."""

import gzip
import re

import pytest
from axe import findings
from built_book import HTML
from playwright.sync_api import expect

MOST = 6000  # bytes, gzipped: what a page may pay for lit symbols and cards
STATIC = HTML / "_static"


def packed(text):
    return len(gzip.compress(text.encode(), 9))


def without_cards(html):
    """A page as it would be without cards."""
    html = re.sub(r'<details class="symbols".*?</details>', "", html, flags=re.S)
    html = re.sub(r'<[^>]*/cards\.(css|js)"[^>]*>(</script>)?|data-glossary="[^"]*"', "", html)
    html = re.sub(r' data-(s|at)="[^"]*"', "", html)
    html = re.sub(r' class="ink-\w+"|(?<=class="(?:n)) ink-\w+| ink-\w+(?=")', "", html)
    # The names of a term stand before its meaning for the card alone.
    return re.sub(r'(?<=<a class="term)([^>]*? title=")[^":]*? · [^":]*?: ', r"\1", html)


def test_a_page_pays_little_for_its_cards(chapter_name):
    html = (HTML / chapter_name).read_text("utf-8")
    files = sum(packed((STATIC / name).read_text("utf-8")) for name in ("cards.js", "cards.css"))
    cost = packed(html) - packed(without_cards(html)) + files
    assert 0 < files <= cost < MOST


def test_every_symbol_and_term_has_a_card(open_page, chapter_name):
    page = open_page(chapter_name)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    silent = page.evaluate(
        """() => {
          const silent = [];
          for (const one of document.querySelectorAll("article a.term, article [data-s]")) {
            const at = one.getBoundingClientRect();
            one.dispatchEvent(new MouseEvent("click", {
              bubbles: true, cancelable: true, detail: 1,
              clientX: (at.left + at.right) / 2, clientY: (at.top + at.bottom) / 2 }));
            const said = document.querySelector(".card")?.textContent.trim() ?? "";
            const inside = one.closest("article a:not(.term), button, summary");
            if (said.length < 4 && !inside) silent.push(one.outerHTML.slice(0, 200));
            document.dispatchEvent(new PointerEvent("pointerdown"));
          }
          return silent;
        }"""
    )
    assert silent == []


@pytest.mark.parametrize("name", ["chapters/ko/02_rnn_cell.html", "chapters/en/09_lstm_gru.html"])
def test_axe_finds_nothing_beside_open_cards(open_page, name):
    page = open_page(name, color_scheme="dark")
    page.locator("#symbols summary").click()
    for where in ("article math [data-s]", "a.term"):
        page.locator(where).first.click()
        expect(page.locator(".card")).to_be_visible()
        assert findings(page) == []


def test_the_pictures_of_a_chapter_light_with_its_formulas(open_page):
    page = open_page("chapters/en/02_rnn_cell.html")
    page.locator(".formula [data-s=h]").first.click()
    lit = (
        "[...document.querySelectorAll('.lit')].map(one => one.closest('svg, pre, math').localName)"
    )
    assert set(page.evaluate(lit)) == {"svg", "pre", "math"}
