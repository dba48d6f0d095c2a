"""What the tests of the command line share."""

import random

import pytest

from charrnn.command import main


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    """English, no bars, one process, and a folder of its own to stand in."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("TQDM_DISABLE", "1")
    for name in ("RANK", "LOCAL_RANK", "WORLD_SIZE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def text(tmp_path):
    """A text of 204 letters: 164 to learn, 40 held out."""
    path = tmp_path / "mine.txt"
    path.write_text("".join(random.Random(0).choices("abcde \n", k=204)), "utf-8")
    return path


@pytest.fixture
def run(capsys):
    """Run a command in this process: its exit status and what it said."""

    def call(*arguments):
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return call
