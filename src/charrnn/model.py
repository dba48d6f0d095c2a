"""The character model of the later chapters: PyTorch's own recurrent layer and one output layer."""

import math
from typing import Any

from torch import Tensor, nn

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


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
        ValueError: a size below 1, or another kind.
    """

    def __init__(self, vocab_size: int, hidden_size: int, kind: str = "rnn") -> None:
        super().__init__()
        if vocab_size < 1 or hidden_size < 1:
            raise ValueError(
                f"Sizes start at 1, got vocab_size={vocab_size}, hidden_size={hidden_size}."
            )
        if kind not in LAYERS:
            raise ValueError(f"kind must be one of {', '.join(LAYERS)}, got {kind!r}.")
        self.vocab_size, self.hidden_size, self.kind = vocab_size, hidden_size, kind
        self.recurrent = LAYERS[kind](vocab_size, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, vocab_size)

    def forward(self, letters: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        """Read ``letters`` (B, T), whole numbers; return logits (B, T, V) and the last state.

        ``state`` is what an earlier call returned, or None for zeros: ``(1, B, H)``, and for the
        LSTM a pair of these.
        """
        rows = nn.functional.one_hot(letters, self.vocab_size).to(self.output.weight.dtype)
        states, state = self.recurrent(rows, state)  # (B, T, H)
        return self.output(states), state  # (B, T, V)


def detached(state: Any) -> Any:
    """The state cut off from the graph that made it: gradients go back no further than here."""
    if isinstance(state, Tensor):
        return state.detach()
    return tuple(part.detach() for part in state)


def next_letter_loss(model: CharModel, letters: Tensor, state: Any = None) -> tuple[Tensor, Any]:
    """Cross-entropy of each next letter, mean over B and T, in nats; and the last state.

    Args:
        model: any `CharModel`.
        letters: ``(B, T + 1)``; the model reads the first T and should say the last T.
        state: as in `CharModel.forward`.
    """
    logits, state = model(letters[:, :-1], state)  # (B, T, V)
    return nn.functional.cross_entropy(logits.flatten(0, 1), letters[:, 1:].flatten()), state


def perplexity(loss: Tensor | float) -> float:
    """exp(loss): among how many equally likely letters the model is choosing, on average."""
    return math.exp(loss.item() if isinstance(loss, Tensor) else loss)
