"""The root page: what its network is, and the course at a glance."""

import re
from pathlib import Path

import pytest
from bilingual.door import MINUTES, script

from charrnn import LETTERS, SENTENCE

ROOT = Path(__file__).resolve().parents[2]
DOOR = (ROOT / "index.md").read_text("utf-8")
CHAPTERS = sorted((ROOT / "chapters").glob("[01]?_*.md"))


def told(name):
    return re.search(f'data-{name}="([^"]*)"', DOOR)[1]


def test_its_network_learns_the_sentence_of_the_book():
    assert told("text") == SENTENCE
    assert told("letters") == LETTERS


def test_its_script_is_one_that_a_page_can_load():
    made = script()
    assert made.startswith('"use strict"')
    assert not re.search(r"^(import|export)\b", made, re.M)
    assert "createTrainer" in made and "</script" not in made


def test_both_languages_stand_side_by_side():
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", DOOR)
    assert len(buttons) == 2
    for words in (*buttons, told("play"), told("done")):
        korean, english = words.split(" · ")
        assert re.search("[가-힣]", korean) and not re.search("[가-힣]", english)
        assert korean.count("{epochs}") == english.count("{epochs}")


@pytest.mark.parametrize("chapter", CHAPTERS[1:], ids=lambda path: path.stem)
def test_the_minutes_of_a_chapter_can_be_read(chapter):
    assert len(set(filter(None, sum(MINUTES.findall(chapter.read_text("utf-8")), ())))) == 1
