"""Letters to numbers and back, and a clear word about everything that cannot be turned round."""

import re
import unicodedata

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from post import ALPHABET, TEXT

from charrnn import LETTERS, SENTENCE, Vocabulary, VocabularyError, one_hot

PLAIN = ALPHABET[:33]
HANGUL = Vocabulary("가나다안녕요 ^$")


def test_the_letters_and_the_sentence_are_those_of_the_post():
    assert (LETTERS, SENTENCE) == (ALPHABET, TEXT)
    vocabulary = Vocabulary()
    assert (vocabulary.size, vocabulary.start, vocabulary.end) == (35, 33, 34)
    assert vocabulary.one_hot(SENTENCE).shape == (33, 35)


@given(st.text(PLAIN, min_size=1))
def test_text_comes_back_from_indices_and_from_rows(text):
    vocabulary = Vocabulary()
    for marks in (True, False):
        indices = vocabulary.encode(text, marks)
        assert indices.dtype == torch.int64
        assert indices.shape == (len(text) + 2 * marks,)
        assert vocabulary.decode(indices) == text
        assert vocabulary.decode(vocabulary.one_hot(text, marks)) == text


@given(st.text(PLAIN, min_size=1))
def test_indices_are_places_in_the_alphabet_between_the_two_marks(text):
    assert Vocabulary().encode(text).tolist() == [33, *map(PLAIN.index, text), 34]


@given(st.text(PLAIN, min_size=1))
def test_one_hot_is_torchs_own(text):
    vocabulary = Vocabulary()
    expected = torch.nn.functional.one_hot(vocabulary.encode(text), 35)
    rows = vocabulary.one_hot(text)
    assert rows.dtype == torch.float32
    assert torch.equal(rows, expected.float())


@pytest.mark.parametrize("index", [-1, 3])
def test_one_hot_refuses_an_index_without_a_column(index):
    with pytest.raises(ValueError, match=f"indices must be numbers from 0 to 2.*got {index}"):
        one_hot(torch.tensor([0, index]), 3)


@given(st.text("가나다안녕요 ", min_size=1))
def test_hangul_typed_as_jamo_is_the_same_text(text):
    apart = unicodedata.normalize("NFD", text)
    assert HANGUL.encode(apart).tolist() == HANGUL.encode(text).tolist()
    assert HANGUL.decode(HANGUL.encode(apart)) == text


def test_a_vocabulary_typed_as_jamo_is_the_same_vocabulary():
    apart = Vocabulary(unicodedata.normalize("NFD", HANGUL.letters))
    assert apart == HANGUL
    assert apart.decode(apart.encode("안녕")) == "안녕"


# text, the letter named, its position after NFC, a word of the hint
UNKNOWN = {
    "upper case": ("hello World", "W", 6, "text.lower()"),
    "hangul": ("hi 창훈", "창", 3, "holds"),
    "hangul in jamo": (unicodedata.normalize("NFD", "창훈"), "창", 0, "holds"),
    "emoji": ("ok \N{SNAKE}", "\N{SNAKE}", 3, "holds"),
    "emoji of two code points": ("a❤\ufe0f", "❤", 1, "holds"),
    "accent": ("cafe\u0301", "é", 3, "holds"),
    "newline": ("a\nb", "\n", 1, "holds"),
    "start mark": ("ab0", "0", 2, "start mark"),
    "end mark": ("1ab", "1", 0, "end mark"),
}


@pytest.mark.parametrize("case", UNKNOWN)
@pytest.mark.parametrize("method", ["encode", "one_hot", "normalise"])
def test_a_letter_that_cannot_stand_in_a_text_is_named_with_its_position(case, method):
    text, letter, position, hint = UNKNOWN[case]
    with pytest.raises(VocabularyError) as caught:
        getattr(Vocabulary(), method)(text)
    assert (caught.value.letter, caught.value.position) == (letter, position)
    message = str(caught.value)
    assert repr(letter) in message
    assert f"position {position}" in message
    assert hint in message


@given(st.text(PLAIN), st.characters(exclude_characters=PLAIN), st.text(PLAIN))
def test_any_other_letter_is_refused_wherever_it_stands(before, letter, after):
    text = unicodedata.normalize("NFC", before + letter + after)
    if set(text) <= set(PLAIN):  # the Greek question mark becomes a plain semicolon
        assert Vocabulary().decode(Vocabulary().encode(before + letter + after)) == text
        return
    position = next(i for i, t in enumerate(text) if t not in PLAIN)
    with pytest.raises(VocabularyError) as caught:
        Vocabulary().encode(before + letter + after)
    assert (caught.value.letter, caught.value.position) == (text[position], position)


def test_empty_text_is_refused():
    with pytest.raises(VocabularyError, match="empty"):
        Vocabulary().encode("")


KOREAN_HINTS = {
    "upper case": "'w'라면 있습니다: text.lower()",
    "start mark": "시작 표시로",
    "end mark": "끝 표시로",
}


@pytest.mark.parametrize("language", ["ko"], indirect=True)
@pytest.mark.parametrize("case", [*UNKNOWN, "empty"])
def test_on_a_korean_page_the_message_is_korean(case, language):
    text, letter, position, _ = UNKNOWN.get(case, ("", None, None, ""))
    with pytest.raises(VocabularyError) as caught:
        Vocabulary().encode(text)
    assert (caught.value.letter, caught.value.position) == (letter, position)
    message = str(caught.value)
    quotes = re.findall(r"'[^']*'|text\.lower\(\)", message)
    words = re.sub(r"'[^']*'|text\.lower\(\)", "", message)
    assert not re.search("[A-Za-z]", words)
    if case == "empty":
        assert "비어 있습니다" in message
    else:
        assert quotes[0] == repr(letter)
        assert message.startswith(f"{position}번 자리")
        assert KOREAN_HINTS.get(case, "어휘에 있는 글자는 'abcdefg") in message


@pytest.mark.parametrize("text", [None, 3, b"hello", ["h", "i"], torch.tensor([1])])
def test_what_is_not_text_is_refused_by_its_type(text):
    with pytest.raises(TypeError, match="text must be a string, got"):
        Vocabulary().encode(text)


@pytest.mark.parametrize(
    ("letters", "message"), [("", "two marks"), ("01", "two marks"), ("aba01", "'a' occurs twice")]
)
def test_a_vocabulary_that_cannot_be_is_refused(letters, message):
    with pytest.raises(VocabularyError, match=message):
        Vocabulary(letters)


def test_the_smallest_vocabulary_works():
    assert Vocabulary("a01").encode("aa").tolist() == [1, 0, 0, 2]


@pytest.mark.parametrize(
    "rows",
    [[7, 4, 11, 11, 14], np.array([7, 4, 11, 11, 14]), np.array([7, 4, 11, 11, 14], np.uint8),
     torch.tensor([33, 7, 4, 11, 11, 14, 34]), np.eye(35)[[7, 4, 11, 11, 14]],
     torch.eye(35, dtype=torch.int64)[[7, 4, 11, 11, 14]]],
)  # fmt: skip
def test_decode_reads_lists_arrays_and_tensors(rows):
    assert Vocabulary().decode(rows) == "hello"


def test_decode_takes_the_largest_score_even_if_all_are_negative():
    scores = torch.full((2, 35), -2.0)
    scores[0, 7] = scores[1, 8] = -1.0
    assert Vocabulary().decode(scores) == "hi"


def test_decode_of_nothing_is_empty():
    assert Vocabulary().decode([]) == ""
    assert Vocabulary().decode(torch.empty(0, 35)) == ""


NAN_ROW = torch.eye(35)
NAN_ROW[1, 3] = torch.nan


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([0, 35], "Index 35 at position 1"),
        ([-1], "Index -1 at position 0"),
        ([1.0, 2.0], "whole indices"),
        ([0.5], "whole indices"),
        ([True, False], "whole indices"),
        (torch.eye(35, dtype=torch.bool), "whole indices"),
        (torch.tensor(3), "whole indices"),
        (torch.zeros(1, 2, 35), "whole indices"),
        (torch.zeros(2, 34), "34 wide.* 35"),
        (NAN_ROW, "position 1 hold nan"),
    ],
)
def test_what_cannot_be_decoded_is_refused(rows, message):
    with pytest.raises(VocabularyError, match=message):
        Vocabulary().decode(rows)
