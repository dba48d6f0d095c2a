"""The folder to carry, unpacked: it opens from there, and its notebooks find the package."""

import json
import re
import subprocess
import sys
import zipfile

import pytest
from book.languages import LANGUAGES
from bs4 import BeautifulSoup
from editions.folder import ZIP_TIME
from from_disk import trouble_from_disk
from made import MADE


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    there = tmp_path_factory.mktemp("빈 폴더")
    zipfile.ZipFile(MADE / "char-rnn-book.zip").extractall(there)
    (unpacked,) = there.iterdir()
    return unpacked


def test_it_opens_from_the_disk(browser, folder):
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    assert len(pages) > 30
    assert trouble_from_disk(browser, folder, pages) == []


def test_every_link_within_leads_to_a_file(folder):
    missing = set()
    for path in folder.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for link in page.select("a[href], link[href], script[src]"):
            href = str(link.get("href") or link.get("src")).split("#")[0].split("?")[0]
            beside = href and not re.match(r"\w+:", href)
            if beside and not (path.parent / href).exists():
                missing.add(href)
    assert missing == set()


def test_it_says_which_edition_it_is_at_the_door_and_in_its_read_me(folder):
    page = BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")
    edition = page.select_one(".foot .edition").get_text()
    assert re.match(r"\d+\.\d+\.\d+ · \d{4}-\d\d-\d\d · [0-9a-f]{7,}", edition)
    assert (folder / "README.txt").read_text("utf-8-sig").count(edition) == len(LANGUAGES)


def test_it_holds_pdfs_epubs_and_every_notebook(folder):
    assert len(list((folder / "editions").glob("*.pdf"))) == 2 * len(LANGUAGES)
    assert len(list((folder / "editions").glob("*.epub"))) == len(LANGUAGES)
    for code, language in LANGUAGES.items():
        pages = {path.stem for path in (folder / language.folder).glob("*.html")}
        assert {path.stem for path in (folder / "notebooks" / code).glob("*.ipynb")} == pages


def test_no_wheel_says_when_it_was_packed(folder):
    (wheel,) = (folder / "notebooks" / "wheels").glob("char_rnn_book-*.whl")
    assert {entry.date_time for entry in zipfile.ZipFile(wheel).infolist()} == {ZIP_TIME}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_notebook_installs_the_package_from_beside_it(folder, code, tmp_path):
    """What its first cell asks of pip, asked of pip, into a folder of its own."""
    path = folder / "notebooks" / code / "01_one_hot.ipynb"
    text = path.read_text("utf-8")
    assert "releases/download" not in text and "colab.research" not in text
    setup = "".join(json.loads(text)["cells"][0]["source"])
    (line,) = re.findall(r"%pip (install .*)", setup)
    command = [sys.executable, "-m", "pip", *line.replace('"', "").split(), "--no-deps"]
    subprocess.run([*command, "--target", str(tmp_path)], cwd=path.parent, check=True)
    found = subprocess.run(
        [sys.executable, "-c", "import charrnn; print(charrnn.__file__)"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""}, capture_output=True, text=True,
    )  # fmt: skip
    assert found.stdout.startswith(str(tmp_path)), found.stderr
