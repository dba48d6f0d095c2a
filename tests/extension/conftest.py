"""The theme's scripts and style sheet by themselves, without a built book."""

import pytest


@pytest.fixture
def blank(browser):
    """An empty page with a language and a title."""
    page = browser.new_page()
    page.set_content(
        '<!doctype html><html lang="en"><title>A page</title><main><h1>One</h1></main>'
    )
    yield page
    page.close()
