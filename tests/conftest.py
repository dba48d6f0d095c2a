"""What all tests share."""

import pytest
from hypothesis import settings

# A busy machine makes an example slow without anything being wrong.
settings.register_profile("book", deadline=None)
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that fails in the browser leaves pictures of its pages in _build/failed."""
    report = yield
    if report.when == "call" and report.failed and "browser" in item.funcargs:
        import failed

        failed.keep_pictures(item.funcargs["browser"], item.nodeid)
    return report


def pytest_collection_modifyitems(items):
    """What asks for a browser is slow: `make quick` does without it."""
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.slow)
