"""The texts that the package carries, their alphabets, and what is kept for validation."""

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from nonsense import nonsense, refused

from charrnn import VocabularyError
from charrnn.text import corpus

TEXTS = Path(corpus.__file__).parent / "data"
DECOMPOSED = unicodedata.normalize("NFD", "한글은 글자다. café")


def test_english_is_the_same_text_on_every_machine():
    text = corpus.english()
    assert len(text) == 55_480
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "a095eb88e732b3d8ec9c42a9810e77b67727bd2cd69943cb0c95793ec4150253"
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz .,;:'\"()-\n")
    lines = text.splitlines()
    assert len(lines) == len(set(lines)) > 50
    assert text.endswith("section.\n")


def test_english_is_what_any_python_says_for_the_most_part():
    """The paragraphs of `help("topics")`, picked as the licence file tells."""
    from pydoc_data.topics import topics

    found = []
    for name in sorted(topics):
        for paragraph in re.split(r"\n\s*\n", topics[name]):
            line = " ".join(paragraph.split()).replace("’", "'").lower()
            if len(line) >= 60 and re.fullmatch(r"[a-z .,;:'\"()-]+\.", line):
                found.append(line)
    # Python's words change slowly: most paragraphs stand in every version's reference.
    carried = corpus.english().splitlines()
    assert len(set(carried) & set(found)) > 0.5 * len(carried)


def test_each_text_has_its_licence_beside_it():
    licence = (TEXTS / "LICENSE").read_text(encoding="utf-8")
    assert {path.name for path in TEXTS.glob("*.txt")} == {"en.txt", "ko.txt", "PSF-LICENSE.txt"}
    assert "en.txt" in licence and "ko.txt" in licence and "PSF-LICENSE.txt" in licence
    psf = (TEXTS / "PSF-LICENSE.txt").read_text(encoding="utf-8")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in psf
    assert "Python Software Foundation;\nAll Rights Reserved" in psf


def test_korean_is_long_nfc_and_mostly_hangul():
    text = corpus.korean()
    assert len(text) > 20_000
    assert unicodedata.is_normalized("NFC", text)
    hangul = sum("가" <= letter <= "힣" for letter in text)
    assert hangul / len(text) > 0.6
    assert not set(text) & set("\r\t")
    assert "가는 날이 장날이다." in text


def test_line_ends_are_those_of_the_file(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "en.txt").write_bytes("a\r\nb é\n".encode())
    monkeypatch.setattr(corpus, "files", lambda _: tmp_path)
    assert corpus.english() == "a\r\nb é\n"


@pytest.mark.parametrize("text", [corpus.english()[:2000], corpus.korean()[:2000]])
def test_alphabet_encodes_its_own_text(text):
    alphabet = corpus.alphabet(text)
    assert alphabet.letters == "".join(sorted(set(text))) + "␂␃"
    assert alphabet.decode(alphabet.encode(text, marks=False)) == text


def test_a_text_in_nfd_has_the_alphabet_of_what_a_reader_sees():
    whole = unicodedata.normalize("NFC", DECOMPOSED)
    assert corpus.alphabet(DECOMPOSED) == corpus.alphabet(whole)
    assert set(corpus.alphabet(DECOMPOSED).letters) == set(whole) | set(corpus.MARKS)


accents = st.sampled_from("aez가각\u0301\u0308\u0323\u0591\u0cc6\u0cc2ㄱ한e")


@given(st.text(min_size=1, max_size=30) | st.text(accents, min_size=1, max_size=8))
@example(DECOMPOSED)
@example("z q\u0301")  # the accent stands by itself, and the listed z must not take it
@example("가 ᅡ ᄀ")
@example("\ud800")
def test_any_alphabet_encodes_its_own_text_or_is_refused(text):
    whole = unicodedata.normalize("NFC", text)
    try:
        alphabet = corpus.alphabet(text)
    except VocabularyError as error:
        assert str(error).startswith("text ")
        assert set(whole) & set("␂␃\u0cc6")
        return
    assert alphabet.decode(alphabet.encode(text, marks=False)) == whole
    assert sorted(alphabet.letters[:-2]) == sorted(set(whole))


@pytest.mark.parametrize("bad", ["", "a␂b", "␃"])
def test_alphabet_refuses_a_text_without_letters_or_with_marks(bad):
    refused("text", corpus.alphabet, bad)


@given(nonsense("string"))
def test_alphabet_takes_a_string(bad):
    refused("text", corpus.alphabet, bad)


@given(st.integers(4, 300), st.floats(0.001, 0.999))
def test_split_cuts_off_the_end(count, share):
    letters = torch.arange(count)
    kept = round(count * share)
    if kept < 2 or count - kept < 2:
        refused("share", corpus.split, letters, share)
        return
    learned, other = corpus.split(letters, share)
    assert learned.tolist() == list(range(count - kept))
    assert other.tolist() == list(range(count - kept, count))


def test_split_keeps_a_tenth_unless_told():
    assert len(corpus.split(torch.arange(200))[1]) == 20


@pytest.mark.parametrize("share", [0, 1, 0.001, -0.5, 0.99, 2, 1e308])
def test_split_refuses_a_share_that_leaves_nothing(share):
    refused("share", corpus.split, torch.arange(50), share)


@given(nonsense("letters"), nonsense("real"))
def test_split_refuses_nonsense(letters, share):
    if not (isinstance(letters, torch.Tensor) and letters.tolist() == [0, 1, 2**40]):
        refused("letters", corpus.split, letters)
    refused("share", corpus.split, torch.arange(50), share)
