"""What prints and packs the book: asked for what there is, and twice the same from the same."""

import io
import os
import subprocess
import sys
import time
import zipfile

import epub
import pack
import pdf
import pikepdf
import pytest
from book.languages import LANGUAGES
from editions import folder, printing


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


def test_the_same_folder_makes_the_same_zip(tmp_path):
    there = tmp_path / "book"
    there.mkdir()
    packs = []
    for names, changed in (("abcdef", 1e9), ("fdbeca", 2e9)):
        for name in names:
            (there / name).unlink(missing_ok=True)
            (there / name).write_text(name)
            os.utime(there / name, (changed, changed))
        folder.pack(there, tmp_path / names)
        packs.append((tmp_path / names).read_bytes())
        with zipfile.ZipFile(tmp_path / names) as packed:
            assert packed.namelist() == [f"book/{name}" for name in "abcdef"]
            assert {entry.date_time for entry in packed.infolist()} == {folder.ZIP_TIME}
    assert packs[0] == packs[1]


def test_pip_builds_wheels_with_the_time_of_the_zip(monkeypatch):
    found = []

    def run(command, env, **kwargs):
        found.append(time.gmtime(int(env["SOURCE_DATE_EPOCH"]))[:6])
        assert env["PATH"] == os.environ["PATH"]
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    folder.pip("wheel", ".")
    assert found == [folder.ZIP_TIME]


def test_two_prints_of_the_same_pages_make_the_same_file():
    """They differ in their dates, as Chromium writes them, and are finished at different times."""
    made = []
    for second in (1, 2):
        with pikepdf.new() as new:
            new.add_blank_page()
            for name in ("/CreationDate", "/ModDate"):
                new.docinfo[name] = f"D:2026010203040{second}+00'00'"
            packed = io.BytesIO()
            new.save(packed, static_id=True)
        time.sleep(second == 2)  # the number of a PDF may hang on the second
        made.append(printing.finished(packed.getvalue(), {"dc:title": "One"}))
    assert made[0] == made[1]
    with pikepdf.open(io.BytesIO(made[0])) as read:
        assert read.docinfo["/Title"] == "One"
