"""A page test that fails leaves a picture."""

from types import SimpleNamespace

from failed import keep_pictures, pytest_runtest_makereport
from playwright.sync_api import Error


class Page:
    def __init__(self, crashed=False):
        self.crashed = crashed

    def screenshot(self, path, **options):
        if self.crashed:
            raise Error("Target crashed")
        path.write_bytes(b"png")


def browser_with(*pages):
    return SimpleNamespace(contexts=[SimpleNamespace(pages=list(pages))])


def test_each_open_page_is_kept_under_the_tests_name(tmp_path):
    browser = browser_with(Page(), Page(crashed=True), Page())
    kept = keep_pictures(browser, "tests/site/test_pages.py::test_a[chapters/ko/01.html]", tmp_path)
    assert [path.name for path in kept] == [
        f"site-test_pages-py-test_a-chapters-ko-01-html-{n}.png" for n in (1, 3)
    ]
    assert all(path.read_bytes() == b"png" for path in kept)


def reported(monkeypatch, when, failed, funcargs):
    """The tests of which pictures are taken after such a report."""
    taken = []
    monkeypatch.setattr("failed.keep_pictures", lambda browser, test: taken.append(test))
    item = SimpleNamespace(nodeid="tests/a.py::b", funcargs=funcargs)
    hook = pytest_runtest_makereport(item, None)
    next(hook)
    try:
        hook.send(SimpleNamespace(when=when, failed=failed))
    except StopIteration as done:
        assert done.value.when == when
    return taken


def test_only_a_failing_test_with_a_browser_leaves_pictures(monkeypatch):
    browser = {"browser": browser_with()}
    assert reported(monkeypatch, "call", True, browser) == ["tests/a.py::b"]
    assert reported(monkeypatch, "call", False, browser) == []
    assert reported(monkeypatch, "setup", True, browser) == []
    assert reported(monkeypatch, "call", True, {}) == []
