"""Squared error against cross-entropy: the same model, text and seeds, another loss."""

import torch
from torch import Tensor, nn

from charrnn.model import CharModel
from charrnn.runtime import one_thread, seeded
from charrnn.vocabulary import SENTENCE, Vocabulary


def squared_error(logits: Tensor, answers: Tensor) -> Tensor:
    """The post's loss: sum over T steps of the mean over V of (score - one-hot)^2, a scalar.

    Args:
        logits: scores ``(T, V)``.
        answers: the right letters ``(T,)``.
    """
    targets = nn.functional.one_hot(answers, logits.shape[1])  # (T, V)
    return ((logits - targets) ** 2).mean(dim=1).sum()


def cross_entropy(logits: Tensor, answers: Tensor) -> Tensor:
    """Sum over T steps of the surprise at the right letter, in nats, a scalar.

    What `torch.nn.functional.cross_entropy` with ``reduction="sum"`` computes: softmax, then minus
    the logarithm of the right letter's probability.

    Args:
        logits: scores ``(T, V)``.
        answers: the right letters ``(T,)``.
    """
    logarithms = logits - logits.logsumexp(dim=1, keepdim=True)  # (T, V), log of softmax
    return -logarithms[torch.arange(len(answers)), answers].sum()


OBJECTIVES = {"squared error": squared_error, "cross-entropy": cross_entropy}


def epochs_needed(
    objective: str, learning_rate: float, seed: int, text: str = SENTENCE, most: int = 150
) -> int:
    """After how many epochs every next letter of ``text`` gets the highest score; at most ``most``.

    A `CharModel` of 35 hidden units learns with Adam from the given seed.

    Raises:
        ValueError: another objective than those of `OBJECTIVES`.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective must be one of {', '.join(OBJECTIVES)}, got {objective!r}.")
    vocabulary = Vocabulary()
    letters = vocabulary.encode(text)  # (T + 1,)
    with seeded(seed):
        model = CharModel(vocabulary.size, 35)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    with one_thread():
        for epoch in range(most):
            logits = model(letters[None, :-1])[0][0]  # (T, V)
            if (logits.argmax(dim=1) == letters[1:]).all():
                return epoch
            optimizer.zero_grad()
            OBJECTIVES[objective](logits, letters[1:]).backward()
            optimizer.step()
    return most
