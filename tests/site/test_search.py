"""The search finds what readers look for, in both languages, over the network and from disk."""

import json
from pathlib import Path

import pytest
from built_book import HTML

QUERIES = json.loads(Path(__file__).with_name("queries.json").read_text(encoding="utf-8"))
CASES = [
    pytest.param(language, query, pages, id=f"{language}-{query}")
    for language, queries in QUERIES.items()
    for query, pages in queries.items()
]
START = "chapters/{}/00_start.html"


@pytest.fixture(scope="module")
def search_pages(browser, origin):
    """One page for each language, with the search open."""
    pages = {}
    for language in QUERIES:
        page = browser.new_page()
        page.goto(origin + START.format(language))
        page.click("#open-search")
        page.wait_for_function("window.bookIndex")
        pages[language] = page
    yield pages
    for page in pages.values():
        page.close()


def results(page, query):
    """(slug of the page, text) of each result, as shown in the dialog."""
    page.fill("#search-words", query)
    page.wait_for_function("document.querySelector('.search-count').textContent")
    return page.eval_on_selector_all(
        ".search-results a",
        "all => all.map(a => [a.href.split('/').pop().split('.html')[0], a.innerText])",
    )


def test_there_are_enough_queries():
    assert all(len(queries) >= 25 for queries in QUERIES.values())


@pytest.mark.parametrize(("language", "query", "pages"), CASES)
def test_query_finds_its_pages(search_pages, language, query, pages):
    found = results(search_pages[language], query)
    assert set(pages) <= {slug for slug, _ in found}


@pytest.mark.parametrize(("language", "query", "pages"), CASES)
def test_best_result_is_one_of_its_pages(search_pages, language, query, pages):
    found = results(search_pages[language], query)
    assert found[0][0] in pages


@pytest.mark.parametrize("language", QUERIES)
def test_results_show_an_excerpt_with_the_word(search_pages, language):
    page = search_pages[language]
    query = {"ko": "벡터", "en": "vector"}[language]
    for _, text in results(page, query):
        assert query in text.lower() or "vector" in text.lower()  # the two find one another
    assert page.locator(".search-results mark").count() > 0


@pytest.mark.parametrize("language", QUERIES)
def test_results_stay_in_the_language(search_pages, language):
    results(search_pages[language], "RNN")
    links = search_pages[language].locator(".search-results a").all()
    assert links
    assert all(f"/chapters/{language}/" in link.get_attribute("href") for link in links)


@pytest.mark.parametrize("language", QUERIES)
def test_spellings_of_one_hot_find_the_same(search_pages, language):
    spellings = ["one-hot", "onehot", "one hot", "원핫", "원-핫", "원 핫", "One-Hot"]
    found = [{tuple(r) for r in results(search_pages[language], s)} for s in spellings]
    assert found[0]
    assert all({slug for slug, _ in one} == {slug for slug, _ in found[0]} for one in found)


def test_nothing_is_said_to_be_found_for_nonsense(search_pages):
    assert results(search_pages["ko"], "zzqx") == []
    assert results(search_pages["en"], "뷁쉛") == []
    assert search_pages["en"].locator(".search-count").inner_text() == "Nothing found."


@pytest.mark.parametrize("query", ["<img src=x onerror=alert(1)>", "a(b[c", "\\", "*", "…", "  "])
def test_any_text_can_be_asked(search_pages, query):
    page = search_pages["ko"]
    page.fill("#search-words", query)
    page.wait_for_timeout(50)
    assert page.locator(".search-results img").count() == 0
    assert results(page, "벡터")


@pytest.mark.parametrize("base", ["http", "file"])
def test_by_keyboard(open_page, origin, base):
    where = origin if base == "http" else HTML.as_uri() + "/"
    page = open_page(START.format("ko"), base=where)
    page.keyboard.press("/")
    page.keyboard.type("은닉")
    page.wait_for_selector(".search-results a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    target = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    assert not page.locator("#search").is_visible()


def test_escape_closes_and_control_k_opens(open_page):
    page = open_page(START.format("en"))
    page.keyboard.press("Control+k")
    assert page.locator("#search").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#search").is_visible()


def test_address_can_carry_a_query(open_page):
    page = open_page(START.format("ko") + "?q=벡터")
    page.wait_for_selector(".search-results a")


def test_index_is_loaded_only_when_asked_for(open_page):
    page = open_page(START.format("ko"))
    assert not page.evaluate("'bookIndex' in window")
