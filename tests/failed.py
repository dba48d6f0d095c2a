"""Pictures of the pages that a failing test has open: CI keeps them."""

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error

FOLDER = Path(__file__).resolve().parents[1] / "_build" / "failed"


def keep_pictures(browser, test, folder=FOLDER):
    """Save each open page as it is, named after the test; the files that were written."""
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
