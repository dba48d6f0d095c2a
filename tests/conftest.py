"""What all tests share."""

import os
import zlib
from pathlib import Path

import pytest
from built_book import HTML, built_pages
from failed import pytest_runtest_makereport as pytest_runtest_makereport
from hypothesis import settings
from slow import SLOW

TESTS = Path(__file__).parent

NO_BOOK = f"no built book in {HTML}: build it first (`make book`)"
EDITIONS = HTML.parent / "editions"
# Tests of what is made first, by folder: what finds it, and what to say where nothing is found.
MADE_FIRST = {
    "site": (built_pages, NO_BOOK),
    "engines": (built_pages, NO_BOOK),
    "editions": (lambda: [*EDITIONS.glob("*.pdf")], f"no PDFs in {EDITIONS}: run `make pdf` first"),
}

# A busy machine makes an example slow without anything being wrong. The same examples each time:
# what is green here is green there. `pytest --hypothesis-profile=explore` draws new ones.
settings.register_profile("book", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("book")


def pytest_configure(config):
    """Without what they test, tests asked for by themselves are an error; others leave them out."""
    missing = {TESTS / name: why for name, (found, why) in MADE_FIRST.items() if not found()}
    here = config.invocation_params.dir
    paths = [(here / asked.split("::")[0]).resolve() for asked in config.args]
    within = [next((f for f in missing if path.is_relative_to(f)), None) for path in paths]
    if all(within):
        raise pytest.UsageError(missing[within[0]])
    pairs = zip(config.args, within, strict=True)
    config.args[:] = [asked for asked, folder in pairs if folder is None]
    config.option.ignore = [*(config.option.ignore or []), *map(str, missing)]
    config.left_out = {folder.name: why for folder, why in missing.items()}


def pytest_report_header(config):
    return [f"left out, tests/{name}: {why}" for name, why in config.left_out.items()]


@pytest.fixture
def language(request):
    """The language in force, English unless the test is parametrized; English again afterwards."""
    from charrnn import set_language  # here, as tests of the tools need no package

    chosen = getattr(request, "param", "en")
    set_language(chosen)
    yield chosen
    set_language("en")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a process: Playwright does not start twice in one."""
    from browser import running  # here, as most tests need no browser

    with running() as browser:
        yield browser


def pytest_collection_modifyitems(config, items):
    """`make unit` does without a browser; `make quick` also without what slow.py lists.

    SHARE=2/3 takes the second of three shares, by the tests' names, so that a slow machine need not
    do all of a ring.
    """
    number, of = map(int, os.environ.get("SHARE", "1/1").split("/"))
    left = [one for one in items if zlib.crc32(one.nodeid.encode()) % of != number - 1]
    config.hook.pytest_deselected(items=left)
    items[:] = [one for one in items if one not in set(left)]
    for item in items:
        name = item.path.relative_to(TESTS).with_suffix("").as_posix()
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if "browser" in item.fixturenames or name in SLOW:
            item.add_marker(pytest.mark.slow)
