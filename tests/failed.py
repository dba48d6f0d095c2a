"""Pictures of the pages that a failing test has open: CI keeps them."""

import re
from contextlib import suppress
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "_build" / "failed"


def keep_pictures(browser, test, folder=FOLDER):
    """Save each open page as it is, named after the test; the files that were written."""
    from playwright.sync_api import Error  # here, as most tests need no browser

    name = re.sub(r"\W+", "-", test.removeprefix("tests/"))[:150].strip("-")
    kept = []
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        path = folder / f"{name}-{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(Error):  # a page that has crashed shows nothing
            page.screenshot(path=path, full_page=True, timeout=10_000)
            kept.append(path)
    return kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails in the browser leaves pictures of its pages in _build/failed."""
    report = yield
    if report.when == "call" and report.failed and "browser" in item.funcargs:
        keep_pictures(item.funcargs["browser"], item.nodeid)
    return report
