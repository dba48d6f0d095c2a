"""The figure of the cell: one letter at a time, every number with the sum behind it."""

from charrnn import pictures
from charrnn.arguments import real
from charrnn.lab import traits
from charrnn.lab.checks import FASTEST, fitting_vocabulary, readable
from charrnn.lab.widget import NetworkFigure, numbers_of
from charrnn.pictures.picture import Picture
from charrnn.scratch.cell import PostCell, run
from charrnn.scratch.training import train
from charrnn.text.vocabulary import Vocabulary

LONGEST = 1_000  # letters


class Cell(NetworkFigure):
    """The figure that `cell` makes."""

    module = "cell"
    text = traits.text()
    speed = traits.real(2.0, "Letters a second.", above=0, most=FASTEST)


def cell(
    cell: PostCell,
    text: str = "hello",
    *,
    vocabulary: Vocabulary | None = None,
    speed: float = 2,
) -> Cell:
    """Step through a text with the numbers of ``cell``, and see the sum behind each.

    Args:
        cell: a cell of the post's wiring, trained or not.
        text: what it reads to begin with, up to 1000 letters.
        vocabulary: the post's 35 letters unless given; its size must be the cell's.
        speed: letters a second while it plays, above 0 to 1000.

    Raises:
        TypeError: another wiring than the post's, no text, no vocabulary, or no number.
        ValueError: a vocabulary of another size, an unknown letter, too long a text, a speed out
            of range, or a cell of more than a million weights or with nan or inf among them.
    """
    vocabulary = fitting_vocabulary(cell, vocabulary)
    text = readable("text", vocabulary.normalise(text), LONGEST)
    speed = real("speed", speed, above=0, most=FASTEST)

    def picture() -> Picture:
        rows = vocabulary.one_hot(text)[:-1]  # (T, V)
        names = [vocabulary.letters[vocabulary.start], *text]
        return pictures.hidden_states(run(cell, rows)[1][1:], names)

    return Cell(
        picture,
        text=text,
        vocabulary=vocabulary.letters,
        weights=numbers_of(cell),
        speed=speed,
    )


def example() -> Cell:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    untrained, _ = train("hello", epochs=0, progress=False)
    return cell(untrained, "hello")
