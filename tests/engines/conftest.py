"""The built book in three browser engines: `make engines`. Build it first: `make book`."""

import shutil
import time
from pathlib import Path

import pytest
from built_book import HTML
from drivers import ENGINES, Missing
from serve import serving

COLLECT = Path(__file__).with_name("collect.js")
PATIENCE = 60  # seconds: training on a busy machine


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames:
        each = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES]
        metafunc.parametrize("engine", each, scope="session")


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """A copy of the built book whose pages first load collect.js."""
    copy = tmp_path_factory.mktemp("book") / "html"
    shutil.copytree(HTML, copy)
    shutil.copy(COLLECT, copy / "_static")
    for page in copy.rglob("*.html"):
        root = "../" * (len(page.relative_to(copy).parts) - 1)
        text = page.read_text("utf-8")
        script = f'<script src="{root}_static/collect.js"></script>'
        page.write_text(text.replace("<head>", f"<head>{script}", 1), "utf-8")
    return copy


@pytest.fixture(scope="session")
def origin(book):
    """The address of a server of that copy, on a free port of this machine."""
    with serving(book) as address:
        yield address


@pytest.fixture(scope="session")
def driver(engine):
    """The engine, running; a test is skipped, and says so, where it is not installed."""
    try:
        with ENGINES[engine]() as running:
            yield running
    except Missing as error:
        pytest.skip(str(error))


class Page:
    """A page of the book in one engine, used as a reader uses it: by mouse and by keyboard."""

    def __init__(self, driver, base):
        self.driver, self.base = driver, base

    def open(self, name, width=1280, height=900):
        self.driver.resize(width, height)
        self.driver.open("about:blank")  # so that a page differing only in its #part is read anew
        self.driver.open(self.base + name)
        return self

    def run(self, expression):
        return self.driver.run(f"return {expression}")

    def wait(self, expression):
        """Until an expression is true; fails with it and with what the page complained of."""
        end = time.monotonic() + PATIENCE
        while not self.run_if_there(expression):
            if time.monotonic() > end:
                pytest.fail(f"never came true: {expression}; {self.run('window.trouble')}")
            time.sleep(0.1)

    def run_if_there(self, expression):
        """The value of an expression, None while one page is leaving for the next."""
        try:
            return self.run(expression)
        except Exception:  # each driver has its own
            return None

    def alive(self):
        """Wait for the page's figures; gives their number."""
        self.wait(
            "document.readyState === 'complete' && document.querySelectorAll('.living').length"
            " === document.querySelectorAll('.living.alive .lab').length"
        )
        return self.run("document.querySelectorAll('.lab').length")

    def click(self, element):
        """Press the middle of an element, given as an expression."""
        place = self.driver.run(
            f"const e = {element}; if (!e) return null;"
            "e.scrollIntoView({ block: 'center', behavior: 'instant' });"
            "const b = e.getBoundingClientRect();"
            "return [b.left + b.width / 2, b.top + b.height / 2]"
        )
        assert place, f"not on the page: {element}"
        self.driver.click(*place)

    def press_button(self, name, inside=".lab"):
        self.click(
            f"[...document.querySelectorAll('{inside} button')].find("
            f"b => (b.getAttribute('aria-label') ?? b.textContent.trim()) === {name!r})"
        )

    def text(self, selector):
        return self.run(f"document.querySelector({selector!r})?.innerText ?? ''")

    def without_trouble(self):
        assert self.run("window.trouble") == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.run(wide) <= 0, "scrolls sideways"


@pytest.fixture
def page(driver, origin):
    return Page(driver, origin)


@pytest.fixture
def page_from_disk(driver, book):
    return Page(driver, book.as_uri() + "/")
