"""What prints and packs the book: asked for what there is, and told in words what is not."""

import sys

import epub
import pack
import pdf
import pytest
from book.languages import LANGUAGES
from editions import folder


@pytest.fixture
def called(monkeypatch):
    """Calls a tool as from the command line."""

    def call(tool, *arguments):
        monkeypatch.setattr(sys, "argv", ["tool", *map(str, arguments)])
        tool.main()

    return call


@pytest.mark.parametrize("tool", [pdf, epub])
def test_a_language_that_the_book_lacks_stops_before_anything_is_fetched(
    called, tool, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(tool.fonts, "fetch", lambda folder: pytest.fail("fonts are fetched"))
    with pytest.raises(SystemExit) as stopped:
        called(tool, "en", "fr", "--to", tmp_path / "made")
    assert stopped.value.code == 2
    known = ", ".join(LANGUAGES)
    assert f"no language of the book: fr; choose from {known}" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


@pytest.fixture
def printed(tmp_path):
    """A folder with all PDFs and EPUBs."""
    for language in LANGUAGES:
        for name in (*pdf.NAMES, epub.NAME):
            (tmp_path / name.format(language)).touch()
    return tmp_path


def test_without_pages_nothing_is_packed_and_what_was_packed_stays(called, printed):
    book = pack.project(pack.ROOT)
    before = printed / f"{book['name']}-{book['version']}"
    before.mkdir()
    with pytest.raises(SystemExit, match=r"There are no pages in .*: run `make book` first\."):
        called(pack, "--built", printed / "none", "--to", printed)
    assert before.is_dir()


def test_an_old_folder_that_cannot_go_is_told(tmp_path, monkeypatch):
    def locked(path, ignore_errors=False):
        if not ignore_errors:
            raise PermissionError(13, "in use", str(path))

    monkeypatch.setattr(folder.shutil, "rmtree", locked)
    with pytest.raises(PermissionError, match="in use"):
        folder.make(tmp_path, tmp_path / "built", [], tmp_path)
