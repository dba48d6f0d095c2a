"""Real text to learn from, English and Korean; the package carries both.

Shapes: N letters of a text.
"""

import unicodedata
from importlib.resources import files

from torch import Tensor

from charrnn.arguments import indices, real, string
from charrnn.text.files import joins
from charrnn.text.vocabulary import Vocabulary, VocabularyError

# Drawn as signs for the marks, and in no text that is read here.
MARKS = "␂␃"


def english() -> str:
    """Plain sentences from Python's own reference, in small letters; a paragraph to a line.

    What `help("topics")` shows in Python 3.11; paragraphs with code, digits or rare signs are left
    out. Python words some of them otherwise from version to version, so the text lies in a file.
    """
    return _carried("en.txt")


def korean() -> str:
    """Folk proverbs (속담), then sentences of this book's Korean pages; one to a line, in NFC."""
    return _carried("ko.txt")


def _carried(name: str) -> str:
    # By bytes: reading as text would turn a line end into another one.
    return files("charrnn.text").joinpath("data", name).read_bytes().decode("utf-8")


def alphabet(text: str) -> Vocabulary:
    """The vocabulary of a text: each letter that occurs, by code point, then two marks.

    The text is put into NFC first, as the vocabulary does with every text that it encodes. Accents
    and the like that stand by themselves come before the other letters, lest one join the letter
    before it.

    Raises:
        TypeError: the text is no string.
        VocabularyError: it is empty, or holds one of the marks, or signs (of a few Indian scripts)
            that would join whatever their order.
    """
    return of_letters(set(unicodedata.normalize("NFC", string("text", text))))


def of_letters(letters: set[str]) -> Vocabulary:
    """The vocabulary of the letters that occur in a text in NFC, as `alphabet` gives it.

    Raises:
        VocabularyError: as `alphabet`.
    """
    if not letters or letters & set(MARKS):
        raise VocabularyError(
            f"text must have at least one letter and none of the marks {MARKS!r}: "
            + ("remove the marks." if letters else "it is empty.")
        )
    ordered = "".join(sorted(letters, key=lambda x: (not joins(x), unicodedata.combining(x), x)))
    if unicodedata.normalize("NFC", ordered) != ordered:
        raise VocabularyError("text has signs that join each other when listed: leave them out.")
    return Vocabulary(ordered + MARKS)


def split(letters: Tensor, share: float = 0.1) -> tuple[Tensor, Tensor]:
    """Cut letters ``(N,)`` in two: what is learned, and the last ``share`` kept for validation.

    Raises:
        TypeError: letters that are no whole numbers, or a share that is no number.
        ValueError: a share that leaves one of the two without at least two letters.
    """
    letters, share = indices("letters", letters), real("share", share, above=0, below=1)
    kept = round(len(letters) * share)
    if not 2 <= kept <= len(letters) - 2:
        raise ValueError(
            f"A share of {share} leaves {kept} of {len(letters)} letters "
            "to validate on; each part needs at least 2."
        )
    return letters[:-kept], letters[-kept:]
