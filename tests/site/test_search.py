"""The search finds what readers look for, in both languages, over the network and from disk."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from built_book import HTML
from waiting import until

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
        until(page, "!!window.bookIndex")
        pages[language] = page
    yield pages
    for page in pages.values():
        page.close()


def results(page, query):
    """(slug of the page, text) of each result, as shown in the dialog."""
    page.fill("#search-words", query)
    until(page, "document.querySelector('.search-count').textContent")
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
    """The best but for the glossary, whose entries come first of all."""
    found = [slug for slug, _ in results(search_pages[language], query) if slug != "92_glossary"]
    assert found[0] in pages


def glossary_terms():
    """(language, term, what it means) of every term as each language writes it."""
    for entry in yaml.safe_load((HTML.parents[1] / "glossary.yml").read_text("utf-8")):
        korean = entry["ko"][0] if isinstance(entry["ko"], list) else entry["ko"]
        if "means" in entry:
            yield "ko", korean, entry["means"]["ko"]
            yield "en", entry["en"], entry["means"]["en"]


@pytest.mark.parametrize(("language", "term", "means"), glossary_terms())
def test_a_term_finds_its_entry_of_the_glossary_first(search_pages, language, term, means):
    page = search_pages[language]
    (slug, text), *_ = results(page, term)
    assert slug == "92_glossary"
    assert text.lower().startswith(term.lower())
    assert means[:60].replace("'", "’") in " ".join(text.split()).replace("'", "’")
    # it opens there, not at the top of the page
    link = urlsplit(page.locator(".search-results a").first.get_attribute("href"))
    glossary = (HTML / f"chapters/{language}/92_glossary.html").read_text("utf-8")
    entry = BeautifulSoup(glossary, "html.parser").find(id=link.fragment)
    assert entry.parent.text.lower().startswith(term.lower())


@pytest.mark.parametrize(
    ("language", "query", "term"),
    [("ko", "학습율", "학습률"), ("ko", "퍼플렉시티", "혼란도"), ("ko", "은닉상태는", "은닉 상태"),
     ("en", "learnig rate", "learning rate"), ("en", "hidden states", "hidden state"),
     ("en", "epcoh", "epoch"), ("ko", "은상닉태", "은닉 상태"),  # two changed places
     ("en", "vanishing gradients", "vanishing gradient"), ("en", "perplexety", "perplexity")],
)  # fmt: skip
def test_a_term_in_another_spelling_finds_its_entry_first(search_pages, language, query, term):
    (slug, text), *_ = results(search_pages[language], query)
    assert (slug, text.split(" · ")[0]) == ("92_glossary", term)


@pytest.mark.parametrize("language", QUERIES)
def test_results_show_an_excerpt_with_the_word(search_pages, language):
    page = search_pages[language]
    query = {"ko": "벡터", "en": "vector"}[language]
    for _, text in results(page, query):  # these find one another
        assert any(same in text.lower() for same in (query, "vector", "one-hot", "원-핫"))
    assert page.locator(".search-results mark").count() > 0


@pytest.mark.parametrize("language", QUERIES)
def test_results_stay_in_the_language(search_pages, language):
    results(search_pages[language], "RNN")
    links = search_pages[language].locator(".search-results a").all()
    assert links
    assert all(f"/chapters/{language}/" in link.get_attribute("href") for link in links)


@pytest.mark.parametrize("language", QUERIES)
def test_spellings_of_one_hot_find_the_same(search_pages, language):
    """All that is found, not the best thirty that the dialog shows: a spelling counts more where
    it stands as it was typed."""
    spellings = ["one-hot", "onehot", "one hot", "원핫", "원-핫", "원 핫", "One-Hot"]
    first, *others = [
        set(search_pages[language].evaluate(
            "query => bookSearch.find(bookIndex, query).found.map(one => one.section.address)", word
        ))
        for word in spellings
    ]  # fmt: skip
    assert len(first) > 20
    assert all(other == first for other in others)


def test_no_text_shows_how_html_writes_a_sign():
    """An excerpt says 'hello', not &#x27;hello&#x27; as in the alt text's markup."""
    for script in (HTML / "_static").glob("search-*.js"):
        assert not re.findall(r"&(?:#\w+|amp|quot|lt|gt);", script.read_text("utf-8"))


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


def test_enter_that_ends_a_syllable_opens_nothing(open_page):
    page = open_page(START.format("ko") + "?q=은닉")
    page.wait_for_selector(".search-results a")
    enter = (
        "composing => document.getElementById('search-words').dispatchEvent(new KeyboardEvent("
        "'keydown', { key: 'Enter', isComposing: composing, bubbles: true, cancelable: true }))"
    )
    page.focus("#search-words")
    before = page.url
    page.evaluate(enter, True)
    page.wait_for_timeout(300)
    assert page.url == before and page.locator("#search").is_visible()
    target = page.evaluate("document.querySelector('.search-results a').href")
    page.evaluate(enter, False)
    page.wait_for_url(target)


def test_escape_closes_and_control_k_opens(open_page):
    page = open_page(START.format("en"))
    page.keyboard.press("Control+k")
    assert page.locator("#search").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#search").is_visible()


def test_a_slash_in_a_text_opens_no_search(open_page):
    page = open_page("chapters/en/01_one_hot.html")
    page.wait_for_selector(".living.alive")
    page.locator(".lab textarea").first.fill("a")
    page.keyboard.type("/b")
    assert page.locator(".lab textarea").first.input_value() == "a/b"
    assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("base", ["http", "file"])
def test_words_are_marked_on_the_page_that_opens_until_taken_off(open_page, origin, base):
    where = origin if base == "http" else HTML.as_uri() + "/"
    page = open_page(START.format("ko") + "?q=은닉 상태", base=where)
    page.locator(".search-results a", has_text="무엇을 기억하는가").first.click()
    until(page, "!!CSS.highlights.get('found')")
    marked = page.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert set(marked) == {"은닉 상태"}
    assert len(marked) > 3
    assert not page.locator("#search").is_visible()
    assert page.evaluate("document.querySelector(':target h2').textContent").startswith("은닉 상태")
    page.click(".unmark")
    assert page.evaluate("CSS.highlights.size") == 0
    assert "mark=" not in page.url
    page.reload()
    assert page.evaluate("CSS.highlights.size") == 0


def test_every_word_of_the_address_is_marked(open_page):
    page = open_page("chapters/en/01_one_hot.html?mark=vocabulary&mark=letters&mark=one-hot")
    until(page, "!!CSS.highlights.get('found')")
    marked = page.evaluate("[...CSS.highlights.get('found')].map(String)")
    assert {word.lower() for word in marked} == {"vocabulary", "letters", "one-hot"}


def test_words_in_a_folded_solution_are_brought_to_sight(open_page):
    page = open_page("chapters/en/01_one_hot.html")
    folded = page.locator("article #exercises details pre")
    assert not folded.first.is_visible()
    # A word that the page has once, in the code of a solution.
    word = folded.evaluate_all(
        r"all => all.flatMap(pre => pre.textContent.match(/(?<!\w)[a-z_]{4,}(?!\w)/g) ?? []).find("
        "w => document.querySelector('article').textContent.toLowerCase().split(w).length === 2)"
    )
    assert word
    page.goto(page.url + f"?mark={word}#exercises")
    until(page, "!!CSS.highlights.get('found')")
    until(
        page,
        "(() => { const [r] = CSS.highlights.get('found'); const b = r.getBoundingClientRect();"
        " return b.height > 0 && b.top > 0 && b.bottom < innerHeight })()",
    )


@pytest.mark.parametrize("base", ["http", "file"])
def test_going_back_shows_the_results_again(open_page, origin, base):
    where = origin if base == "http" else HTML.as_uri() + "/"
    page = open_page(START.format("ko"), base=where)
    page.keyboard.press("/")
    page.keyboard.type("은닉 상태")
    page.wait_for_selector(".search-results a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/92_glossary.html*")
    page.go_back()
    page.wait_for_selector(".search-results a")
    assert page.input_value("#search-words") == "은닉 상태"


def test_going_back_within_a_page_shows_the_results_again(open_page):
    page = open_page("chapters/en/02_rnn_cell.html?q=unrolling")
    page.locator(".search-results a[href*='02_rnn_cell']").first.click()
    page.wait_for_url("**#a-loop-along-the-word")
    page.go_back()
    page.wait_for_selector(".search-results a")
    assert page.input_value("#search-words") == "unrolling"


@pytest.mark.parametrize("close", ["key", "button", "outside"])
def test_a_closed_search_stays_closed(open_page, close):
    page = open_page(START.format("ko") + "?q=벡터")
    page.wait_for_selector(".search-results a")
    if close == "key":
        page.keyboard.press("Escape")
    elif close == "button":
        page.click("#close-search")
    else:
        page.mouse.click(5, 700)
    assert not page.locator("#search").is_visible()
    assert "q=" not in page.url
    page.reload()
    page.wait_for_timeout(200)
    assert not page.locator("#search").is_visible()


@pytest.mark.parametrize("language", QUERIES)
def test_empty_search_shows_what_can_be_asked(open_page, language):
    page = open_page(START.format(language))
    page.click("#open-search")
    hints = page.locator(".search-hints")
    assert hints.is_visible()
    assert hints.locator("a").count() == len(list((HTML / "chapters" / language).glob("*.html")))
    for example in hints.locator("button").all_inner_texts():
        page.fill("#search-words", "")
        hints.get_by_role("button", name=example, exact=True).click()
        page.wait_for_selector(".search-results mark")
        assert page.input_value("#search-words") == example
        assert not hints.is_visible()


def test_more_than_are_shown_is_said(search_pages):
    page = search_pages["en"]
    results(page, "the")
    assert page.locator(".search-results li").count() == 30
    said = page.locator(".search-count").inner_text()
    assert re.fullmatch(r"Places found: \d{2,}; here are the first 30\.", said)


def test_what_was_looked_for_instead_is_said(search_pages):
    results(search_pages["ko"], "학숩률")
    assert "학습률" in search_pages["ko"].locator(".search-count").inner_text()
    results(search_pages["ko"], "학습률")
    assert "비슷한" not in search_pages["ko"].locator(".search-count").inner_text()


def test_the_excerpt_has_the_words_that_tell(search_pages):
    page = search_pages["en"]
    results(page, "how does the loss spike")
    marked = page.locator(".search-results li").first.locator("mark").all_inner_texts()
    assert {word.lower() for word in marked} in ({"loss", "spike"}, {"loss", "spikes"})
    assert results(page, "what is a gradient")[0][0] == "92_glossary"


def test_code_is_shown_as_code(search_pages):
    results(search_pages["en"], "show_source")
    code = search_pages["en"].locator(".search-results code").first
    assert "show_source" in code.inner_text()


@pytest.mark.parametrize("long", ["가" * 500, "가나" * 10_000, "a b " * 5_000, "x" * 20_000])
def test_a_long_query_is_answered(open_page, long):
    page = open_page(START.format("ko"))
    page.evaluate("q => { history.replaceState({ query: q }, '') }", long)
    page.reload()
    until(page, "document.querySelector('.search-count').textContent")
    assert page.input_value("#search-words") == long[:100]


def test_the_door_leads_to_the_search(open_page):
    page = open_page("index.html", locale="en")
    page.click("[data-offers] [lang=en] p > a")
    page.wait_for_url("**/chapters/en/00_start.html*")
    assert page.locator("#search").is_visible()
    assert page.evaluate("document.activeElement.id") == "search-words"


def test_address_can_carry_a_query(open_page):
    page = open_page(START.format("ko") + "?q=벡터")
    page.wait_for_selector(".search-results a")


def test_index_is_loaded_only_when_asked_for(open_page):
    page = open_page(START.format("ko"))
    assert not page.evaluate("'bookIndex' in window")
