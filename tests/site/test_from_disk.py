"""The book opened from a disk, with no server and no network."""

from built_book import HTML, built_pages


def test_every_page_works_from_disk(browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"{page.url} {error}"))
    page.on(
        "requestfailed",  # an icon still on its way when the next page is opened is no failure
        lambda request: (
            request.failure == "net::ERR_ABORTED"
            or trouble.append(f"{request.url} {request.failure}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("file:", "data:", "blob:")) or trouble.append(request.url)
        ),
    )
    pages = built_pages()
    assert pages
    for name in pages:
        page.goto((HTML / name).as_uri(), wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).paddingTop") != "0px"
    context.close()
    assert trouble == []


def test_reader_gets_from_the_root_page_to_the_twin_from_disk(open_page):
    page = open_page("index.html", base=HTML.as_uri() + "/")
    page.click("[data-offers] a[data-language=ko]")
    page.click(".neighbours a[rel=next]")
    page.click("a[data-language=en]")
    page.wait_for_url("**/chapters/en/*.html")
