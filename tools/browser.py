"""Find a Chromium for the tests of the pages, get one, start it; run, it prints the path.

It looks in this order: the one that CHROMIUM names, one that is installed, Playwright's own (an
empty line is printed, Playwright finds it by itself), the system's package where this runs as root
anyway. Before anything is fetched, a sentence says what, how large and where to. No sudo is called.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from book.project import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INSTALLED = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TRY_IT = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
"""
DOWNLOAD = """\
The pages are tested in Chromium, and none is installed. Playwright fetches its own now: about
120 MB, 300 MB unpacked, into {folder}."""
PACKAGE = """\
Playwright's Chromium does not run here. apt-get installs the system's package "chromium" now, with
the libraries that it needs: about 150 MB, 500 MB unpacked."""
LIBRARY = """\
Playwright, which steers the browser, does not start here: its Node needs a library that a bare
Debian lacks. apt-get installs the package "libatomic1" now, 50 kB."""
NO_DRIVER = """\
Playwright, which steers the browser for the tests, does not start: `{python} -m playwright
--version` says why. A bare Debian or Ubuntu lacks a library: `sudo apt-get install libatomic1`."""
# Chromium dies on the first page where the system has no font at all.
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">{system}</include>{folders}</fontconfig>
"""
HELP = """\
The pages are tested in Chromium, none runs here and none could be fetched: install one, on Debian
with `sudo apt-get install chromium libatomic1`, on Ubuntu with
`sudo {python} -m playwright install --with-deps chromium`, or name yours, as in
`make test CHROMIUM=/path/to/chromium`."""


def runs(*command: str) -> bool:
    """Whether a command succeeds; what it says goes to stderr, for stdout is for the path.

    Only what fetches something is heard: a browser that does not start is no news yet.
    """
    heard = sys.stderr if "install" in command or "update" in command else subprocess.DEVNULL
    try:
        done = subprocess.run(command, stdout=heard, stderr=heard, stdin=subprocess.DEVNULL)
        return done.returncode == 0
    except OSError:
        return False


def say(sentence: str) -> None:
    """Tell a person, on stderr, for stdout is for the path."""
    print(f"\n{sentence}\n", file=sys.stderr, flush=True)


def cache(environment: Mapping[str, str]) -> str:
    """Where Playwright puts its browsers."""
    mac = "Library/Caches" if sys.platform == "darwin" else ".cache"
    usual = Path.home() / (environment.get("XDG_CACHE_HOME") or mac) / "ms-playwright"
    return environment.get("PLAYWRIGHT_BROWSERS_PATH") or str(usual)


def find(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    runs: Callable[..., bool] = runs,
    python: str = sys.executable,
    say: Callable[[str], None] = say,
) -> str | None:
    """The path, "" for Playwright's own, or None."""
    if named := environment.get("CHROMIUM"):
        # Whoever names one wants that one and no other.
        return which(named)
    if path := installed(which, runs):
        return path
    # Fetched is not enough: the system may lack libraries that it needs.
    if runs(python, "-c", TRY_IT):
        return ""
    say(DOWNLOAD.format(folder=cache(environment)))
    fetched = runs(python, "-m", "playwright", "install", "--only-shell", "chromium")
    if fetched and runs(python, "-c", TRY_IT):
        return ""
    if which("apt-get") and os.geteuid() == 0:
        say(PACKAGE)
        runs("apt-get", "update")
        if runs("apt-get", "install", "-y", "--no-install-recommends", "chromium"):
            return installed(which, runs)
    return None


def driver(
    which: Callable[[str], str | None] = shutil.which,
    runs: Callable[..., bool] = runs,
    python: str = sys.executable,
    say: Callable[[str], None] = say,
) -> bool:
    """Whether Playwright's own Node starts, after its library was installed if need be."""
    if runs(python, "-m", "playwright", "--version"):
        return True
    if which("apt-get") and os.geteuid() == 0:
        say(LIBRARY)
        runs("apt-get", "update")
        runs("apt-get", "install", "-y", "--no-install-recommends", "libatomic1")
    return runs(python, "-m", "playwright", "--version")


def installed(which: Callable[[str], str | None], runs: Callable[..., bool]) -> str | None:
    """The first that is there and starts: some systems leave a stub that only says what to do."""
    paths = filter(None, map(which, INSTALLED))
    return next((path for path in paths if runs(path, "--version")), None)


def here(
    environment: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which
) -> str | None:
    """The one that CHROMIUM names or the first installed, None for Playwright's own.

    Nothing is started or fetched: `make` has called `find` before.
    """
    return environment.get("CHROMIUM") or next(filter(None, map(which, INSTALLED)), None)


@contextmanager
def with_fonts() -> Iterator[dict[str, str | float | bool]]:
    """The environment, in which a browser has the package's and Matplotlib's fonts too.

    So it has some on every machine, and letters of Hangul among them. Where fontconfig is not what
    looks for fonts, on macOS and Windows, nothing changes.
    """
    import matplotlib as mpl  # here, as the path is found without it

    folders = (Path(mpl.get_data_path(), "fonts/ttf"), ROOT / "src/charrnn/pictures/fonts")
    system = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fonts.conf")
        listed = "".join(f"<dir>{escape(str(path))}</dir>" for path in folders)
        file.write_text(FONTS.format(system=escape(system), folders=listed), "utf-8")
        yield {**os.environ, "FONTCONFIG_FILE": str(file)}


@contextmanager
def running() -> "Iterator[Browser]":
    """The browser, as long as the block lasts."""
    from playwright.sync_api import sync_playwright  # here, as the path is found without it

    with sync_playwright() as playwright, with_fonts() as environment:
        browser = playwright.chromium.launch(executable_path=here(), args=FLAGS, env=environment)
        yield browser
        browser.close()


if __name__ == "__main__":
    found = find()
    if found is None:
        named = os.environ.get("CHROMIUM")
        missing = f"There is no browser {named}. " if named else ""
        sys.exit(missing + HELP.format(python=sys.executable))
    if not driver():
        sys.exit(NO_DRIVER.format(python=sys.executable))
    print(found)
