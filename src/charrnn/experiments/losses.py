"""Chapter 7. Squared error against cross-entropy: the same cell, text and seeds, another loss."""

import torch
from torch import Tensor, nn

from charrnn.arguments import MOST_RATE, MOST_SEED, indices, one_of, real, string, tensor, whole
from charrnn.runtime import one_thread, seeded
from charrnn.scratch.cell import PostCell
from charrnn.scratch.nn_rnn import run_nn_rnn
from charrnn.text.vocabulary import SENTENCE, Vocabulary, one_hot

MOST_EPOCHS = 100_000  # slips such as 10**9 would never end
LONGEST_TEXT = 10_000  # letters


def squared_error(logits: Tensor, answers: Tensor) -> Tensor:
    """The post's loss: sum over T steps of the mean over V of (score - one-hot)^2, a scalar.

    Args:
        logits: scores ``(T, V)``; nan gives nan.
        answers: the right letters ``(T,)``.

    Raises:
        TypeError: no tensors of numbers, or answers that are no whole numbers.
        ValueError: shapes that do not fit, or answers outside 0 to V - 1.
    """
    answers = checked_answers(logits, answers)
    targets = nn.functional.one_hot(answers, logits.shape[1])  # (T, V)
    return ((logits - targets) ** 2).mean(dim=1).sum()


def one_sided_error(logits: Tensor, answers: Tensor) -> Tensor:
    """`squared_error` without what it says against scores *past* their targets, a scalar.

    The right letter's score costs nothing above 1, that of another letter nothing below 0: a
    control, which shares with cross-entropy that no score can overshoot.

    Args:
        logits: scores ``(T, V)``; nan gives nan.
        answers: the right letters ``(T,)``.

    Raises:
        TypeError: no tensors of numbers, or answers that are no whole numbers.
        ValueError: shapes that do not fit, or answers outside 0 to V - 1.
    """
    answers = checked_answers(logits, answers)
    targets = nn.functional.one_hot(answers, logits.shape[1])  # (T, V)
    missing = (logits - targets) * (1 - 2 * targets)  # (T, V), above 0 where it costs
    return (missing.clamp(min=0) ** 2).mean(dim=1).sum()


def cross_entropy(logits: Tensor, answers: Tensor) -> Tensor:
    """Sum over T steps of the surprise at the right letter, in nats, a scalar.

    What `torch.nn.functional.cross_entropy` with ``reduction="sum"`` computes: softmax, then minus
    the logarithm of the right letter's probability.

    Args:
        logits: scores ``(T, V)``; nan gives nan.
        answers: the right letters ``(T,)``.

    Raises:
        TypeError: no tensors of numbers, or answers that are no whole numbers.
        ValueError: shapes that do not fit, or answers outside 0 to V - 1.
    """
    answers = checked_answers(logits, answers)
    logarithms = logits - logits.logsumexp(dim=1, keepdim=True)  # (T, V), log of softmax
    return -logarithms[torch.arange(len(answers)), answers].sum()


def checked_answers(logits: Tensor, answers: Tensor) -> Tensor:
    """Answers ``(T,)`` that fit scores ``(T, V)``; -1 would quietly be the last letter."""
    logits = tensor("logits", logits, ("T", "V"), finite=False)
    answers = indices("answers", answers, logits.shape[1], "T")
    if len(answers) != len(logits):
        raise ValueError(
            f"answers must be one for each of the {len(logits)} rows of logits, got {len(answers)}."
        )
    return answers


OBJECTIVES = {
    "squared error": squared_error,
    "cross-entropy": cross_entropy,
    "one-sided error": one_sided_error,
}


def epochs_needed(
    objective: str, learning_rate: float, seed: int, text: str = SENTENCE, most: int = 150
) -> int:
    """After how many epochs every next letter of ``text`` gets the highest score; at most ``most``.

    A `PostCell` of 35 hidden units learns with Adam from the given seed, run by `nn.RNN`, which is
    faster. Training that diverges never gets there and gives ``most``.

    Args:
        objective: one of `OBJECTIVES`.
        learning_rate: Adam's step size, above 0.
        seed: of the weights.
        text: of at least 2 and at most `LONGEST_TEXT` of the post's letters, without marks.
        most: epochs, 0 to `MOST_EPOCHS`.

    Raises:
        TypeError: an argument of another kind.
        VocabularyError: the text cannot be encoded.
        ValueError: another objective, or an argument out of range.
    """
    objective = one_of("objective", objective, OBJECTIVES)
    learning_rate = real("learning_rate", learning_rate, above=0, most=MOST_RATE)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    most = whole("most", most, least=0, most=MOST_EPOCHS)
    if len(string("text", text)) > LONGEST_TEXT:
        raise ValueError(f"text must have at most {LONGEST_TEXT} letters, got {len(text)}.")
    vocabulary = Vocabulary()
    letters = vocabulary.encode(text)  # (T + 1,)
    rows = one_hot(letters[:-1], vocabulary.size)  # (T, V)
    with seeded(seed):
        cell = PostCell(vocabulary.size, 35)
    optimizer = torch.optim.Adam(cell.parameters(), lr=learning_rate)
    with one_thread():
        for epoch in range(most):
            logits, _ = run_nn_rnn(cell, rows)  # (T, V)
            if (logits.argmax(dim=1) == letters[1:]).all():
                return epoch
            optimizer.zero_grad()
            OBJECTIVES[objective](logits, letters[1:]).backward()
            optimizer.step()
    return most
