"""Hangul: syllables to jamo and back, and three ways to spell a Korean text for a network.

A syllable of Unicode is a lead, a vowel and perhaps a tail; its number follows from theirs (The
Unicode Standard, section 3.12, "Conjoining Jamo Behavior"). Jamo are written here with the letters
of the keyboard (U+3131 to U+3163, "compatibility jamo"), which every Korean font has.
"""

import math
import unicodedata
from typing import Literal, cast, get_args

from charrnn.arguments import one_of, quoted, real, string, whole

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"  # the first place: no tail
FIRST = ord("가")
COUNT = len(LEADS) * len(VOWELS) * len(TAILS)  # 11,172

Spelling = Literal["syllables", "jamo", "bytes"]


def is_syllable(letter: str) -> bool:
    """Whether a string is one of the 11,172 syllables, a single letter in NFC.

    Raises:
        TypeError: no string.
    """
    return len(string("letter", letter)) == 1 and 0 <= ord(letter) - FIRST < COUNT


def is_jamo(letter: str) -> bool:
    """Whether a string is a jamo by itself, as on a keyboard.

    Raises:
        TypeError: no string.
    """
    return len(string("letter", letter)) == 1 and letter != " " and letter in LEADS + VOWELS + TAILS


def parts(syllable: str) -> tuple[str, str, str]:
    """Lead, vowel and tail of one syllable; the tail may be empty.

    Raises:
        TypeError: no string.
        ValueError: it is no single syllable; text in NFD has to be put into NFC first.
    """
    if not is_syllable(string("syllable", syllable)):
        raise ValueError(f"syllable must be one Hangul syllable in NFC, got {quoted(syllable)}.")
    rest, tail = divmod(ord(syllable) - FIRST, len(TAILS))
    lead, vowel = divmod(rest, len(VOWELS))
    return LEADS[lead], VOWELS[vowel], TAILS[tail].strip()


def syllable(lead: str, vowel: str, tail: str = "") -> str:
    """The syllable of three jamo.

    Raises:
        TypeError: no string.
        ValueError: a jamo that cannot stand in its place.
    """
    for name, jamo, places in (
        ("lead", lead, LEADS), ("vowel", vowel, VOWELS), ("tail", tail, TAILS),
    ):  # fmt: skip
        fits = len(string(name, jamo)) == 1 and jamo != " " and jamo in places
        if not fits and (name, jamo) != ("tail", ""):
            raise ValueError(
                f"{name}: {quoted(jamo)} cannot stand there; these can: {places.strip()}."
            )
    block = LEADS.index(lead) * len(VOWELS) + VOWELS.index(vowel)
    return chr(FIRST + block * len(TAILS) + TAILS.index(tail or " "))


def to_jamo(text: str) -> str:
    """Spell each syllable of a text with its jamo; other letters stay as they are.

    The text is put into NFC first.

    Raises:
        TypeError: no string.
    """
    text = unicodedata.normalize("NFC", string("text", text))
    return "".join("".join(parts(x)) if is_syllable(x) else x for x in text)


def from_jamo(text: str) -> str:
    """Put jamo together into syllables, much as a Korean keyboard does.

    A consonant before a vowel is its lead. A consonant after a vowel is the tail of that syllable,
    unless it is the lead of the next. Jamo that fit nowhere stay by themselves, and so do other
    letters, put into NFC.

    Raises:
        TypeError: no string.
    """
    text = unicodedata.normalize("NFC", string("text", text))
    written: list[str] = []
    at = 0
    while at < len(text):
        # Past the end stands no letter.
        lead, vowel, tail, after = (*text[at : at + 4], "", "", "", "")[:4]
        if not (lead in LEADS and vowel and vowel in VOWELS):
            written.append(lead)
            at += 1
            continue
        leads_on = bool(after) and after in VOWELS and tail in LEADS
        closes = is_jamo(tail) and tail in TAILS and not leads_on
        written.append(syllable(lead, vowel, tail if closes else ""))
        at += 3 if closes else 2
    return "".join(written)


def lone_jamo(text: str) -> int:
    """How many jamo stand by themselves in a text, part of no syllable.

    Raises:
        TypeError: no string.
    """
    return sum(is_jamo(letter) for letter in string("text", text))


def encode_as(text: str, spelling: Spelling) -> str:
    """A text as the letters that a network reads: syllables, jamo, or bytes of UTF-8.

    Each byte becomes the letter of the same number (Latin-1), so that it fits a `Vocabulary`. The
    text is put into NFC first.

    Raises:
        TypeError: no string.
        ValueError: another spelling, or a text with half a pair of surrogates to spell in bytes.
    """
    spelling = checked_spelling(spelling)
    text = unicodedata.normalize("NFC", string("text", text))
    if spelling == "bytes":
        return checked_bytes(text, "utf-8").decode("latin-1")
    return to_jamo(text) if spelling == "jamo" else text


def decode_from(text: str, spelling: Spelling) -> str:
    """The text behind a spelling; bytes that are no UTF-8 become the replacement sign U+FFFD.

    Raises:
        TypeError: no string.
        ValueError: another spelling, or a text of bytes with letters above U+00FF.
    """
    spelling = checked_spelling(spelling)
    if spelling == "bytes":
        return checked_bytes(string("text", text), "latin-1").decode(errors="replace")
    text = unicodedata.normalize("NFC", string("text", text))
    return from_jamo(text) if spelling == "jamo" else text


def checked_spelling(spelling: object) -> Spelling:
    """One of the three spellings."""
    return cast(Spelling, one_of("spelling", spelling, get_args(Spelling)))


def checked_bytes(text: str, encoding: str) -> bytes:
    """The bytes of a text, where it has any in this encoding."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        raise ValueError(
            f"text has the letter {quoted(text[error.start])} at position {error.start}, "
            f"which is nothing in {encoding}: remove it."
        ) from error


def bits_per_character(loss: float, read: int, characters: int) -> float:
    """Compare losses over different spellings: bits for each character of the text behind them.

    Args:
        loss: mean over the letters read, in nats.
        read: how many letters the network read.
        characters: how many characters they spell.

    Raises:
        TypeError: a loss that is no number, or counts that are no whole numbers.
        ValueError: a loss or ``read`` below 0, ``characters`` below 1.
    """
    loss = real("loss", loss, least=0)
    read = whole("read", read, least=0, most=10**15)
    characters = whole("characters", characters, least=1, most=10**15)
    return loss * read / characters / math.log(2)
