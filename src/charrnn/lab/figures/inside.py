"""The figure of hidden units: a text tinted by the values of one of them."""

from collections.abc import Sequence
from typing import Any

import torch
import traitlets as t
from torch import Tensor

from charrnn import pictures
from charrnn.arguments import quoted, string, tensor, whole
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.text.vocabulary import SENTENCE
from charrnn.translations import translated

LONGEST = 10_000  # letters
MOST_VALUES = 4_000_000  # numbers of one figure, four bytes each


class Inside(Figure):
    """The figure that `inside` makes."""

    module = "inside"
    text = traits.text()
    values = traits.numbers("One for each letter and unit, (T, H).")
    names = traits.listed(traits.check_text, "Of the units; None for numbers.", none=True)
    unit = traits.whole(0, "The one shown, from 0.", least=0)

    @t.validate("unit")
    def _one_of_them(self, proposal: Any) -> Any:
        size = len(self.values) // 4 // max(1, len(self.text))
        return whole("unit", proposal["value"], least=0, most=size - 1)


def inside(
    text: str, values: Tensor, names: Sequence[str] | None = None, *, unit: int = 0
) -> Inside:
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
    readable("text", text, LONGEST)
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
    return Inside(
        lambda: pictures.activations_on_text(text, values[:, unit], called),
        text=text,
        values=values,
        names=named,
        unit=unit,
    )


def example() -> Inside:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    text = (SENTENCE * 13)[:400]
    t = torch.arange(400)[:, None]
    values = torch.sin(t * torch.linspace(0.1, 1.5, 8)) * torch.linspace(1, 0.4, 8)  # (T, 8)
    return inside(text, values, [str(unit) for unit in range(1, 9)])
