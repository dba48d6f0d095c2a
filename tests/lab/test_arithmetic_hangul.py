"""Syllables and jamo in the page beside Unicode's own algorithm and `charrnn.text.hangul`."""

import random
import unicodedata

import pytest

from charrnn.text import hangul

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
JAMO = hangul.LEADS + hangul.VOWELS + hangul.TAILS.strip()


def composed(call, rows):
    """For each row of letters its pieces."""
    return call("return data.rows.map((row) => arithmetic.compose([...row]))", rows=rows)


def test_every_syllable_is_taken_apart_as_nfd_does(call):
    found = call("return data.all.map(arithmetic.places)", all=SYLLABLES)
    for syllable, (lead, vowel, tail) in zip(SYLLABLES, found, strict=True):
        apart = chr(0x1100 + lead) + chr(0x1161 + vowel) + (chr(0x11A7 + tail) if tail else "")
        assert unicodedata.normalize("NFD", syllable) == apart
        assert unicodedata.normalize("NFC", apart) == syllable


def test_every_syllable_comes_back_from_its_places_its_jamo_and_its_nfd(call):
    found = call(
        "const { compose, places, syllable, toJamo } = arithmetic;"
        "const whole = (row) => compose(row).map((piece) => piece.text).join('');"
        "return data.all.map((letter, i) => ["
        "  syllable(...places(letter)), whole(toJamo(letter)), whole(toJamo(data.apart[i])),"
        "  toJamo(letter).join('')])",
        all=SYLLABLES,
        apart=[unicodedata.normalize("NFD", syllable) for syllable in SYLLABLES],
    )
    for syllable, (back, from_jamo, from_nfd, jamo) in zip(SYLLABLES, found, strict=True):
        assert back == from_jamo == from_nfd == syllable
        assert jamo == "".join(hangul.parts(syllable))


def test_conjoining_jamo_become_the_letters_of_the_keyboard(call):
    """One by one: each is the letter that NFKC calls its counterpart."""
    keyboard = {unicodedata.normalize("NFKC", letter): letter for letter in JAMO}
    leads = [chr(0x1100 + i) for i in range(19)]
    vowels = [chr(0x1161 + i) for i in range(21)]
    found = call("return data.all.map((x) => arithmetic.toJamo(x).join(''))", all=leads + vowels)
    assert found == [keyboard[letter] for letter in leads + vowels]
    tails = [chr(0x11A8 + i) for i in range(27)]
    found = call("return data.all.map((x) => arithmetic.toJamo(x).join(''))", all=tails)
    assert "".join(found) == hangul.TAILS.strip()


@pytest.mark.parametrize("seed", range(3))
def test_rows_of_jamo_are_put_together_as_the_package_does(call, seed):
    draw = random.Random(seed)
    letters = JAMO + hangul.VOWELS * 2 + " a한😀ㆍ"
    rows = ["".join(draw.choices(letters, k=draw.randint(0, 12))) for _ in range(1000)]
    for row, pieces in zip(rows, composed(call, rows), strict=True):
        assert "".join(piece["text"] for piece in pieces) == hangul.from_jamo(row)
        assert "".join(letter for piece in pieces for letter in piece["from"]) == row
        for piece in pieces:
            alone = len(piece["from"]) == 1 and (
                hangul.is_jamo(piece["text"]) or "ㆍ" in piece["text"]
            )
            assert bool(piece["alone"]) == alone, piece


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("ㅎㅏㄴㄱㅡㄹ", ["한", "글"]),
        ("ㄱㅏㅄㅣ", ["값", "ㅣ vowel"]),
        ("ㄱㅏㅂㅅㅣ", ["갑", "시"]),
        ("ㄱㅏㅏ", ["가", "ㅏ vowels"]),
        ("ㅏ", ["ㅏ vowel"]),
        ("ㄳㅏ", ["ㄳ tail", "ㅏ vowel"]),
        ("ㄱㅏㄱㄳ", ["각", "ㄳ tail"]),
        ("ㄱㅏㄸ", ["가", "ㄸ never"]),
        ("ㄱㅏㄸㅏ", ["가", "따"]),
        ("ㅋㅋ", ["ㅋ lead", "ㅋ lead"]),
        ("ㅎㆍㄴ", ["ㅎ lead", "ㆍ old", "ㄴ lead"]),
        ("a ㄱ한", ["a", " ", "ㄱ lead", "한"]),
        ("", []),
    ],
)
def test_why_a_jamo_is_alone(call, row, expected):
    (pieces,) = composed(call, [row])
    assert [f"{p['text']} {p['alone']}".strip() or " " for p in pieces] == expected


def test_bytes_and_codes_are_pythons(call):
    letters = ["a", "é", "한", "😀", "\n", "ㅏ", "ᄒ"]
    found = call(
        "return data.all.map((x) => [arithmetic.bytes(x), arithmetic.code(x)])", all=letters
    )
    assert found == [[list(x.encode()), f"U+{ord(x):04X}"] for x in letters]
