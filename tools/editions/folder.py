"""The whole book to carry: a folder that opens by a double click, and the zip of it.

The pages in it are the built ones, which need no server and no other host. Beside them lie the PDFs
and the notebooks, which run without a network too where PyTorch is: the package lies with them as a
wheel, and with it the one thing that it needs and few have, anywidget.
"""

import calendar
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
from book.languages import LANGUAGES
from bs4 import BeautifulSoup
from notebooks import published

from .chapter import edition_of
from .words import WORDS

READ_ME = "README.txt"
# Where the notebooks lie and, as they see it, what they install from.
NOTEBOOKS = "notebooks"
WHEELS = "../wheels"
# With what it needs in turn, in the versions of constraints.txt, as Python alone: for any machine.
CARRIED = ("anywidget", "psygnal")
# Of the site: notebooks lie elsewhere in the folder, and no server asks for the rest.
LEFT_OUT = ("_sources", "editions", "404.html", ".buildinfo", ".nojekyll", "objects.inv")
# One time for all files, the first that a zip knows, in the wheel too: with the same tools the same
# built pages, PDFs and EPUBs make the same zip.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# The same time as builders of wheels ask for it: https://reproducible-builds.org/specs/
EPOCH = {"SOURCE_DATE_EPOCH": str(calendar.timegm(ZIP_TIME))}


def pip(*arguments: str) -> None:
    """Call pip; SystemExit with what it said if it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    environment = {**os.environ, **EPOCH}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"pip {arguments[0]} failed:\n{done.stderr}")


def put_wheels(root: Path, folder: Path) -> None:
    """The wheels of the package and of what is carried with it."""
    # setuptools builds in the folder that it is given, and leaves what it made there.
    source = folder / "source"
    shutil.copytree(root / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(root / name, source / name)
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(source))
    shutil.rmtree(source)
    pins = ["-c", str(root / "constraints.txt"), "-c", str(root / "requirements.txt")]
    anywhere = ["--only-binary", ":all:", "--platform", "any", "--python-version", "3.11"]
    pip("download", "--quiet", "--no-deps", *anywhere, *pins, "-d", str(folder), *CARRIED)


def put_notebooks(root: Path, folder: Path) -> None:
    """The notebooks of all languages."""
    origin = published(root)
    for code, language in LANGUAGES.items():
        (folder / code).mkdir(parents=True)
        for path in sorted((root / language.folder).glob("*.ipynb")):
            made = nbformat.read(path, as_version=4)
            made.cells[0].source = origin.setup(code, WHEELS)
            for cell in made.cells:
                cell.source = cell.source.replace(origin.in_colab(code), "")
            nbformat.write(made, folder / code / path.name)


def put_pages(built: Path, folder: Path) -> None:
    """The site. A button that gets a notebook leads to the one in the folder."""
    shutil.copytree(built, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for code, language in LANGUAGES.items():
        for page in (folder / language.folder).glob("*.html"):
            html = page.read_text("utf-8")
            there = f"../../_sources/{language.folder}"
            page.write_text(html.replace(there, f"../../{NOTEBOOKS}/{code}/"), "utf-8")


def make(root: Path, built: Path, editions: list[Path], folder: Path) -> None:
    """Make the folder anew."""
    if folder.exists():
        shutil.rmtree(folder)
    put_pages(built, folder)
    put_notebooks(root, folder / NOTEBOOKS)
    (folder / NOTEBOOKS / "wheels").mkdir()
    put_wheels(root, folder / NOTEBOOKS / "wheels")
    (folder / "editions").mkdir()
    for made in editions:
        shutil.copy(made, folder / "editions")
    start = BeautifulSoup((built / "index.html").read_text("utf-8"), "html.parser")
    edition = edition_of(start)
    texts = [words["read_me"].format(edition=edition) for words in WORDS.values()]
    # Its mark at the beginning tells an old editor on Windows that Korean comes.
    (folder / READ_ME).write_text("\n\n".join(texts), "utf-8-sig", newline="\r\n")


def put(
    packed: zipfile.ZipFile, name: str, content: bytes, kind: int = zipfile.ZIP_DEFLATED
) -> None:
    """Put a file into an archive."""
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = kind
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content, compresslevel=9)


def pack(folder: Path, path: Path) -> None:
    """The folder as a zip with one folder in it."""
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
                put(packed, name, file.read_bytes())
