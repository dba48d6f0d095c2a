"""What a picture can draw: numbers within bounds, and texts made legible."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from charrnn.arguments import quoted, string
from charrnn.text.vocabulary import Vocabulary
from charrnn.translations import translated, word

MOST_LETTERS = 300  # in a row or a column of one
LONGEST_NAME = 60  # letters of a name beside an axis or a curve
SIGNS = {" ": "␣", "\n": "⏎"}
JOINERS = "\u200c\u200d"  # they join an emoji's or a word's parts, and are seen by that


def above_zero(name: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """``values``, all of them above 0.

    Raises:
        ValueError: one is 0 or below.
    """
    if (values <= 0).any():
        raise ValueError(
            f"{name} must be above 0 for a log scale, which has no place for {values.min():g}."
        )
    return values


def letters_of(
    name: str, value: Any, count: int | None = None, most: int = MOST_LETTERS
) -> list[str]:
    """``value``, a text or a sequence of strings, as a list of up to ``most``.

    Raises:
        TypeError: anything else.
        ValueError: too many, or not ``count`` of them.
    """
    one_row = isinstance(value, np.ndarray) and value.ndim == 1
    if not (one_row or isinstance(value, Sequence)) or isinstance(value, bytes):
        raise TypeError(f"{name} must be a text or a list of strings, got {quoted(value)}.")
    if count is not None and len(value) != count:
        raise ValueError(f"{name} must be as many as what they name, {count}, got {len(value)}.")
    if len(value) > most:
        raise ValueError(f"{name} must be at most {most}, got {len(value)}.")
    return [string(name, letter) for letter in value]


def series(name: str, value: Any, most: int) -> list[tuple[str, Any]]:
    """The named series of a mapping, their names in the page's language and fit to be drawn.

    Raises:
        TypeError: no mapping from strings.
        ValueError: none, or more than ``most``.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a dict, a name for each series, got {quoted(value)}.")
    if not 1 <= len(value) <= most:
        raise ValueError(f"{name} must be 1 to {most} named series, got {len(value)}.")
    return [(label(name, key), values) for key, values in value.items()]


def code_point(letter: str) -> str:
    """Such as U+200B."""
    return f"U+{ord(letter):04X}"


def legible(text: str) -> str:
    """``text`` with signs for what cannot be written in a page: line ends, control letters, …

    Half a letter (a lone surrogate) cannot even be saved, and letters that turn the direction of
    writing would garble what stands around them: both stand as their code points.
    """
    return "".join(_written(letter) for letter in text)


def _written(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n":
        return SIGNS[letter]
    hidden = kind in ("Cc", "Cs", "Cf", "Zl", "Zp") and letter not in JOINERS
    code = ord(letter)
    nobody = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # Unicode: never a letter
    return code_point(letter) if hidden or nobody else letter


def sign(letter: str) -> str:
    """How a letter is drawn by itself: a space as ␣, a line's end as ⏎, others by code point."""
    if letter in SIGNS:
        return SIGNS[letter]
    if len(letter) == 1 and unicodedata.category(letter)[0] in "CZM":
        return code_point(letter)
    return shortened(legible(letter))


def visible(letter: str, vocabulary: Vocabulary | None = None) -> str:
    """How a letter is written on an axis: as `sign` does, and the marks by name.

    Raises:
        TypeError: no string, or no vocabulary.
    """
    string("letter", letter)
    known = checked(vocabulary)
    if letter == known.letters[known.start]:
        return word("start")
    return word("end") if letter == known.letters[known.end] else sign(letter)


def checked(vocabulary: Vocabulary | None) -> Vocabulary:
    """The vocabulary, the post's unless given.

    Raises:
        TypeError: no vocabulary.
    """
    if not isinstance(vocabulary, Vocabulary | None):
        raise TypeError(f"vocabulary must be a Vocabulary or None, got {quoted(vocabulary)}.")
    return vocabulary or Vocabulary()


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """The text, cut to ``most`` letters where it would crowd out the picture."""
    return text if len(text) <= most else text[: most - 1] + "…"


def label(name: str, value: Any) -> str:
    """A name for an axis or a curve: in the page's language where `charrnn.translations` has it.

    Raises:
        TypeError: no string.
    """
    return shortened(legible(translated(string(name, value))))
