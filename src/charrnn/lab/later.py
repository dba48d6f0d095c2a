"""The living figures of chapters 5 to 10, one function each."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import torch
from torch import Tensor

from charrnn import charts, letter_charts, plots
from charrnn.hangul import to_jamo
from charrnn.lab.figure import Figure, bytes_of
from charrnn.picture import Picture
from charrnn.sampling import distribution
from charrnn.training import train
from charrnn.vocabulary import SENTENCE, Vocabulary
from charrnn.words import translated


def spikes(
    text: str = SENTENCE, *, hidden_size: int = 35, seed: int = 0, epochs: int = 1000
) -> Figure:
    """The post's training beside one with settings of Adam that the reader changes.

    ``result`` tells for both, ``post`` and ``yours``, the epoch, the spikes and the last loss.

    Args:
        text: what both learn.
        hidden_size, seed: as for `charrnn.train`.
        epochs: how many a press of the button trains.

    Raises:
        ValueError: as `charrnn.train` does.
    """

    def picture() -> Picture:
        few = min(epochs, 1000)  # a picture of more would keep a kernel waiting
        runs = {
            name: train(text, hidden_size=hidden_size, seed=seed, epochs=few, epsilon=epsilon,
                        progress=False)[1]
            for name, epsilon in (("as in the post", 1e-8), ("a larger epsilon", 0.01))
        }  # fmt: skip
        return plots.loss_curve(runs)

    settings = {"hidden": hidden_size, "seed": seed, "epochs": epochs}
    return Figure("spikes", picture, text=Vocabulary().normalise(text), settings=settings)


def softmax(scores: Mapping[str, float], answer: str) -> Figure:
    """Scores of a few letters with their probabilities, the loss and its gradient.

    ``result`` tells the probabilities and the loss.

    Args:
        scores: by letter, 2 to 8 of them, in -8..8 to begin with.
        answer: the right letter.

    Raises:
        ValueError: too few or too many letters, a name of more than one letter, a score out of
            range, or an answer that has no score.
    """
    if not 2 <= len(scores) <= 8 or any(len(letter) != 1 for letter in scores):
        raise ValueError(f"softmax takes 2 to 8 single letters, got {list(scores)}.")
    if not all(-8 <= score <= 8 for score in scores.values()):
        raise ValueError(f"Scores begin within -8..8, got {list(scores.values())}.")
    if answer not in scores:
        raise ValueError(f"The answer {answer!r} has no score; these have: {list(scores)}.")

    def picture() -> Picture:
        shares = torch.tensor(list(scores.values())).softmax(dim=0)
        return charts.heat(shares[None], list(scores), ["p"], "letter", "probability")

    settings = {"scores": list(scores.values()), "answer": list(scores).index(answer)}
    return Figure("softmax", picture, text="".join(scores), settings=settings)


Preset = Literal["keep", "fade", "pile", "late", "half"]


def gate(text: str = "remember me", *, preset: Preset = "keep") -> Figure:
    """One memory cell of an LSTM along a text, its gates set by hand.

    ``result`` tells the cell states, the hidden states and how much of each is left at the end.

    Args:
        text: what it reads, 1 to 40 letters.
        preset: how the gates stand at first.

    Raises:
        ValueError: an empty or too long text, or another preset.
    """
    if not 1 <= len(text) <= 40 or preset not in get_args(Preset):
        raise ValueError(
            f"gate takes 1 to 40 letters and one of {get_args(Preset)}, got {text!r}, {preset!r}."
        )

    def picture() -> Picture:
        kept = {"gate open": 1.0, "half open": 0.5}
        left = {name: [f**t for t in range(len(text))] for name, f in kept.items()}
        return charts.lines(range(len(text)), left, "distance in letters", "left of the memory")

    return Figure("gate", picture, text=text, settings={"preset": preset})


def hangul(text: str = "한글", *, jamo: str | None = None) -> Figure:
    """Take a text apart into syllables, jamo and codes, and put a row of jamo together.

    ``result`` tells the counts, the text put together and the jamo left alone.

    Args:
        text: what to take apart to begin with, in any normal form.
        jamo: what to put together to begin with; the jamo of ``text`` unless given.
    """
    whole = unicodedata.normalize("NFC", text)
    return Figure(
        "hangul",
        lambda: letter_charts.syllables(whole or "한글"),
        text=text,
        settings={"jamo": to_jamo(whole) if jamo is None else jamo},
    )


def sampling(
    logits: Tensor | Sequence[float],
    letters: Sequence[str],
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int = 0,
) -> Figure:
    """See what temperature, top-k and nucleus leave of a distribution, and draw letters from it.

    ``result`` tells the letters left, their probabilities and what was drawn.

    Args:
        logits: one for each letter, ``(V,)``.
        letters: V of them, in any order; the figure shows the likeliest first.
        temperature, top_k, top_p: what to begin with, as for `charrnn.sampling.distribution`;
            temperature 0.05 to 3.
        seed: of the drawing.

    Raises:
        ValueError: no letters, not one logit each, or an argument that `distribution` refuses.
    """
    given = torch.as_tensor(logits, dtype=torch.float64).detach().cpu()
    if given.shape != (len(letters),) or not len(letters):
        raise ValueError(f"{len(letters)} letters need a logit each, got {tuple(given.shape)}.")
    if not 0.05 <= temperature <= 3:
        raise ValueError(f"The figure's temperature goes from 0.05 to 3, got {temperature}.")
    plain, left = distribution(given), distribution(given, temperature, top_k, top_p)
    settings = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "seed": seed}
    return Figure(
        "sampling",
        lambda: letter_charts.chances(letters, plain, left),
        numbers=bytes_of(given),
        settings={"letters": list(letters), **settings},
    )


def inside(
    text: str, values: Tensor, names: Sequence[str] | None = None, *, unit: int = 0
) -> Figure:
    """Tint each letter of a text by one hidden unit; the reader chooses which.

    The page carries all values, four bytes each: hand over the units that are worth a look.

    Args:
        text: T letters, up to 10,000.
        values: the states after each letter, ``(T, H)``, between -1 and 1.
        names: of the H units, in the page's language where `charrnn.words` has them; numbers
            from 1 unless given.
        unit: the one to begin with, from 0.

    Raises:
        ValueError: shapes that do not fit, values out of range, or an unknown unit.
    """
    if values.ndim != 2 or len(values) != len(text) or not values.numel():
        raise ValueError(f"{len(text)} letters need values (T, H), got {tuple(values.shape)}.")
    if len(text) > 10_000:
        raise ValueError(f"The figure takes up to 10000 letters, got {len(text)}.")
    if not (values.abs() <= 1 + 1e-6).all():
        raise ValueError("Values of hidden units lie between -1 and 1; these do not.")
    size = values.shape[1]
    if not 0 <= unit < size or (names is not None and len(names) != size):
        raise ValueError(f"There are {size} units: name them all, and begin with one of them.")
    named = None if names is None else [translated(name) for name in names]
    return Figure(
        "inside",
        lambda: letter_charts.tinted(
            text, values[:, unit], named[unit] if named else f"{unit + 1}"
        ),
        text=text,
        numbers=bytes_of(values),
        settings={"unit": unit, "names": named},
    )
