"""Chapter 10. What training on long text costs: memory kept for the way back, and time.

Shapes: N letters of a text.
"""

import time
from typing import Any

import torch
from torch import Tensor

from charrnn.arguments import indices, instance, whole
from charrnn.layers.model import CharModel, detach, next_letter_loss
from charrnn.layers.training import batchify, segments, train_epoch
from charrnn.runtime import one_thread


@one_thread()
def saved_tensor_bytes(model: CharModel, letters: Tensor, steps: int | None = None) -> int:
    """The most bytes that autograd keeps at once for a text ``(N,)``, weights included.

    Counted with `torch.autograd.graph.saved_tensors_hooks`, each storage once.

    Args:
        model: any `CharModel`.
        letters: the text.
        steps: length of a segment of truncated backpropagation; None goes through it in one.

    Raises:
        TypeError: no model, or letters or steps that are no whole numbers.
        ValueError: steps below 1, fewer than two letters, or one outside the model's.
    """
    letters = indices("letters", letters, instance("model", model, CharModel).vocab_size)
    steps = len(letters) if steps is None else whole("steps", steps, least=1)
    most, state = 0, None
    for piece in segments(batchify(letters, 1), steps):
        sizes: dict[int, int] = {}

        def note(tensor: Tensor, sizes: dict[int, int] = sizes) -> Tensor:
            storage = tensor.untyped_storage()
            sizes[storage.data_ptr()] = storage.nbytes()
            return tensor

        hooks: Any = torch.autograd.graph.saved_tensors_hooks
        with hooks(note, lambda tensor: tensor):
            # A copy: a view would count all of the text with it.
            _, state = next_letter_loss(model, piece.clone(), state)
        state = detach(state)
        most = max(most, sum(sizes.values()))
    return most


@one_thread()
def seconds_per_epoch(model: CharModel, letters: Tensor, steps: int = 64, batch: int = 1) -> float:
    """How long one epoch of truncated backpropagation takes on this machine, in seconds.

    The model's weights are changed, as in `charrnn.layers.training.train_epoch`.

    Args:
        model: any `CharModel`.
        letters: the text ``(N,)``.
        steps: length of a segment.
        batch: places read side by side.

    Raises:
        TypeError: no model, or letters, steps or batch that are no whole numbers.
        ValueError: steps or batch below 1, a text too short, or a letter outside the model's.
    """
    letters = indices("letters", letters, instance("model", model, CharModel).vocab_size)
    steps = whole("steps", steps, least=1)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    rows = batchify(letters, batch)
    start = time.perf_counter()
    train_epoch(model, optimizer, rows, steps, clip=1.0)
    return time.perf_counter() - start
