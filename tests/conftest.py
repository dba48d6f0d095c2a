"""What all tests share."""

import os
import zlib
from pathlib import Path

import pytest
from failed import pytest_runtest_makereport as pytest_runtest_makereport
from hypothesis import settings
from slow import SLOW

TESTS = Path(__file__).parent

# A busy machine makes an example slow without anything being wrong. The same examples each time:
# what is green here is green there. `pytest --hypothesis-profile=explore` draws new ones.
settings.register_profile("book", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("book")


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
