"""The figure of gates: one memory cell of an LSTM along a text, its gates set by hand."""

from typing import Literal, get_args

from charrnn import pictures
from charrnn.arguments import one_of
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.pictures.picture import Picture

Preset = Literal["keep", "fade", "pile", "late", "half"]
LONGEST = 40  # letters


class Gate(Figure):
    """The figure that `gate` makes; its preset is "own" once the reader has moved a gate."""

    module = "gate"
    text = traits.text()
    preset = traits.word("keep", choices=[*get_args(Preset), "own"])


def gate(text: str = "remember me", *, preset: Preset = "keep") -> Gate:
    """One memory cell of an LSTM along a text, its gates set by hand.

    ``result`` tells the cell states, the hidden states and how much of each is left at the end.

    Args:
        text: what it reads, 1 to 40 letters.
        preset: how the gates stand at first.

    Raises:
        TypeError: no text.
        ValueError: an empty or too long text, or another preset.
    """
    readable("text", text, LONGEST)
    one_of("preset", preset, get_args(Preset))

    def picture() -> Picture:
        kept = {"gate open": 1.0, "half open": 0.5}
        left = {name: [f**t for t in range(len(text))] for name, f in kept.items()}
        return pictures.lines(range(len(text)), left, "letters later", "left of the memory")

    return Gate(picture, text=text, preset=preset)


def example() -> Gate:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return gate("remember me")
