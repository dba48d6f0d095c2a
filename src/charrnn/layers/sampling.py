"""Choosing the next letter from logits: temperature, top-k, nucleus; and writing with a model.

Shapes: V letters in the vocabulary.
"""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from charrnn.arguments import MOST_SEED, instance, real, string, tensor, whole
from charrnn.layers.cuts import chances_of, top_k_cut, top_p_cut
from charrnn.layers.model import CharModel
from charrnn.layers.reading import as_array, letter_reader, state_of
from charrnn.runtime import draw_index, one_thread
from charrnn.text.vocabulary import Vocabulary

MOST_LETTERS = 100_000  # in one call of `write`; a slip such as 10**9 would never end


def keep_top_k(probabilities: Tensor, k: int) -> Tensor:
    """Keep the k largest of ``(V,)`` and scale them to sum 1 (Fan, Lewis and Dauphin 2018).

    Of equal ones the earlier letter stays.

    Raises:
        TypeError: no tensor, or a k that is no whole number.
        ValueError: k below 1, another shape, or numbers that are no probabilities.
    """
    return torch.from_numpy(top_k_cut(_checked(probabilities), whole("k", k, least=1)))


def keep_top_p(probabilities: Tensor, p: float) -> Tensor:
    """Keep the fewest letters of ``(V,)`` whose sum reaches p (Holtzman et al. 2020).

    They are scaled to sum 1.

    Raises:
        TypeError: no tensor, or a p that is no number.
        ValueError: p not in (0, 1], another shape, or numbers that are no probabilities.
    """
    return torch.from_numpy(top_p_cut(_checked(probabilities), real("p", p, above=0, most=1)))


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
    settings = _settings(temperature, top_k, top_p)
    scores = tensor("logits", logits, ("V",)).detach().double().cpu()
    return torch.from_numpy(chances_of(scores.numpy(), *settings))


def _settings(temperature: Any, top_k: Any, top_p: Any) -> tuple[float, int | None, float | None]:
    return (
        real("temperature", temperature, above=0),
        None if top_k is None else whole("top_k", top_k, least=1),
        None if top_p is None else real("top_p", top_p, above=0, most=1),
    )


def _checked(probabilities: Tensor) -> NDArray[np.float64]:
    """Refuse numbers that are no probabilities: below 0, or of another sum than 1."""
    given = tensor("probabilities", probabilities, ("V",)).detach().double().cpu().numpy()
    if (given < 0).any() or abs(given.sum() - 1) > 1e-3:
        raise ValueError("probabilities must be 0 or more and sum to 1, as after a softmax.")
    return given


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
        ValueError: a setting out of range, a vocabulary of another size than the model's, or
            logits of nan or inf, from a model that has diverged.
    """
    instance("model", model, CharModel)
    if instance("vocabulary", vocabulary, Vocabulary).size != model.vocab_size:
        raise ValueError(
            f"The model knows {model.vocab_size} letters, the vocabulary has {vocabulary.size}: "
            "take the one that the model was taught with."
        )
    prompt, length = string("prompt", prompt), whole("length", length, least=0, most=MOST_LETTERS)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    settings = _settings(temperature, top_k, top_p)
    generator = torch.Generator().manual_seed(seed)
    letters = vocabulary.encode(prompt, marks=False)[None].to(model.output.weight.device)  # (1, T)
    scores, after = model(letters)
    logits, state, read = as_array(scores)[0, -1], state_of(after), letter_reader(model)
    text = ""
    for _ in range(length):
        known = logits[: vocabulary.start].astype(np.float64)
        if not np.isfinite(known).all():
            raise ValueError("logits holds nan or inf: a run before it has diverged.")
        letter = draw_index(chances_of(known, *settings), generator)
        text += vocabulary.letters[letter]
        logits, state = read(letter, state)
    return text
