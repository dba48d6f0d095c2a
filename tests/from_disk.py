"""Opens pages from a disk, with no server and no network, and hears what goes wrong."""


def trouble_from_disk(browser, folder, pages):
    """Console messages, errors and requests that leave the disk, while each page is opened."""
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
    assert pages
    for name in pages:
        page.goto((folder / name).as_uri(), wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).paddingTop") != "0px"
    context.close()
    return trouble
