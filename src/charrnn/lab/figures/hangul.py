"""The figure of Hangul: syllables taken apart into jamo, and jamo put together."""

import unicodedata

from charrnn import pictures
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.text.hangul import to_jamo

LONGEST = 10_000  # letters
LONGEST_ROW = 30_000  # jamo put together: those of the longest text


class Hangul(Figure):
    """The figure that `hangul` makes."""

    module = "hangul"
    text = traits.text("", "What is taken apart.")
    jamo = traits.text("", "What is put together.")


def hangul(text: str = "한글", *, jamo: str | None = None) -> Hangul:
    """Take a text apart into syllables, jamo and codes, and put a row of jamo together.

    ``result`` tells the counts, the text put together and the jamo left alone.

    Args:
        text: what to take apart to begin with, in any normal form, up to 10,000 letters.
        jamo: what to put together to begin with; the jamo of ``text`` unless given.

    Raises:
        TypeError: no text.
        ValueError: too long a text.
    """
    composed = unicodedata.normalize("NFC", readable("text", text, LONGEST, least=0))
    if jamo is None:
        jamo = to_jamo(composed)[:LONGEST_ROW]
    return Hangul(
        lambda: pictures.syllables(composed or "한글"),
        text=text,
        jamo=readable("jamo", jamo, LONGEST_ROW, least=0),
    )


def example() -> Hangul:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return hangul("한글", jamo="")
