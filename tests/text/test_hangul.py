"""Hangul against Unicode's own algorithm, for every syllable there is."""

import math
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.text import corpus, hangul

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
syllables = st.text(st.sampled_from(SYLLABLES))
mixed = st.text(st.one_of(st.sampled_from(SYLLABLES), st.sampled_from(" .a1?\n한")))


def unicode_jamo(syllable):
    """Lead, vowel and tail numbers as `unicodedata` takes the syllable apart."""
    lead, vowel, *tail = map(ord, unicodedata.normalize("NFD", syllable))
    return lead - 0x1100, vowel - 0x1161, tail[0] - 0x11A7 if tail else 0


def test_there_are_all_syllables():
    assert len(SYLLABLES) == hangul.COUNT == 11_172
    assert (len(hangul.LEADS), len(hangul.VOWELS), len(hangul.TAILS)) == (19, 21, 28)


def test_jamo_have_the_names_that_unicode_gives_them():
    """Each keyboard letter is the same letter as the conjoining one (its NFKC counterpart)."""
    for i, jamo in enumerate(hangul.LEADS):
        assert unicodedata.normalize("NFKC", jamo) == chr(0x1100 + i)
    for i, jamo in enumerate(hangul.VOWELS):
        assert unicodedata.normalize("NFKC", jamo) == chr(0x1161 + i)
    for i, jamo in enumerate(hangul.TAILS[1:], 1):
        ours = unicodedata.name(jamo).removeprefix("HANGUL LETTER ")
        assert unicodedata.name(chr(0x11A7 + i)) == f"HANGUL JONGSEONG {ours}"


def test_every_syllable_comes_apart_as_in_unicode():
    for syllable in SYLLABLES:
        lead, vowel, tail = hangul.parts(syllable)
        numbers = hangul.LEADS.index(lead), hangul.VOWELS.index(vowel)
        assert (*numbers, hangul.TAILS.index(tail or " ")) == unicode_jamo(syllable)


def test_every_syllable_comes_together_as_in_unicode():
    for lead in range(19):
        for vowel in range(21):
            for tail in range(28):
                apart = chr(0x1100 + lead) + chr(0x1161 + vowel) + (chr(0x11A7 + tail) * bool(tail))
                jamo = hangul.LEADS[lead], hangul.VOWELS[vowel], hangul.TAILS[tail].strip()
                whole = unicodedata.normalize("NFC", apart)
                assert hangul.syllable(*jamo) == whole
                assert hangul.from_jamo("".join(jamo)) == whole


def test_every_pair_of_neighbours_comes_back():
    for one, other in pairwise(SYLLABLES[::7] + SYLLABLES[::-11]):
        assert hangul.from_jamo(hangul.to_jamo(one + other)) == one + other


@given(mixed)
def test_texts_come_back(text):
    assert hangul.from_jamo(hangul.to_jamo(text)) == text
    for spelling in ("syllables", "jamo", "bytes"):
        assert hangul.decode_from(hangul.encode_as(text, spelling), spelling) == text


@given(st.text(st.sampled_from(hangul.LEADS + hangul.VOWELS + hangul.TAILS)))
def test_no_jamo_is_lost_or_moved(jamo):
    assert hangul.to_jamo(hangul.from_jamo(jamo)) == jamo


@pytest.mark.parametrize(
    ("jamo", "text"),
    [
        ("ㅎㅏㄴㄱㅡㄹ", "한글"),
        ("ㄱㅏㄱㅏ", "가가"),  # a consonant before a vowel is its lead
        ("ㄱㅏㄱㅇㅏ", "각아"),
        ("ㄱㅏㅃㅏ", "가빠"),  # ㅃ is never a tail
        ("ㄱㅏㅃ", "가ㅃ"),
        ("ㄱㅏㅄㅣ", "값ㅣ"),  # ㅄ is never a lead
        ("ㅋㅋㅋ", "ㅋㅋㅋ"),
        ("ㅏㄱㅏㅏ", "ㅏ가ㅏ"),
        ("ㄱ ㅏ", "ㄱ ㅏ"),
        ("ㄷㅏㄹㄱ.", "달ㄱ."),
        ("", ""),
    ],
)
def test_what_fits_is_joined_and_the_rest_stays(jamo, text):
    assert hangul.from_jamo(jamo) == text


def test_misfits_are_counted():
    assert hangul.lone_jamo("값ㅣ 한글 ㅋㅋ ab.") == 3
    assert hangul.lone_jamo(corpus.korean()) == 0


@pytest.mark.parametrize("wrong", ["", "a", "ㄱ", "한글", unicodedata.normalize("NFD", "한")])
def test_only_a_syllable_comes_apart(wrong):
    with pytest.raises(ValueError, match="syllable"):
        hangul.parts(wrong)


@pytest.mark.parametrize(
    "wrong", [("ㅏ", "ㅏ"), ("ㄱ", "ㄱ"), ("ㄱ", "ㅏ", "ㅃ"), ("", "ㅏ"), ("ㄱㄴ", "ㅏ")]
)
def test_jamo_in_a_wrong_place_are_named(wrong):
    with pytest.raises(ValueError, match="cannot stand there"):
        hangul.syllable(*wrong)


def test_broken_bytes_are_shown_as_broken():
    assert hangul.decode_from(hangul.encode_as("한글", "bytes")[:-1], "bytes") == "한\ufffd"


def test_another_spelling_is_refused():
    with pytest.raises(ValueError, match="spelling"):
        hangul.encode_as("한글", "letters")


def test_bits_are_the_same_whatever_is_counted():
    # 8 equally likely characters are 3 bits, spelled with one letter of 8 or three of 2.
    assert hangul.bits_per_character(math.log(8), 50, 50) == pytest.approx(3)
    assert hangul.bits_per_character(math.log(2), 150, 50) == pytest.approx(3)


@given(mixed)
def test_nfd_text_is_spelled_as_what_a_reader_sees(text):
    apart = unicodedata.normalize("NFD", text)
    for spelling in ("syllables", "jamo", "bytes"):
        assert hangul.encode_as(apart, spelling) == hangul.encode_as(text, spelling)
        assert hangul.decode_from(hangul.encode_as(apart, spelling), spelling) == text
    assert hangul.to_jamo(apart) == hangul.to_jamo(text)


def test_a_long_text_without_jamo_is_put_together_at_once():
    assert hangul.from_jamo("a" * 1_000_000) == "a" * 1_000_000
