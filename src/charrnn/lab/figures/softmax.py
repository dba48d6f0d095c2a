"""The figure of softmax: scores, their probabilities, the loss and its gradient."""

from collections.abc import Mapping

import torch

from charrnn import pictures
from charrnn.arguments import one_of, quoted, real
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.pictures.picture import Picture


def softmax(scores: Mapping[str, float], answer: str) -> Figure:
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

    settings = {"scores": list(scores.values()), "answer": list(scores).index(answer)}
    return Figure("softmax", picture, text="".join(scores), settings=settings)


def example() -> Figure:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return softmax({"l": 2, "p": 1, "o": 0.5, " ": -1, "d": -3}, answer="p")
