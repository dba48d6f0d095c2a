"""The character model of the later chapters: PyTorch's own recurrent layer and one output layer."""

import math
from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import instance, one_of, quoted, real, whole

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
GATES = {"rnn": 1, "gru": 3, "lstm": 4}  # blocks of weights in each layer
MOST_WEIGHTS = 100_000_000  # 400 MB; a slip in a size would take all memory
WHOLE = (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)


class CharModel(nn.Module):
    """Letters in, logits of the next letter out.

    Shapes: B texts side by side, T steps, V letters, H hidden units. The recurrent layer reads
    one-hot rows (`torch.nn.RNN`, `torch.nn.GRU` or `torch.nn.LSTM`, with ``batch_first``), and
    a linear layer reads its new state, as in the documentation of PyTorch.

    Args:
        vocab_size: V.
        hidden_size: H.
        kind: ``"rnn"``, ``"gru"`` or ``"lstm"``.

    Raises:
        TypeError: a size that is no whole number.
        ValueError: a size below 1, more than `MOST_WEIGHTS` weights, or another kind.
    """

    def __init__(self, vocab_size: int, hidden_size: int, kind: str = "rnn") -> None:
        super().__init__()
        vocab_size, hidden_size, kind = checked_sizes(vocab_size, hidden_size, kind)
        self.vocab_size, self.hidden_size, self.kind = vocab_size, hidden_size, kind
        self.recurrent = LAYERS[kind](vocab_size, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, vocab_size)

    def forward(self, letters: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Read ``letters`` (B, T), whole numbers; return logits (B, T, V) and the last state.

        ``state`` is what an earlier call returned, or None for zeros: ``(1, B, H)``, and for the
        LSTM a pair of these. Whether the state's numbers are finite is not looked at, nor those of
        the weights: nan gives nan.

        Raises:
            TypeError: letters that are no whole numbers, or a state that is none.
            ValueError: another shape, no letters at all, or a number outside 0 to V - 1.
        """
        check_letters(self, letters)
        check_state(self, state, len(letters))
        rows = nn.functional.one_hot(letters.long(), self.vocab_size).to(self.output.weight.dtype)
        states, state = self.recurrent(rows, state)  # (B, T, H)
        return self.output(states), state  # (B, T, V)


def checked_sizes(vocab_size: Any, hidden_size: Any, kind: Any) -> tuple[int, int, str]:
    """What a model is made of, in plain form; see `CharModel` for what is refused."""
    v = whole("vocab_size", vocab_size, least=1)
    h = whole("hidden_size", hidden_size, least=1)
    kind = one_of("kind", kind, LAYERS)
    if count_weights(v, h, kind) > MOST_WEIGHTS:
        raise ValueError(
            f"A model with vocab_size={quoted(v)} and hidden_size={quoted(h)} would have "
            f"more than {MOST_WEIGHTS} weights: make it smaller."
        )
    return v, h, kind


def count_weights(vocab_size: int, hidden_size: int, kind: str) -> int:
    """How many numbers a `CharModel` of these sizes learns, without making one."""
    recurrent = GATES[kind] * hidden_size * (vocab_size + hidden_size + 2)  # two biases a unit
    return recurrent + vocab_size * (hidden_size + 1)


def check_letters(model: CharModel, letters: Any, least: int = 1) -> None:
    """Refuse what is no text ``(B, T)`` for the model, T at least ``least``.

    Called at each step of training, so it asks a tensor no more than its smallest and its largest
    number.
    """
    if not isinstance(letters, Tensor) or letters.dtype not in WHOLE:
        raise TypeError(
            "letters must be a tensor of whole numbers (B, T), as Vocabulary.encode gives them "
            f"for one text (T,), got {quoted(letters)}."
        )
    if letters.dim() != 2 or len(letters) < 1 or letters.shape[1] < least:
        raise ValueError(
            f"letters must have the shape (B, T), B at least 1 and T at least {least}, got "
            f"{tuple(letters.shape)}: letters[None] makes a text (T,) a batch of one."
        )
    lowest, highest = (int(end) for end in letters.aminmax())
    if lowest < 0 or highest >= model.vocab_size:
        raise ValueError(
            f"letters must be numbers from 0 to {model.vocab_size - 1}, the model knows "
            f"{model.vocab_size} letters, got {lowest if lowest < 0 else highest}."
        )


def check_state(model: CharModel, state: Any, batch: int) -> None:
    """Refuse a state that is not one of this model for ``batch`` texts; None is one."""
    if state is None:
        return
    parts = state if isinstance(state, tuple) else (state,)
    if (
        isinstance(state, tuple) != (model.kind == "lstm")
        or len(parts) != (2 if model.kind == "lstm" else 1)
        or not all(isinstance(part, Tensor) for part in parts)
    ):
        wanted = "a pair of tensors" if model.kind == "lstm" else "a tensor"
        raise TypeError(
            f"state must be {wanted} (1, B, H) as an earlier call returned, got {quoted(state)}."
        )
    shape, dtype = (1, batch, model.hidden_size), model.output.weight.dtype
    for part in parts:
        if part.shape != shape or part.dtype != dtype:
            raise ValueError(f"state must be {shape} of {dtype}, got {quoted(part)}.")


def detach(state: Any) -> Any:
    """The state cut off from the graph that made it: gradients go back no further than here.

    Raises:
        TypeError: no state, neither a tensor nor a tuple of tensors.
    """
    if isinstance(state, Tensor):
        return state.detach()
    if not isinstance(state, tuple) or not all(isinstance(part, Tensor) for part in state):
        raise TypeError(f"state must be a tensor or a tuple of tensors, got {quoted(state)}.")
    return tuple(part.detach() for part in state)


def next_letter_loss(model: CharModel, letters: Tensor, state: Any = None) -> tuple[Tensor, Any]:
    """Cross-entropy of each next letter, mean over B and T, in nats; and the last state.

    Args:
        model: any `CharModel`.
        letters: ``(B, T + 1)``; the model reads the first T and should say the last T.
        state: as in `CharModel.forward`.

    Raises:
        TypeError, ValueError: as `CharModel.forward`; T + 1 must be 2 or more.
    """
    check_letters(instance("model", model, CharModel), letters, least=2)
    letters = letters.long()
    logits, state = model(letters[:, :-1], state)  # (B, T, V)
    return nn.functional.cross_entropy(logits.flatten(0, 1), letters[:, 1:].flatten()), state


def perplexity(loss: Tensor | float) -> float:
    """exp(loss): among how many equally likely letters the model is choosing, on average.

    Raises:
        TypeError: no single number.
        ValueError: nan, inf, or a loss above 700 nats, whose exponential no float holds.
    """
    return math.exp(real("loss", loss, most=700))
