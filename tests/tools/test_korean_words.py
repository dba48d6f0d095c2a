"""The Korean column of the words in pictures and tables: the glossary's terms, and as reviewed."""

import re
from pathlib import Path

import pytest
import yaml

from charrnn import set_language, translations

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = yaml.safe_load((ROOT / "glossary.yml").read_text("utf-8"))
TERMS = {entry["en"]: entry["ko"] for entry in GLOSSARY}
AVOID = [word for entry in GLOSSARY for word in entry.get("avoid", [])]
PAIRS = {key: (ko, translations._ENGLISH.get(key, key)) for key, ko in translations._KOREAN.items()}
# Left in Latin letters: names, units and letters of the text themselves.
LATIN = {"Adam", "LSTM", "MB", "RNN", "argmax", "b", "nn", "p", "top-k"}
# What the English says decides between two Korean words of opposite meaning.
OPPOSITES = {"lowest": "낮은", "highest": "높은", "slowest": "느린", "last": "마지막",
             "first": "첫|처음", "farthest": "가장 긴", "smaller": "작은", "larger": "큰",
             "before": "전|앞", "after": "뒤", "untrained": "전", "faster": "빨리",
             "never": "처음", "no": "아니요|않음", "yes": "예", "out": "밖", "inside": "안",
             "half": "반", "start": "시작", "end": "끝"}  # fmt: skip


@pytest.mark.parametrize("key", PAIRS)
def test_a_term_of_the_glossary_is_said_by_its_korean_term(key):
    korean, english = PAIRS[key]
    for term, said in TERMS.items():
        if re.search(rf"\b{re.escape(term)}s?\b", f"{key} {english}"):
            accepted = [said] if isinstance(said, str) else said
            assert any(word in korean for word in accepted), (term, korean)
    assert not [word for word in AVOID if word in korean]


@pytest.mark.parametrize("key", PAIRS)
def test_what_has_an_opposite_is_not_turned_round(key):
    korean, english = PAIRS[key]
    for word, said in OPPOSITES.items():
        if re.search(rf"\b{word}\b", english) and key != "hoisted":
            assert re.search(said, korean), (word, korean)


@pytest.mark.parametrize("key", PAIRS)
def test_korean_is_written_in_hangul_but_for_names(key):
    korean, english = PAIRS[key]
    assert set(re.findall(r"[A-Za-z][A-Za-z-]*", korean)) <= LATIN
    assert re.search("[가-힣]", korean)
    assert not re.search("[가-힣]", english)
    assert "문자" not in korean


@pytest.mark.parametrize("key", PAIRS)
def test_numbers_are_those_of_the_english(key):
    korean, english = PAIRS[key]
    assert set(re.findall(r"\d+(?:\.\d+)?", english)) <= set(re.findall(r"\d+(?:\.\d+)?", korean))


def test_the_korean_column_is_as_it_was_reviewed():
    """Change a word here and in korean_words.txt, once somebody who reads Korean has seen it."""
    lines = (Path(__file__).parent / "korean_words.txt").read_text("utf-8").splitlines()
    reviewed = dict(line.split("\t") for line in lines)
    assert reviewed == translations._KOREAN


def test_a_language_is_chosen_for_all_words_until_the_next_choice():
    set_language("ko")
    try:
        assert translations.get_language() == "ko"
        assert translations.word("loss") == translations.translated("loss") == "손실"
        assert translations.choose("가", "a") == "가"
        assert translations.translated("no such word") == "no such word"
    finally:
        set_language("en")
    assert (translations.word("loss"), translations.choose("가", "a")) == ("loss", "a")
    with pytest.raises(ValueError):
        set_language("fr")
    assert translations.get_language() == "en"
