"""Check the JavaScript and the style sheets: format and common mistakes, types, arithmetic.

`make style` calls it. What it needs, the packages that tools/js/package-lock.json pins, it installs
into tools/js with npm. Where there is no Node it says what it left out; where the variable CI is
set, it fails instead.

    python tools/javascript.py        check
    python tools/javascript.py --fix  write them as the formatter would
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools" / "js"
PACKAGE = ROOT / "src" / "charrnn"
SITE = ROOT / "_ext" / "bilingual"
TESTS = ROOT / "tests"
# Written by a test, and made from a font's licence and address by tools/vendor.py.
MADE = {"figures.css", "math.css"}
# Nothing here says in a package.json that it is a module: Node finds out, and says so each time.
QUIET = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]
OLDEST = (20, 19)  # the first Node that takes a .js file with `import` for a module


def files() -> list[str]:
    """Every script and style sheet that people write, from the repository's root."""
    styled = [*PACKAGE.rglob("*.css"), *SITE.rglob("*.css")]
    found = [*PACKAGE.rglob("*.js"), *SITE.rglob("*.js"), *TESTS.rglob("*.test.js"), *styled]
    return sorted(str(path.relative_to(ROOT)) for path in found if path.name not in MADE)


def missing() -> str | None:
    """What is not there, in words; None if Node is."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return "Node.js is not installed"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(int(part) for part in version.strip().lstrip("v").split(".")[:2]) < OLDEST:
        return f"Node.js is {version.strip()}, older than {'.'.join(map(str, OLDEST))}"
    return None


def install() -> bool:
    """The pinned packages, once for each package-lock.json; whether they are there."""
    stamp = TOOLS / "node_modules" / ".package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < (TOOLS / "package-lock.json").stat().st_mtime:
        command = ["npm", "ci", "--prefix", str(TOOLS), "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command).returncode != 0:
            return False
        stamp.touch()
    return True


def main(arguments: list[str]) -> int:
    lack = missing()
    if lack is None and not install():
        lack = "npm could not get what tools/js/package-lock.json names"
    if lack is not None:
        if os.environ.get("CI"):
            print(f"{lack}: install Node.js {OLDEST[0]} or newer, with npm, to check JavaScript.")
            return 1
        print(f"{lack}: the format, mistakes and types of JavaScript and CSS were not checked.")
        return 0
    programs = TOOLS / "node_modules" / ".bin"
    biome = [str(programs / "biome"), "check", f"--config-path={TOOLS}", "--error-on-warnings"]
    if "--fix" in arguments:
        return subprocess.run([*biome, "--write", *files()], cwd=ROOT).returncode
    tests = [str(path) for path in sorted(TESTS.rglob("*.test.js"))]
    results = [
        subprocess.run(command, cwd=ROOT).returncode
        for command in (
            [*biome, *files()],
            [str(programs / "tsc"), "-p", str(TOOLS)],
            ["node", *QUIET, "--test", "--test-reporter=dot", *tests],
        )
    ]
    return max(results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
