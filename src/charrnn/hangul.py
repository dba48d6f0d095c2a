"""Hangul: syllables to jamo and back, and three ways to spell a Korean text for a network.

A syllable of Unicode is a lead, a vowel and perhaps a tail; its number follows from theirs (The
Unicode Standard, section 3.12, "Conjoining Jamo Behavior"). Jamo are written here with the letters
of the keyboard (U+3131 to U+3163, "compatibility jamo"), which every Korean font has.
"""

import math
from typing import Literal, get_args

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"  # the first place: no tail
FIRST = ord("가")
COUNT = len(LEADS) * len(VOWELS) * len(TAILS)  # 11,172

Spelling = Literal["syllables", "jamo", "bytes"]


def is_syllable(letter: str) -> bool:
    """Whether a letter is one of the 11,172 syllables."""
    return len(letter) == 1 and 0 <= ord(letter) - FIRST < COUNT


def is_jamo(letter: str) -> bool:
    """Whether a letter is a jamo by itself, as on a keyboard."""
    return len(letter) == 1 and letter != " " and letter in LEADS + VOWELS + TAILS


def parts(syllable: str) -> tuple[str, str, str]:
    """Lead, vowel and tail of one syllable; the tail may be empty.

    Raises:
        ValueError: it is no single syllable; text in NFD has to be put into NFC first.
    """
    if not is_syllable(syllable):
        raise ValueError(f"Expected one Hangul syllable, got {syllable!r}.")
    rest, tail = divmod(ord(syllable) - FIRST, len(TAILS))
    lead, vowel = divmod(rest, len(VOWELS))
    return LEADS[lead], VOWELS[vowel], TAILS[tail].strip()


def syllable(lead: str, vowel: str, tail: str = "") -> str:
    """The syllable of three jamo.

    Raises:
        ValueError: a jamo that cannot stand in its place.
    """
    for jamo, places in ((lead, LEADS), (vowel, VOWELS), (tail or " ", TAILS)):
        if len(jamo) != 1 or jamo not in places:
            raise ValueError(f"{jamo!r} cannot stand there; these can: {places.strip()}.")
    block = LEADS.index(lead) * len(VOWELS) + VOWELS.index(vowel)
    return chr(FIRST + block * len(TAILS) + TAILS.index(tail or " "))


def to_jamo(text: str) -> str:
    """Spell each syllable of a text in NFC with its jamo; other letters stay as they are."""
    return "".join("".join(parts(x)) if is_syllable(x) else x for x in text)


def from_jamo(text: str) -> str:
    """Put jamo together into syllables, as a Korean keyboard does.

    A consonant before a vowel is its lead. A consonant after a vowel is the tail of that syllable,
    unless it is the lead of the next. Jamo that fit nowhere stay by themselves.
    """
    written, at = "", 0
    while at < len(text):
        # Past the end stands no letter.
        lead, vowel, tail, after = (*text[at : at + 4], "", "", "", "")[:4]
        if not (lead in LEADS and vowel and vowel in VOWELS):
            written, at = written + lead, at + 1
            continue
        leads_on = bool(after) and after in VOWELS and tail in LEADS
        closes = is_jamo(tail) and tail in TAILS and not leads_on
        written += syllable(lead, vowel, tail if closes else "")
        at += 3 if closes else 2
    return written


def misfits(text: str) -> int:
    """How many jamo stand by themselves in a text, part of no syllable."""
    return sum(is_jamo(letter) for letter in text)


def spelled(text: str, spelling: Spelling) -> str:
    """A text as the letters that a network reads: syllables, jamo, or bytes of UTF-8.

    Each byte becomes the letter of the same number (Latin-1), so that it fits a `Vocabulary`.

    Raises:
        ValueError: another spelling.
    """
    if spelling not in get_args(Spelling):
        names = ", ".join(get_args(Spelling))
        raise ValueError(f"spelling must be one of {names}, got {spelling!r}.")
    if spelling == "bytes":
        return text.encode().decode("latin-1")
    return to_jamo(text) if spelling == "jamo" else text


def unspelled(text: str, spelling: Spelling) -> str:
    """The text behind `spelled`; bytes that are no UTF-8 become the replacement sign U+FFFD."""
    if spelling == "bytes":
        return text.encode("latin-1").decode(errors="replace")
    return from_jamo(text) if spelling == "jamo" else text


def bits_per_character(loss: float, read: int, characters: int) -> float:
    """Compare losses over different spellings: bits for each character of the text behind them.

    Args:
        loss: mean over the letters read, in nats.
        read: how many letters the network read.
        characters: how many characters they spell.
    """
    return loss * read / characters / math.log(2)
