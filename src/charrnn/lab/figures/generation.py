"""The figure of generation: cells that learned for different times write side by side."""

from collections.abc import Mapping
from typing import get_args

from charrnn import arguments, pictures
from charrnn.arguments import MOST_SEED, quoted, real, whole
from charrnn.lab import traits
from charrnn.lab.checks import FASTEST, fitting_vocabulary
from charrnn.lab.widget import NetworkFigure, numbers_of
from charrnn.scratch.cell import PostCell
from charrnn.scratch.generation import Feed, check_settings, generate
from charrnn.scratch.training import MOST_EPOCHS, train
from charrnn.text.vocabulary import Vocabulary

MOST_CELLS = 20  # side by side


class Generation(NetworkFigure):
    """The figure that `generation` makes."""

    module = "generation"
    epochs = traits.listed(arguments.whole, "How many each network has learned.")
    hidden_size = traits.whole(1, "Of each network.", least=1)
    feed = traits.word("raw", choices=get_args(Feed))
    temperature = traits.real(1.0, least=0.1, most=3)
    seed = traits.whole(0, least=0, most=MOST_SEED)
    speed = traits.real(5.0, "Letters a second.", above=0, most=FASTEST)


def generation(
    cells: Mapping[int, PostCell],
    *,
    feed: Feed = "raw",
    temperature: float = 1.0,
    seed: int = 0,
    vocabulary: Vocabulary | None = None,
    speed: float = 5,
) -> Generation:
    """Let cells that have learned for different times write side by side, letter by letter.

    ``result`` tells what each wrote.

    Args:
        cells: by the number of epochs each has learned, 1 to 20 of them, all of one size.
        feed, temperature, seed: what to begin with, as for `charrnn.generate`; temperature 0.1
            to 3.
        vocabulary: the post's 35 letters unless given; its size must be the cells'.
        speed: letters a second while it plays, above 0 to 1000.

    Raises:
        TypeError: no dict of cells, another wiring than the post's, no vocabulary, or no number.
        ValueError: no cell or too many, cells of different sizes, or an argument that `generate`
            or the figure's fields refuse.
    """
    if not isinstance(cells, Mapping):
        raise TypeError(f"cells must be a dict of cells by their epochs, got {quoted(cells)}.")
    if not 1 <= len(cells) <= MOST_CELLS:
        raise ValueError(f"cells must be 1 to {MOST_CELLS}, got {len(cells)}.")
    cells = {
        whole("cells, the epochs of each,", epochs, least=0, most=MOST_EPOCHS): one
        for epochs, one in cells.items()
    }
    for one in cells.values():
        alphabet = fitting_vocabulary(one, vocabulary)
    if len({one.hidden_size for one in cells.values()}) != 1:
        raise ValueError("cells must all have the same number of hidden units.")
    longest = cells[max(cells)]
    check_settings(longest, alphabet, feed, 1, temperature, 0.0, seed)
    temperature = real("temperature", temperature, least=0.1, most=3)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    speed = real("speed", speed, above=0, most=FASTEST)
    return Generation(
        lambda: pictures.output_scores(generate(longest, length=40, vocabulary=alphabet), alphabet),
        vocabulary=alphabet.letters,
        weights=b"".join(map(numbers_of, cells.values())),
        epochs=list(cells),
        hidden_size=longest.hidden_size,
        feed=feed,
        temperature=temperature,
        seed=seed,
        speed=speed,
    )


def example() -> Generation:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    learned = {n: train("hello", epochs=n, progress=False)[0] for n in (0, 20, 40, 60)}
    return generation(learned)
