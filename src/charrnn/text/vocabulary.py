"""Letters to numbers and back: the vocabulary, one-hot rows, decoding.

Shapes: T steps, V letters in the vocabulary.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor

from charrnn import arguments
from charrnn.arguments import flag, quoted, string, whole
from charrnn.translations import choose, word

# The two strings of the post this book retells. The last two letters double as marks.
LETTERS = "abcdefghijklmnopqrstuvwxyz ?!.,:;01"
SENTENCE = "hello changhoon what a nice day"
MOST_LETTERS = 12_000  # of a vocabulary: all 11,172 syllables of Hangul and some more
MOST_NUMBERS = 2**28  # in the rows of one text: a gibibyte of float32


class VocabularyError(ValueError):
    """A text or a row of numbers that this vocabulary cannot turn around.

    ``letter`` and ``position`` (counted from 0, after NFC) say what stood where; both are None
    when the whole input is at fault.
    """

    def __init__(
        self, message: str, letter: str | None = None, position: int | None = None
    ) -> None:
        super().__init__(message)
        self.letter = letter
        self.position = position


@dataclass(frozen=True)
class Vocabulary:
    """The V letters a network knows; the last two are the start and the end mark.

    Texts and ``letters`` themselves are normalised to NFC first, so that a Hangul syllable typed
    as separate jamo (NFD) counts as the one letter a reader sees.

    Raises:
        TypeError: ``letters`` is not a string.
        VocabularyError: a letter occurs twice, or there are fewer than three letters or more than
            `MOST_LETTERS`.
    """

    letters: str = LETTERS
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        letters = unicodedata.normalize("NFC", string("letters", self.letters))
        object.__setattr__(self, "letters", letters)
        if len(letters) < 3:
            raise VocabularyError(f"letters must hold a letter and two marks, got {letters!r}.")
        if len(letters) > MOST_LETTERS:
            raise VocabularyError(
                f"letters must be at most {MOST_LETTERS}, each of them once, got {len(letters)}."
            )
        index = {letter: i for i, letter in enumerate(self.letters)}
        for position, letter in enumerate(self.letters):
            if index[letter] != position:
                raise VocabularyError(
                    f"The letter {letter!r} occurs twice in the vocabulary, "
                    f"at {position} and at {index[letter]}.",
                    letter,
                    position,
                )
        object.__setattr__(self, "_index", index)

    @property
    def size(self) -> int:
        """V, the number of letters, marks included."""
        return len(self.letters)

    @property
    def start(self) -> int:
        """Index of the start mark."""
        return self.size - 2

    @property
    def end(self) -> int:
        """Index of the end mark."""
        return self.size - 1

    def normalise(self, text: str) -> str:
        """The text in NFC, once every letter of it is known to be in the vocabulary.

        Raises:
            TypeError: ``text`` is not a string.
            VocabularyError: it is empty, or holds an unknown letter or a mark.
        """
        text = unicodedata.normalize("NFC", string("text", text))
        if not text:
            raise VocabularyError(
                choose(
                    "글이 비어 있습니다. 한 글자라도 넣어 주십시오.",
                    "The text is empty: give at least one letter.",
                )
            )
        for position, letter in enumerate(text):
            index = self._index.get(letter)
            if index is None:
                message = choose(
                    f"{position}번 자리에 어휘에 없는 글자가 있습니다: {letter!r}. ",
                    f"The letter {letter!r} at position {position} is not in the vocabulary. ",
                ) + self._hint(letter)
                raise VocabularyError(message, letter, position)
            if index >= self.start:
                mark = word("start") if index == self.start else word("end")
                message = choose(
                    f"{position}번 자리의 글자는 {mark} 표시로 쓰여서 "
                    f"글 안에 올 수 없습니다: {letter!r}. 빼 주십시오.",
                    f"The letter {letter!r} at position {position} is the {mark} mark, "
                    "so it cannot stand inside a text: remove it.",
                )
                raise VocabularyError(message, letter, position)
        return text

    def _hint(self, letter: str) -> str:
        """What to do about a letter that the vocabulary lacks."""
        if letter.lower() in self._index:
            return choose(
                f"소문자 {letter.lower()!r}라면 있습니다: text.lower()를 써 보십시오.",
                f"Its small form {letter.lower()!r} is: try text.lower().",
            )
        return choose(
            f"어휘에 있는 글자는 {quoted(self.letters)}입니다.",
            f"The vocabulary holds {quoted(self.letters)}.",
        )

    def encode(self, text: str, marks: bool = True) -> Tensor:
        """The index of each letter, ``(T,)`` int64; with ``marks``, start and end stand around it.

        Raises:
            TypeError, VocabularyError: as `normalise` does.
        """
        found = [self._index[letter] for letter in self.normalise(text)]
        return torch.tensor([self.start, *found, self.end] if flag("marks", marks) else found)

    def one_hot(self, text: str, marks: bool = True) -> Tensor:
        """One row per letter, ``(T, V)`` float32: 1 in the letter's own column, 0 elsewhere.

        Raises:
            TypeError, VocabularyError: as `normalise` does.
            ValueError: a text too long for rows, as `charrnn.one_hot` says it.
        """
        return one_hot(self.encode(text, marks), self.size)

    def decode(self, rows: Tensor | NDArray[Any] | Sequence[int]) -> str:
        """The text behind indices ``(T,)`` or scores ``(T, V)`` (largest wins); marks are dropped.

        Raises:
            TypeError: no numbers at all.
            VocabularyError: an index outside 0..V-1, a fraction, a truth value or nan, or rows of
                another width than V.
        """
        try:
            rows = torch.as_tensor(rows)
        except (TypeError, ValueError, RuntimeError, OverflowError) as reason:
            raise TypeError(
                f"rows must be indices (T,) or scores (T, {self.size}), got {quoted(rows)}."
            ) from reason
        if rows.ndim == 2 and rows.dtype != torch.bool and not rows.is_complex():
            if rows.shape[1] != self.size:
                raise VocabularyError(
                    f"rows are {rows.shape[1]} wide, the vocabulary has {self.size} letters."
                )
            if rows.isnan().any():
                position = int(rows.isnan().any(dim=1).nonzero()[0])
                raise VocabularyError(
                    f"The scores at position {position} hold nan.", position=position
                )
            rows = rows.argmax(dim=1)
        whole = not (rows.is_floating_point() or rows.is_complex() or rows.dtype == torch.bool)
        if rows.ndim != 1 or (rows.numel() and not whole):
            raise VocabularyError(
                f"rows must be whole indices (T,) or scores (T, {self.size}), "
                f"got {rows.dtype} of shape {tuple(rows.shape)}."
            )
        text = ""
        for position, index in enumerate(rows.tolist()):
            if not 0 <= index < self.size:
                raise VocabularyError(
                    f"Index {index} at position {position} is outside 0..{self.size - 1}.",
                    position=position,
                )
            if index < self.start:
                text += self.letters[index]
        return text


def one_hot(indices: Tensor, size: int) -> Tensor:
    """Rows ``(T, size)`` float32 with a single 1 at each index of ``(T,)``.

    The same as ``torch.nn.functional.one_hot(indices, size).float()``, written out.

    Raises:
        TypeError: indices that are no tensor of whole numbers, a size that is no whole number.
        ValueError: an index outside 0..size-1 (-1 would quietly mean the last column), another
            shape than ``(T,)``, none at all, a size over `MOST_LETTERS`, or rows of more than
            `MOST_NUMBERS`.
    """
    indices = _checked(indices, size)
    rows = torch.zeros(len(indices), size)  # (T, V)
    rows[torch.arange(len(indices)), indices] = 1.0
    return rows


def _checked(indices: Tensor, size: int) -> Tensor:
    size = whole("size", size, least=1, most=MOST_LETTERS)
    indices = arguments.indices("indices", indices, size, "T")
    if len(indices) * size > MOST_NUMBERS:
        raise ValueError(
            f"indices are {len(indices)}, too many for rows of {size}: cut the text into pieces."
        )
    return indices


def known(vocabulary: Vocabulary | None) -> Vocabulary:
    """``vocabulary``, the post's 35 letters where none is given.

    Raises:
        TypeError: something else than a `Vocabulary`.
    """
    if vocabulary is None:
        return Vocabulary()
    if not isinstance(vocabulary, Vocabulary):
        raise TypeError(
            f"vocabulary must be a Vocabulary, such as Vocabulary(letters), "
            f"got {quoted(vocabulary)}."
        )
    return vocabulary
