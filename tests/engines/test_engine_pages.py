"""Every page in every engine: nothing complains, nothing is cut off, everything comes alive."""

import pytest
from built_book import built_pages

# The page for a wrong address names everything from the published site's own root.
PAGES = [name for name in built_pages() if name != "404.html"]
CHAPTERS = [name for name in built_pages() if name.startswith("chapters/")]
# A part that stands below the figure, wherever the figure is: the last but one of the page.
LAST_PART = "[...document.querySelectorAll('article section[id]')].at(-1).id"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_complaint(page, name):
    for width in (1280, 390):
        page.open(name, width=width)
        page.alive()
        page.without_trouble()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_link_to_a_part_lands_there(page, name):
    """A figure is taller than the picture it replaces: what stands below must not move away."""
    page.open(name)
    page.alive()
    part = page.run(LAST_PART)
    page.open(f"{name}#{part}")
    page.alive()
    page.wait("document.fonts.status === 'loaded'")
    top = f"document.getElementById({part!r}).getBoundingClientRect().top"
    at_the_end = "innerHeight + scrollY >= document.documentElement.scrollHeight - 2"
    page.wait(f"Math.abs({top}) < 160 || {at_the_end}")


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_opens_from_disk(page_from_disk, name):
    page_from_disk.open(name)
    page_from_disk.alive()
    page_from_disk.without_trouble()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_search_finds_and_leads_there(page, language):
    page.open(f"chapters/{language}/00_start.html")
    page.driver.press("/")
    page.wait("document.getElementById('search').open")
    page.driver.press("cell" if language == "en" else "RNN")
    page.wait("document.querySelectorAll('.search-results a').length > 0")
    page.driver.press("Enter")
    page.wait("!document.getElementById('search').open || location.pathname.includes('chapters')")
    page.wait("document.readyState === 'complete'")
    assert page.run("window.trouble") == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_search_works_from_disk(page_from_disk, language):
    page_from_disk.open(f"chapters/{language}/00_start.html")
    page_from_disk.driver.press("/")
    page_from_disk.driver.press("LSTM")
    page_from_disk.wait("document.querySelectorAll('.search-results a').length > 0")


def test_language_and_colours_are_switched(page):
    page.open("chapters/en/03_training.html")
    page.alive()
    before = page.run("getComputedStyle(document.body).backgroundColor")
    page.click("document.getElementById('switch-theme')")
    page.wait(f"getComputedStyle(document.body).backgroundColor !== {before!r}")
    page.click("document.getElementById('switch-theme')")
    page.wait(f"getComputedStyle(document.body).backgroundColor === {before!r}")
    page.click("document.querySelector('a[hreflang=\"ko\"]')")
    page.wait("document.documentElement.lang === 'ko'")
    assert page.run("location.pathname").endswith("chapters/ko/03_training.html")
