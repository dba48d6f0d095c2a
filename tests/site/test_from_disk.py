"""The book opened from a disk, with no server and no network."""

from built_book import HTML, built_pages
from from_disk import trouble_from_disk


def test_every_page_works_from_disk(browser):
    assert trouble_from_disk(browser, HTML, built_pages()) == []


def test_reader_gets_from_the_root_page_to_the_twin_from_disk(open_page):
    page = open_page("index.html", base=HTML.as_uri() + "/")
    page.click("[data-offers] a[data-language=ko]")
    page.click(".neighbours a[rel=next]")
    page.click("a[data-language=en]")
    page.wait_for_url("**/chapters/en/*.html")
