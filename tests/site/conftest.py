"""The built book in a real browser. Build it first: `make book`."""

import pytest
from built_book import HTML, built_pages
from serve import serving


def pytest_generate_tests(metafunc):
    """A test that asks for `page_name` runs once a page, for `chapter_name` once a chapter."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", built_pages())
    if "chapter_name" in metafunc.fixturenames:
        chapters = [name for name in built_pages() if name.startswith("chapters/")]
        metafunc.parametrize("chapter_name", chapters)


@pytest.fixture(scope="session")
def origin():
    """The address of a server of the built book, on a free port of this machine."""
    with serving(HTML) as address:
        yield address


@pytest.fixture
def open_page(browser, origin):
    """Opens a page of the book in a window of its own; keyword arguments describe the window."""
    contexts = []

    def opened(name, base=origin, **window):
        window = {"viewport": {"width": 1280, "height": 900}, "locale": "ko-KR", **window}
        context = browser.new_context(**window)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.goto(base + name)
        return page

    yield opened
    for context in contexts:
        context.close()
