"""Jamo put together: the top row is what is written, below it what each jamo is."""

import pytest
from every_picture import both_languages
from hypothesis import given, settings
from hypothesis import strategies as st
from nonsense import nonsense, refused

from charrnn import pictures
from charrnn.text.hangul import LEADS, TAILS, VOWELS, from_jamo, to_jamo
from charrnn.translations import word

pytestmark = pytest.mark.filterwarnings("error")
JAMO = "".join(sorted(set(LEADS + VOWELS + TAILS.strip())))


def rows_of(made):
    """Of each text what is written, its jamo and their places, from left to right."""
    heights = {}
    for text in made.figure.axes[0].texts:
        x, y = text.get_position()
        heights.setdefault(round(y, 3), []).append((x, text.get_text()))
    rows = [[text for _, text in sorted(row)] for _, row in sorted(heights.items(), reverse=True)]
    return list(zip(rows[::3], rows[1::3], rows[2::3], strict=True))


@both_languages
def test_each_jamo_stands_with_its_place_under_what_it_became(language):
    lead, vowel, tail = map(word, ("lead", "vowel", "tail"))
    alone = {"ko": "홀로", "en": "alone"}[language]
    made = pictures.joined_jamo(["ㅎㅏㄴㄱㅡㄹ", "ㄱㅏㄱㅏ", "ㄱㅏㅂㅅ"])
    assert rows_of(made) == [
        (["한", "글"], list("ㅎㅏㄴㄱㅡㄹ"), [lead, vowel, tail] * 2),
        (["가", "가"], list("ㄱㅏㄱㅏ"), [lead, vowel] * 2),
        (["갑", "ㅅ"], list("ㄱㅏㅂㅅ"), [lead, vowel, tail, alone]),
    ]


@settings(max_examples=30)
@given(st.text(JAMO, min_size=1, max_size=7))
def test_the_top_row_is_what_from_jamo_writes_and_no_jamo_is_lost(jamo):
    made = pictures.joined_jamo([jamo])
    ((written, shown, _),) = rows_of(made)
    assert "".join(written) == from_jamo(jamo)
    assert "".join(shown) == jamo
    assert f"{jamo} → {from_jamo(jamo)}" in made.alt


def test_what_was_taken_apart_is_drawn_whole_again():
    ((written, *_),) = rows_of(pictures.joined_jamo([to_jamo("값어")]))
    assert written == ["값", "어"]


@given(nonsense("string"))
def test_texts_are_strings(bad):
    refused("texts", pictures.joined_jamo, [bad])


@pytest.mark.parametrize(
    "bad", [[], [""], ["ㄱ" * 8], ["ㄱ"] * 5, ["한"], ["a"], [" "], 3, None, b"3", ["ㄱ", "x"]]
)
def test_what_is_no_row_of_jamo_is_refused(bad):
    refused("texts", pictures.joined_jamo, bad)
