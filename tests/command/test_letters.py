"""A text as numbers in a file: encodings, pieces, and what is refused."""

import codecs
import os
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.command import letters
from charrnn.text import corpus, files
from charrnn.text.hangul import encode_as

# Jamo of NFD, accents that join, line ends of every kind, letters of two to four bytes.
JOINING = st.text(
    st.sampled_from("a\u0301\u0323e한\u1112\u1161\u11ab\u1100\r\nㄱ가Å\u212b漢👩\u200d ,"),
    min_size=1, max_size=60,
)  # fmt: skip
UTF = ["utf-8", "utf-8-sig", "utf-16"]


def plain(text):
    """The letters of a text, as Python would read them all at once."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


@given(JOINING, st.sampled_from(UTF), st.integers(1, 9))
def test_pieces_are_the_whole_however_it_is_cut(tmp_path_factory, text, encoding, size):
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert "".join(files.pieces(path, encoding, size)) == plain(text)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("헬로 hello".encode(), "utf-8"),
        ("헬로 hello".encode("utf-8-sig"), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "헬로".encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + "헬로".encode("utf-16-be"), "utf-16"),
        ("헬로 hello 펲".encode("cp949"), "cp949"),
        (b"hello", "utf-8"),
    ],
)
def test_an_encoding_is_recognised(tmp_path, content, name):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert files.encoding(path) == name
    assert "".join(files.pieces(path, name)) in ("헬로 hello", "헬로", "헬로 hello 펲", "hello")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"good " * 300_000 + b"caf\xe9 \xff", "byte 1500003 does not fit UTF-8"),
        ("헬로".encode() + b"\xed", "byte 6 does not fit UTF-8"),  # the last letter is cut
        (codecs.BOM_UTF16_LE + b"a\0b", "byte 4 does not fit UTF-16"),
        ("헬로".encode("utf-16-le"), "can be read neither as"),
        ("hello".encode("utf-16-le"), "no text, or it is UTF-16 without a BOM"),
        (codecs.BOM_UTF32_LE + "hello".encode("utf-32-le"), "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
    ],
)
def test_anything_else_is_told(tmp_path, content, says):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(files.TextError, match=says):
        files.encoding(path)


@pytest.mark.parametrize("spelling", ["syllables", "jamo", "bytes"])
@pytest.mark.parametrize("text", [corpus.korean()[:3000], corpus.english()[:3000]])
def test_the_numbers_spell_the_text(tmp_path, monkeypatch, text, spelling):
    monkeypatch.setattr(files, "PIECE", 100)
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    found = letters.number(path, tmp_path, spelling)
    wanted = encode_as(text, spelling)
    assert found.vocabulary == corpus.alphabet(wanted)
    assert found.mapped().dtype == np.uint16
    assert found.mapped().tolist() == found.vocabulary.encode(wanted, marks=False).tolist()
    assert found.count == len(wanted)


def test_a_text_is_read_once_until_it_changes(text, tmp_path, monkeypatch):
    first = letters.number(text, tmp_path, "syllables")
    with monkeypatch.context() as patch:
        patch.setattr(files, "pieces", None)
        assert letters.number(text, tmp_path, "syllables") == first
    text.write_text("xyz" * 50, "utf-8")
    assert letters.number(text, tmp_path, "syllables").vocabulary.letters.startswith("xyz")


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b"",
                                    lambda b: b.replace(b"bytes", b"bites", 1)])  # fmt: skip
def test_a_damaged_file_of_numbers_is_made_anew(text, tmp_path, damage):
    first = letters.number(text, tmp_path, "syllables")
    before = first.path.read_bytes()
    first.path.write_bytes(damage(before))
    assert letters.number(text, tmp_path, "syllables") == first
    assert first.path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("\n".join(map(chr, range(0x4E00, 0x4E00 + 12_000))), "12,001 different letters.*bytes"),
        ("abc␂def", "␂.*mark"),
    ],
)
def test_letters_that_no_vocabulary_holds_are_told(tmp_path, content, says):
    path = tmp_path / "a.txt"
    path.write_text(content, "utf-8")
    with pytest.raises(files.TextError, match=says):
        letters.number(path, tmp_path, "syllables")
    assert list(tmp_path.iterdir()) == [path]


def test_more_letters_than_16_bits_are_read_as_bytes(tmp_path):
    path = tmp_path / "a.txt"
    text = "".join(chr(code) for code in range(0x40000, 0x40000 + 70_000))
    path.write_text(text, "utf-8")
    with pytest.raises(files.TextError, match="70,000 different letters"):
        letters.number(path, tmp_path, "syllables")
    found = letters.number(path, tmp_path, "bytes")
    spelled = found.vocabulary.decode(found.mapped().tolist())
    assert spelled.encode("latin-1").decode() == text


def test_what_cp949_has_and_its_nfc_has_not_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("파장은 5000 \u212b입니다.".encode("cp949"))
    found = letters.number(path, tmp_path, "syllables")
    assert "\u00c5" in found.vocabulary.letters


@pytest.mark.parametrize("content", [b"notes of mine", b"{}", b"charrnn checkpoint 2 "])
def test_a_file_of_something_else_is_not_written_over(text, tmp_path, content):
    other = tmp_path / "mine.txt.jamo"
    other.write_bytes(content)
    with pytest.raises(files.TextError, match="not written over"):
        letters.number(text, tmp_path, "jamo")
    assert other.read_bytes() == content


def test_numbers_of_another_text_are_not_read_on(text, tmp_path):
    first = letters.number(text, tmp_path, "syllables")
    wanted = first.mapped().tolist()
    os.utime(text, (0, 0))  # the same text again
    again = letters.number(text, tmp_path, "syllables")
    assert first.mapped().tolist() == again.mapped().tolist() == wanted
    text.write_text(text.read_text("utf-8")[::-1], "utf-8")
    letters.number(text, tmp_path, "syllables")
    with pytest.raises(files.TextError, match="came to hold another text"):
        first.mapped()
    first.path.unlink()
    with pytest.raises(files.TextError, match="was deleted"):
        first.mapped()


def test_a_text_of_the_same_name_size_and_time_is_another(text, tmp_path):
    letters.number(text, tmp_path, "syllables")
    other = tmp_path / "there" / text.name
    other.parent.mkdir()
    other.write_text(text.read_text("utf-8")[::-1], "utf-8")
    stat = text.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    found = letters.number(other, tmp_path, "syllables")
    wanted = found.vocabulary.encode(other.read_text("utf-8"), marks=False)
    assert found.mapped().tolist() == wanted.tolist()
