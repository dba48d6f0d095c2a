"""Choosing the next letter from logits: temperature, top-k, nucleus; and writing with a model.

Shapes: V letters in the vocabulary.
"""

import math

import torch
from torch import Tensor

from charrnn.model import CharModel
from charrnn.vocabulary import Vocabulary


def top_k_only(probabilities: Tensor, k: int) -> Tensor:
    """Keep the k largest of ``(V,)`` and scale them to sum 1 (Fan, Lewis and Dauphin 2018).

    Of equal ones the earlier letter stays.
    """
    order = probabilities.argsort(descending=True, stable=True)  # (V,)
    kept = probabilities.clone()
    kept[order[k:]] = 0
    return kept / kept.sum()


def nucleus_only(probabilities: Tensor, p: float) -> Tensor:
    """Keep the fewest letters of ``(V,)`` whose sum reaches p (Holtzman et al. 2020).

    They are scaled to sum 1.
    """
    order = probabilities.argsort(descending=True, stable=True)  # (V,)
    # What the likelier letters before each one add up to.
    before = probabilities[order].cumsum(0) - probabilities[order]
    kept = probabilities.clone()
    kept[order[before >= p]] = 0
    return kept / kept.sum()


def distribution(
    logits: Tensor, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> Tensor:
    """Probabilities ``(V,)`` float64 to draw the next letter from: softmax of logits / temperature.

    Then top-k, then the nucleus, where they are given.

    Raises:
        ValueError: temperature not above 0, top_k below 1, top_p not in (0, 1], or logits with
            nan or inf.
    """
    if not 0 < temperature < math.inf:
        raise ValueError(f"temperature must be above 0 and finite, got {temperature}.")
    if (top_k is not None and top_k < 1) or (top_p is not None and not 0 < top_p <= 1):
        raise ValueError(f"top_k starts at 1 and top_p is above 0 to 1, got {top_k} and {top_p}.")
    if not torch.isfinite(logits).all():
        raise ValueError("The logits hold nan or inf: the model has diverged; train it again.")
    scores = logits.detach().double().cpu()
    # Taking the largest away first keeps a division by a tiny temperature within range.
    chosen = ((scores - scores.max()) / temperature).softmax(dim=0)
    if top_k is not None:
        chosen = top_k_only(chosen, top_k)
    return chosen if top_p is None else nucleus_only(chosen, top_p)


@torch.no_grad()
def write(
    model: CharModel,
    vocabulary: Vocabulary,
    prompt: str,
    length: int = 200,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int = 0,
) -> str:
    """Let the model read ``prompt`` and write ``length`` letters more; returns the new letters.

    Each letter is drawn from `distribution` and read by the model in turn. The marks of the
    vocabulary are never drawn.

    Raises:
        TypeError, VocabularyError: the prompt cannot be encoded.
        ValueError: a negative length, a model of another size, or as `distribution`.
    """
    if length < 0 or vocabulary.size != model.vocab_size:
        raise ValueError(
            f"length starts at 0, got {length}; the model knows {model.vocab_size} letters, "
            f"the vocabulary has {vocabulary.size}."
        )
    device = model.output.weight.device
    generator = torch.Generator().manual_seed(seed)
    logits, state = model(vocabulary.encode(prompt, marks=False)[None].to(device))
    text = ""
    while len(text) < length:
        chances = distribution(logits[0, -1, : vocabulary.start], temperature, top_k, top_p)
        letter = torch.multinomial(chances, 1, generator=generator)  # (1,)
        text += vocabulary.letters[int(letter)]
        logits, state = model(letter[None].to(device), state)
    return text
