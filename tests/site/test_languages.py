"""Two languages: what each page is in, and the way from one to the other."""

import re

import pytest
from bs4 import BeautifulSoup
from built_book import HTML
from waiting import until

LANGUAGES = {"ko": "한국어", "en": "English"}


def other(language):
    return next(code for code in LANGUAGES if code != language)


def language_of(name):
    return name.split("/")[1]


def twin_of(name):
    return name.replace(f"/{language_of(name)}/", f"/{other(language_of(name))}/")


def soup_of(name):
    return BeautifulSoup((HTML / name).read_text(encoding="utf-8"), "html.parser")


def test_page_declares_its_language(chapter_name):
    assert soup_of(chapter_name).html["lang"] == language_of(chapter_name)


def test_interface_is_in_the_page_language(chapter_name):
    """What stands around the text has Hangul on Korean pages only, but for the switch."""
    soup = soup_of(chapter_name)
    korean = language_of(chapter_name) == "ko"
    around = soup.select(".bar, .chapters, .sections, .neighbours, .page-tools, .foot, dialog")
    assert around
    for part in around:
        for link in part.select("a[lang]"):
            link.decompose()
        words = [part.get_text(" "), *(e["aria-label"] for e in part.select("[aria-label]"))]
        text = " ".join(words)
        if text.strip():
            assert bool(re.search("[가-힣]", text)) == korean, text
    if korean:
        english = re.compile(r"\b(Link to|Search|Contents|Previous|Next|Note|Show|Hide|Copy)\b")
        labels = " ".join(
            element.get(attribute, "")
            for element in soup.find_all()
            for attribute in ("title", "aria-label", "placeholder", "data-copy", "data-empty")
        )
        assert not english.search(labels)


def test_navigation_stays_in_the_language(chapter_name):
    soup = soup_of(chapter_name)
    links = [a["href"] for a in soup.select(".chapters a, .neighbours a")]
    assert len(links) > 4
    assert [href for href in links if href != "#" and "/" in href] == []


def test_alternates_name_both_languages_and_the_default(chapter_name):
    soup = soup_of(chapter_name)
    alternates = {a["hreflang"]: a["href"] for a in soup.select("link[rel=alternate]")}
    assert set(alternates) == {*LANGUAGES, "x-default"}
    assert soup.select_one("link[rel=canonical]")["href"] == alternates[language_of(chapter_name)]


def test_twins_share_their_section_ids(chapter_name):
    ids = [section["id"] for section in soup_of(chapter_name).select("main section section")]
    twin = [
        section["id"] for section in soup_of(twin_of(chapter_name)).select("main section section")
    ]
    assert ids == twin


def test_switch_leads_to_the_same_section(open_page, chapter_name):
    page = open_page(chapter_name)
    # A living figure is a section too, without an id.
    ids = page.eval_on_selector_all("main section section[id]", "all => all.map(s => s.id)")
    if not ids:
        pytest.skip("a page of one section: the switch at the top is tested below")
    wanted = ids[len(ids) // 2]
    page.evaluate("id => document.getElementById(id).scrollIntoView()", wanted)
    page.click(f"a[data-language={other(language_of(chapter_name))}]")
    page.wait_for_url(f"**/{twin_of(chapter_name)}#{wanted}")
    assert page.evaluate("document.documentElement.lang") == other(language_of(chapter_name))
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", wanted)
    assert -5 < top < 300


def test_switch_hands_on_what_a_reader_made_of_a_figure(open_page):
    page = open_page("chapters/ko/01_one_hot.html")
    figure = page.locator(".lab-one_hot")
    figure.get_by_label("문장").fill("a cab")
    page.click("a[data-language=en]")
    page.wait_for_url("**/chapters/en/01_one_hot.html#lab=one_hot*")
    field = page.locator(".lab-one_hot textarea, .lab-one_hot input[type=text]").first
    until(page, "document.querySelector('.lab-one_hot') !== null")
    assert field.input_value() == "a cab"
    # What stands out of sight is not what the reader is at.
    page.evaluate("document.querySelector('article section section:last-of-type').scrollIntoView()")
    page.click("a[data-language=ko]")
    page.wait_for_url("**/chapters/ko/01_one_hot.html*")
    assert "lab=" not in page.url


def test_switch_at_the_top_leads_to_the_top(open_page):
    page = open_page("chapters/ko/01_one_hot.html")
    page.click("a[data-language=en]")
    page.wait_for_url("**/chapters/en/01_one_hot.html")


def test_switch_works_without_scripts(open_page, chapter_name):
    page = open_page(chapter_name, java_script_enabled=False)
    page.click(f"a[data-language={other(language_of(chapter_name))}]")
    page.wait_for_url(f"**/{twin_of(chapter_name)}")


@pytest.mark.parametrize(("locale", "first"), [("ko-KR", "ko"), ("en-GB", "en"), ("ko", "ko")])
def test_root_page_offers_the_browser_language_first(open_page, locale, first):
    page = open_page("index.html", locale=locale)
    assert page.locator("[data-offers] > .first").get_attribute("lang") == first


def test_root_page_without_scripts_leads_to_both(open_page):
    for code in LANGUAGES:
        page = open_page("index.html", java_script_enabled=False)
        page.click(f"[data-offers] a[data-language={code}]")
        page.wait_for_url(f"**/chapters/{code}/**")


def test_choice_is_remembered_and_never_forced(open_page):
    page = open_page("chapters/ko/01_one_hot.html")
    page.click("a[data-language=en]")
    page.wait_for_url("**/chapters/en/**")
    start = page.url.split("chapters/")[0]
    page.goto(start + "index.html")
    assert page.url.endswith("index.html")
    assert page.locator("[data-offers] > .first").get_attribute("lang") == "en"
    page.goto(start + "chapters/ko/01_one_hot.html")
    assert page.url.endswith("chapters/ko/01_one_hot.html")
