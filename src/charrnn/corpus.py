"""Real text to learn from: English that Python carries, Korean that this package carries.

Shapes: N letters of a text.
"""

import re
from importlib.resources import files
from pydoc_data.topics import topics

from torch import Tensor

from charrnn.vocabulary import Vocabulary

# Drawn as signs for the marks, and in no text that is read here.
MARKS = "␂␃"


def english() -> str:
    """Plain sentences from Python's own reference, in small letters; a paragraph to a line.

    What `help("topics")` shows, as `pydoc_data.topics` holds it; paragraphs with code, digits or
    rare signs are left out. Another version of Python words some of them otherwise.
    """
    lines = []
    for name in sorted(topics):
        for paragraph in re.split(r"\n\s*\n", topics[name]):
            line = " ".join(paragraph.split()).replace("’", "'").lower()
            if len(line) >= 60 and re.fullmatch(r"[a-z .,;:'\"()-]+\.", line):
                lines.append(line)
    return "\n".join(dict.fromkeys(lines)) + "\n"


def korean() -> str:
    """Folk proverbs (속담), then sentences of this book's Korean pages; one to a line, in NFC."""
    return files("charrnn").joinpath("texts/ko.txt").read_text(encoding="utf-8")


def alphabet(text: str) -> Vocabulary:
    """The vocabulary of a text: each letter that occurs, by code point, then two marks.

    Raises:
        VocabularyError: the text is empty, or holds one of the marks.
    """
    return Vocabulary("".join(sorted(set(text))) + MARKS)


def split(letters: Tensor, share: float = 0.1) -> tuple[Tensor, Tensor]:
    """Cut letters ``(N,)`` in two: what is learned, and the last ``share`` kept for validation.

    Raises:
        ValueError: a share that leaves one of the two without at least two letters.
    """
    kept = round(len(letters) * share)
    if not 2 <= kept <= len(letters) - 2:
        raise ValueError(
            f"A share of {share} leaves {kept} of {len(letters)} letters "
            "to validate on; each part needs at least 2."
        )
    return letters[:-kept], letters[-kept:]
