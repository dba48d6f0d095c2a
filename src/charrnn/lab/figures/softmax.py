"""The figure of softmax: scores, their probabilities, the loss and its gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import torch
import traitlets as t

from charrnn import arguments, pictures
from charrnn.arguments import one_of, quoted, real
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.pictures.picture import Picture


class Softmax(Figure):
    """The figure that `softmax` makes."""

    module = "softmax"
    letters = traits.text("", "Those that have a score, one after another.")
    scores = traits.listed(partial(arguments.real, least=-8, most=8), "One for each letter.")
    answer = traits.text("", "The right letter.")

    @t.validate("letters")
    def _the_same(self, proposal: Any) -> Any:
        if self.letters not in ("", proposal["value"]):
            raise ValueError("letters stay as they are: make another figure for others.")
        return proposal["value"]

    @t.validate("scores")
    def _one_each(self, proposal: Any) -> Any:
        if len(proposal["value"]) != len(self.letters):
            raise ValueError(
                f"scores must be {len(self.letters)}, one for each letter, "
                f"got {len(proposal['value'])}."
            )
        return proposal["value"]

    @t.validate("answer")
    def _among_the_letters(self, proposal: Any) -> Any:
        return one_of("answer", proposal["value"], list(self.letters))


def softmax(scores: Mapping[str, float], answer: str) -> Softmax:
    """Scores of a few letters with their probabilities, the loss and its gradient.

    ``result`` tells the probabilities and the loss.

    Args:
        scores: by letter, 2 to 8 of them, in -8..8 to begin with.
        answer: the right letter.

    Raises:
        TypeError: no dict of letters and numbers.
        ValueError: too few or too many letters, a name of more than one letter, a score out of
            range, or an answer that has no score.
    """
    if not isinstance(scores, Mapping):
        raise TypeError(f"scores must be a dict of numbers by letter, got {quoted(scores)}.")
    if not 2 <= len(scores) <= 8:
        raise ValueError(f"scores must be of 2 to 8 letters, got {len(scores)}.")
    scores = {
        readable("scores, the letter of each,", letter, 1): real("scores", score, least=-8, most=8)
        for letter, score in scores.items()
    }
    one_of("answer", answer, scores)

    def picture() -> Picture:
        shares = torch.tensor(list(scores.values())).softmax(dim=0)
        return pictures.heat(shares[None], list(scores), ["p"], "letter", "probability")

    return Softmax(picture, letters="".join(scores), scores=list(scores.values()), answer=answer)


def example() -> Softmax:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return softmax({"m": 2, "l": 1, "d": 0, " ": -1, "z": -3}, answer="l")
