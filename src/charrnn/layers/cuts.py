"""What `charrnn.layers.sampling` computes, on NumPy arrays of probabilities ``(V,)``, unchecked."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def chances_of(
    logits: Floats, temperature: float, top_k: int | None, top_p: float | None
) -> Floats:
    """`sampling.distribution`: softmax of ``logits / temperature``, then the cuts."""
    # Taking the largest away first keeps a division by a tiny temperature within range.
    chosen = np.exp((logits - logits.max()) / temperature)
    chosen /= chosen.sum()
    if top_k is not None:
        chosen = top_k_cut(chosen, top_k)
    return chosen if top_p is None else top_p_cut(chosen, top_p)


def top_k_cut(probabilities: Floats, k: int) -> Floats:
    """`sampling.keep_top_k`."""
    order = np.argsort(-probabilities, kind="stable")  # (V,) from the largest down
    kept = probabilities.copy()
    kept[order[k:]] = 0
    kept /= kept.sum()
    return kept


def top_p_cut(probabilities: Floats, p: float) -> Floats:
    """`sampling.keep_top_p`."""
    order = np.argsort(-probabilities, kind="stable")  # (V,) from the largest down
    # What the likelier letters before each one add up to.
    before = probabilities[order].cumsum() - probabilities[order]
    kept = probabilities.copy()
    kept[order[before >= p]] = 0
    kept /= kept.sum()
    return kept
