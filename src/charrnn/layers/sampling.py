"""Choosing the next letter from logits: temperature, top-k, nucleus; and writing with a model.

Shapes: V letters in the vocabulary.
"""

import torch
from torch import Tensor

from charrnn.arguments import MOST_SEED, instance, real, string, tensor, whole
from charrnn.layers.model import CharModel
from charrnn.runtime import one_thread
from charrnn.text.vocabulary import Vocabulary

MOST_LETTERS = 100_000  # in one call of `write`; a slip such as 10**9 would never end


def keep_top_k(probabilities: Tensor, k: int) -> Tensor:
    """Keep the k largest of ``(V,)`` and scale them to sum 1 (Fan, Lewis and Dauphin 2018).

    Of equal ones the earlier letter stays.

    Raises:
        TypeError: no tensor, or a k that is no whole number.
        ValueError: k below 1, another shape, or numbers that are no probabilities.
    """
    probabilities, k = _checked(probabilities), whole("k", k, least=1)
    order = probabilities.argsort(descending=True, stable=True)  # (V,)
    kept = probabilities.clone()
    kept[order[min(k, len(order)) :]] = 0
    return kept / kept.sum()


def keep_top_p(probabilities: Tensor, p: float) -> Tensor:
    """Keep the fewest letters of ``(V,)`` whose sum reaches p (Holtzman et al. 2020).

    They are scaled to sum 1.

    Raises:
        TypeError: no tensor, or a p that is no number.
        ValueError: p not in (0, 1], another shape, or numbers that are no probabilities.
    """
    probabilities, p = _checked(probabilities), real("p", p, above=0, most=1)
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
        TypeError: logits that are no tensor, or settings that are no numbers.
        ValueError: temperature not above 0, top_k below 1, top_p not in (0, 1], logits with
            nan or inf, or of another shape: those of a model are ``(B, T, V)``, one row of them is
            wanted.
    """
    temperature = real("temperature", temperature, above=0)
    top_k = None if top_k is None else whole("top_k", top_k, least=1)
    top_p = None if top_p is None else real("top_p", top_p, above=0, most=1)
    scores = tensor("logits", logits, ("V",)).detach().double().cpu()
    # Taking the largest away first keeps a division by a tiny temperature within range.
    chosen = ((scores - scores.max()) / temperature).softmax(dim=0)
    if top_k is not None:
        chosen = keep_top_k(chosen, top_k)
    return chosen if top_p is None else keep_top_p(chosen, top_p)


def _checked(probabilities: Tensor) -> Tensor:
    """Refuse numbers that are no probabilities: below 0, or of another sum than 1."""
    probabilities = tensor("probabilities", probabilities, ("V",)).double()
    if bool((probabilities < 0).any()) or abs(float(probabilities.sum()) - 1) > 1e-3:
        raise ValueError("probabilities must be 0 or more and sum to 1, as after a softmax.")
    return probabilities


@one_thread()
@torch.no_grad()
def generate(
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

    Args:
        model: any `CharModel`.
        vocabulary: the one it was taught with.
        prompt: one letter or more.
        length: letters to write, at most `MOST_LETTERS`.
        temperature, top_k, top_p: as for `distribution`.
        seed: of the drawing.

    Raises:
        TypeError: an argument of another kind.
        VocabularyError: the prompt cannot be encoded.
        ValueError: a setting out of range, or a vocabulary of another size than the model's.
    """
    instance("model", model, CharModel)
    if instance("vocabulary", vocabulary, Vocabulary).size != model.vocab_size:
        raise ValueError(
            f"The model knows {model.vocab_size} letters, the vocabulary has {vocabulary.size}: "
            "take the one that the model was taught with."
        )
    prompt, length = string("prompt", prompt), whole("length", length, least=0, most=MOST_LETTERS)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
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
