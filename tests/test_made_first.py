"""Tests of what is built or printed: an error alone where it is not there, else left out."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ITS_OWN = ("conftest.py", "built_book.py", "failed.py", "slow.py")


@pytest.fixture
def bare(tmp_path):
    """A folder of tests with a passing one in each room, and nothing built beside it."""
    for name in ITS_OWN:
        (tmp_path / "tests").mkdir(exist_ok=True)
        shutil.copy(TESTS / name, tmp_path / "tests")
    for room in ("pictures", "site", "engines", "editions"):
        path = tmp_path / "tests" / room / f"test_{room}.py"
        path.parent.mkdir()
        path.write_text("def test_it():\n    pass\n", "utf-8")
    return tmp_path


def told(folder, *paths):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "", "PYTHONPATH": str(folder / "tests")},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("asked", [["tests"], ["tests/pictures", "tests/site/test_site.py"]])
def test_swept_up_with_others_they_are_left_out_and_named(bare, asked):
    status, said = told(bare, *asked)
    assert status == 0 and "1 passed" in said
    assert "left out, tests/site: no built book" in said


@pytest.mark.parametrize(
    "asked", [["tests/site"], ["tests/engines", "tests/editions/test_editions.py"]]
)
def test_asked_for_alone_they_are_an_error(bare, asked):
    status, said = told(bare, *asked)
    assert status == pytest.ExitCode.USAGE_ERROR and "no built book" in said


def test_with_a_book_they_run(bare):
    page = bare / "_build" / "html" / "index.html"
    page.parent.mkdir(parents=True)
    page.touch()
    status, said = told(bare, "tests/site", "tests/engines")
    assert status == 0 and "2 passed" in said
