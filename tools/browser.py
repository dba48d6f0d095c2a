"""Find a Chromium for the tests of the pages, or get one: prints its path.

In this order: the one that CHROMIUM names, one that is installed, Playwright's own (an empty line
is printed, Playwright finds it by itself), the system's package where apt-get is and may install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

INSTALLED = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
TRY_IT = """\
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(args=["--no-sandbox"]).close()
"""
HELP = """\
The pages are tested in Chromium, and there is none here. Playwright could not download its own,
and the system's package could not be installed. Install Chromium or Chrome, or name yours:
    make pages CHROMIUM=/path/to/chromium"""


def runs(*command: str) -> bool:
    """Whether a command succeeds; what it says goes to stderr, for stdout is for the path."""
    try:
        return subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def find(
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    runs: Callable[..., bool] = runs,
    python: str = sys.executable,
) -> str | None:
    """The path, "" for Playwright's own, or None."""
    if named := environment.get("CHROMIUM"):
        # Whoever names one wants that one and no other.
        return which(named)
    if path := installed(which, runs):
        return path
    # Downloaded is not enough: the system may lack libraries that it needs.
    if runs(python, "-m", "playwright", "install", "chromium") and runs(python, "-c", TRY_IT):
        return ""
    if which("apt-get"):
        root = os.geteuid() == 0
        rights = [] if root else ["sudo", "-n"]
        runs(*rights, "apt-get", "update")
        if runs(*rights, "apt-get", "install", "-y", "--no-install-recommends", "chromium"):
            return installed(which, runs)
    return None


def installed(which: Callable[[str], str | None], runs: Callable[..., bool]) -> str | None:
    """The first that is there and starts: some systems leave a stub that only says what to do."""
    paths = filter(None, map(which, INSTALLED))
    return next((path for path in paths if runs(path, "--version")), None)


if __name__ == "__main__":
    found = find()
    if found is None:
        sys.exit(f"{os.environ.get('CHROMIUM', '')}\n{HELP}".strip())
    print(found)
