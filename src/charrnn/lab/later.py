"""The living figures of chapters 5 to 10, one function each."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np
import torch
from torch import Tensor

from charrnn import pictures
from charrnn.arguments import MOST_SEED, one_of, quoted, real, string, tensor, whole
from charrnn.lab.figure import Figure, bytes_of, readable
from charrnn.lab.figures import LONGEST, check_training
from charrnn.layers.sampling import distribution
from charrnn.pictures.picture import Picture
from charrnn.scratch.training import train
from charrnn.text.hangul import to_jamo
from charrnn.text.vocabulary import MOST_LETTERS, SENTENCE, Vocabulary
from charrnn.translations import translated

LONGEST_GATE = 40  # letters that the gate's figure takes
LONGEST_HANGUL = 10_000
LONGEST_ROW = 30_000  # jamo put together: those of the longest text
LONGEST_INSIDE = 10_000
MOST_VALUES = 4_000_000  # numbers of one figure, four bytes each
LARGEST_LOGIT = 1e6


def spikes(
    text: str = SENTENCE, *, hidden_size: int = 35, seed: int = 0, epochs: int = 1000
) -> Figure:
    """The post's training beside one with settings of Adam that the reader changes.

    ``result`` tells for both, ``post`` and ``yours``, the epoch, the spikes and the last loss.

    Args:
        text: what both learn, up to 10,000 letters.
        hidden_size, seed: as for `charrnn.train`, 1 to 128 hidden units.
        epochs: how many a press of the button trains, 1 to `charrnn.scratch.training.MOST_EPOCHS`.

    Raises:
        TypeError, VocabularyError: as `charrnn.train` does.
        ValueError: a setting out of range, or too long a text.
    """
    text = readable("text", Vocabulary().normalise(text), LONGEST["training"])
    hidden_size, seed, epochs = check_training(hidden_size, seed, epochs)

    def picture() -> Picture:
        few = min(epochs, 1000)  # a picture of more would keep a kernel waiting
        runs = {
            name: train(text, hidden_size=hidden_size, seed=seed, epochs=few, epsilon=epsilon,
                        progress=False)[1]
            for name, epsilon in (("as in the post", 1e-8), ("a larger epsilon", 0.01))
        }  # fmt: skip
        return pictures.loss_curve(runs)

    settings = {"hidden": hidden_size, "seed": seed, "epochs": epochs}
    return Figure("spikes", picture, text=text, settings=settings)


def softmax(scores: Mapping[str, float], answer: str) -> Figure:
    """Scores of a few letters with their probabilities, the loss and its gradient.

    ``result`` tells the probabilities and the loss.

    Args:
        scores: by letter, 2 to 8 of them, in -8..8 to begin with.
        answer: the right letter.

    Raises:
        TypeError: no dict of letters and numbers.
        ValueError: too few or too many letters, a name of more than one letter, a score out of
            range, or an answer that has no score.
    """
    if not isinstance(scores, Mapping):
        raise TypeError(f"scores must be a dict of numbers by letter, got {quoted(scores)}.")
    if not 2 <= len(scores) <= 8:
        raise ValueError(f"scores must be of 2 to 8 letters, got {len(scores)}.")
    scores = {
        readable("scores, the letter of each,", letter, 1): real("scores", score, least=-8, most=8)
        for letter, score in scores.items()
    }
    one_of("answer", answer, scores)

    def picture() -> Picture:
        shares = torch.tensor(list(scores.values())).softmax(dim=0)
        return pictures.heat(shares[None], list(scores), ["p"], "letter", "probability")

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
        TypeError: no text.
        ValueError: an empty or too long text, or another preset.
    """
    readable("text", text, LONGEST_GATE)
    one_of("preset", preset, get_args(Preset))

    def picture() -> Picture:
        kept = {"gate open": 1.0, "half open": 0.5}
        left = {name: [f**t for t in range(len(text))] for name, f in kept.items()}
        return pictures.lines(range(len(text)), left, "distance in letters", "left of the memory")

    return Figure("gate", picture, text=text, settings={"preset": preset})


def hangul(text: str = "한글", *, jamo: str | None = None) -> Figure:
    """Take a text apart into syllables, jamo and codes, and put a row of jamo together.

    ``result`` tells the counts, the text put together and the jamo left alone.

    Args:
        text: what to take apart to begin with, in any normal form, up to 10,000 letters.
        jamo: what to put together to begin with; the jamo of ``text`` unless given.

    Raises:
        TypeError: no text.
        ValueError: too long a text.
    """
    composed = unicodedata.normalize("NFC", readable("text", text, LONGEST_HANGUL, least=0))
    if jamo is None:
        jamo = to_jamo(composed)[:LONGEST_ROW]
    return Figure(
        "hangul",
        lambda: pictures.syllables(composed or "한글"),
        text=text,
        settings={"jamo": readable("jamo", jamo, LONGEST_ROW, least=0)},
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
        logits: one for each letter, ``(V,)``, within a million of 0.
        letters: V of them, each once, in any order; the figure shows the likeliest first.
        temperature, top_k, top_p: what to begin with, as for `sampling.distribution`;
            temperature 0.05 to 3, top_p 0.01 to 1.
        seed: of the drawing, 0 to 2**32 - 1.

    Raises:
        TypeError: letters that are no text or list of letters, or something that is no number.
        ValueError: no letters, one of them twice, not one logit each, or a setting out of range.
    """
    letters = _letters(letters)
    given = _logits(logits, len(letters))
    temperature = real("temperature", temperature, least=0.05, most=3)
    top_k = None if top_k is None else whole("top_k", top_k, least=1)
    top_p = None if top_p is None else real("top_p", top_p, least=0.01, most=1)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    plain, left = distribution(given), distribution(given, temperature, top_k, top_p)
    settings = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "seed": seed}
    return Figure(
        "sampling",
        lambda: pictures.next_letter_probabilities(letters, plain, left),
        numbers=bytes_of(given),
        settings={"letters": letters, **settings},
    )


def _letters(letters: Any) -> list[str]:
    """The letters of a figure as a list: one or more, each a single one, each once."""
    if not isinstance(letters, str | Sequence):
        raise TypeError(f"letters must be a text or a list of letters, got {quoted(letters)}.")
    if not 1 <= len(letters) <= MOST_LETTERS:
        raise ValueError(f"letters must be 1 to {MOST_LETTERS}, got {len(letters)}.")
    found = [readable("letters, each of them,", letter, 1) for letter in letters]
    if len(set(found)) != len(found):
        raise ValueError(f"letters must each stand once, got {quoted(letters)}.")
    return found


def _logits(logits: Any, count: int) -> Tensor:
    """The logits of a figure as float64 ``(count,)`` on the CPU."""
    if isinstance(logits, np.ndarray):
        logits = logits.tolist()
    if not isinstance(logits, Tensor):
        if not isinstance(logits, Sequence) or isinstance(logits, str | bytes):
            raise TypeError(f"logits must be a tensor or a list of numbers, got {quoted(logits)}.")
        logits = torch.tensor([real("logits", logit) for logit in logits], dtype=torch.float64)
    if tuple(logits.shape) != (count,):
        raise ValueError(
            f"logits must be one for each of {count} letters, got the shape {tuple(logits.shape)}."
        )
    given = tensor("logits", logits, ("V",)).detach().cpu().double()
    if given.abs().max() > LARGEST_LOGIT:
        raise ValueError(f"logits must lie within {LARGEST_LOGIT:g} of 0.")
    return given


def inside(
    text: str, values: Tensor, names: Sequence[str] | None = None, *, unit: int = 0
) -> Figure:
    """Tint each letter of a text by one hidden unit; the reader chooses which.

    The page carries all values, four bytes each: hand over the units that are worth a look.

    Args:
        text: T letters, 1 to 10,000.
        values: the states after each letter, ``(T, H)``, between -1 and 1; up to 4,000,000.
        names: of the H units, in the page's language where `charrnn.translations` has them; numbers
            from 1 unless given.
        unit: the one to begin with, from 0.

    Raises:
        TypeError: no text, no tensor, no list of names, or a unit that is no whole number.
        ValueError: shapes that do not fit, values out of range, or an unknown unit.
    """
    readable("text", text, LONGEST_INSIDE)
    tensor("values", values, (len(text), "H"))
    size = values.shape[1]
    if values.numel() > MOST_VALUES:
        raise ValueError(f"values must be at most {MOST_VALUES}: hand over fewer units.")
    if not (values.abs() <= 1 + 1e-6).all():
        raise ValueError("values must lie between -1 and 1, as those of hidden units do.")
    unit = whole("unit", unit, least=0, most=size - 1)
    if names is not None and (not isinstance(names, Sequence) or isinstance(names, str)):
        raise TypeError(f"names must be a list of texts, got {quoted(names)}.")
    if names is not None and len(names) != size:
        raise ValueError(f"names must be {size}, one for each unit, got {len(names)}.")
    named = None if names is None else [translated(string("names", name)) for name in names]
    called = named[unit] if named else f"{unit + 1}"
    if called.isdigit():  # a number alone would not say of what
        called = f"{translated('hidden unit')} {called}"
    return Figure(
        "inside",
        lambda: pictures.activations_on_text(text, values[:, unit], called),
        text=text,
        numbers=bytes_of(values),
        settings={"unit": unit, "names": named},
    )
