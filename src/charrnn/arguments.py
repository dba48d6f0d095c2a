"""Checks of what a reader hands to a function: each refusal names the argument and what it needs.

Every check returns the value in the plain form that the rest of the package works with, so that
``epochs = whole("epochs", epochs, least=0)`` is all a function has to say.
"""

import math
import numbers
from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

T = TypeVar("T")

LONGEST_QUOTE = 60  # letters of a bad value that a message repeats
MOST_NUMBERS = 1_000_000  # in one array: more are a slip
LARGEST = 1e100  # squares and differences of larger numbers run out of range
MOST_RATE = 1e30  # of learning: times a gradient, a larger one leaves the range of float32
MOST_SEED = 2**32 - 1  # torch takes 32 bits of a seed: a larger one would repeat a smaller one


def quoted(value: Any) -> str:
    """A value as a message shows it: its repr, cut where it is long."""
    if isinstance(value, Tensor):
        return f"a tensor {tuple(value.shape)} of {value.dtype}"
    if isinstance(value, str | bytes):  # a repr of a million letters takes a while by itself
        value = value[: LONGEST_QUOTE + 1]
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def _range(
    least: float | None, most: float | None, above: float | None, below: float | None
) -> str:
    """A range in words, such as " from 0 to 9" or " above 0 and below 1"; "" for no bounds."""
    if least is not None and most is not None:
        return f" from {least} to {most}"
    bounds = (("of at least", least), ("above", above), ("below", below), ("of at most", most))
    parts = [f"{words} {bound}" for words, bound in bounds if bound is not None]
    return " " + " and ".join(parts) if parts else ""


def whole(name: str, value: Any, *, least: int | None = None, most: int | None = None) -> int:
    """``value`` as an int: Python's, NumPy's, or a tensor with a single whole number.

    Raises:
        TypeError: no whole number (1e3 and True are none either).
        ValueError: out of range.
    """
    number = _single(value)
    if isinstance(number, bool) or not isinstance(number, numbers.Integral):
        raise TypeError(
            f"{name} must be a whole number{_range(least, most, None, None)}, got {quoted(value)}."
        )
    number = int(number)
    if (least is not None and number < least) or (most is not None and number > most):
        raise ValueError(
            f"{name} must be a whole number{_range(least, most, None, None)}, got {quoted(number)}."
        )
    return number


def real(
    name: str,
    value: Any,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> float:
    """``value`` as a finite float: Python's or NumPy's number, or a tensor with a single one.

    Args:
        name: of the argument, for the message.
        value: what was handed over.
        least, most: the ends of its range, themselves allowed.
        above, below: the ends of its range, themselves not allowed.

    Raises:
        TypeError: no number.
        ValueError: nan, inf or out of range.
    """
    words = f"{name} must be a number{_range(least, most, above, below)}"
    number = _single(value)
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise TypeError(f"{words}, got {quoted(value)}.")
    if isinstance(value, numbers.Integral) and abs(int(value)) > 10**300:
        raise ValueError(f"{words}, got {quoted(value)}.")
    number = float(number)
    if (
        not math.isfinite(number)
        or (least is not None and number < least)
        or (most is not None and number > most)
        or (above is not None and number <= above)
        or (below is not None and number >= below)
    ):
        raise ValueError(f"{words}, got {quoted(number)}.")
    return number


def _single(value: Any) -> Any:
    """The number in a tensor or array that holds a single one; anything else as it is."""
    if isinstance(value, Tensor) and value.numel() == 1 and not value.is_complex():
        return value.item()
    return value.item() if getattr(value, "shape", None) == () and hasattr(value, "item") else value


def one_of(name: str, value: Any, choices: Iterable[str]) -> str:
    """``value``, one of a few words.

    Raises:
        ValueError: another word, or no word at all.
    """
    choices = tuple(choices)
    if not isinstance(value, str) or value not in choices:
        raise ValueError(
            f"{name} must be one of {', '.join(map(repr, choices))}, got {quoted(value)}."
        )
    return value


def flag(name: str, value: Any) -> bool:
    """``value``, True or False: Python's or NumPy's.

    Raises:
        TypeError: anything else; 1, "no" and None are none either.
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {quoted(value)}.")
    return bool(value)


def string(name: str, value: Any) -> str:
    """``value``, a string.

    Raises:
        TypeError: anything else.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, got {quoted(value)}.")
    return value


def instance(name: str, value: Any, kind: type[T]) -> T:
    """``value``, an object of a class, such as a model or a vocabulary.

    Raises:
        TypeError: anything else.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be of the class {kind.__name__}, got {quoted(value)}.")
    return value


def tensor(name: str, value: Any, shape: tuple[str | int, ...], *, finite: bool = True) -> Tensor:
    """``value``, a tensor of numbers in a given shape.

    Args:
        name: of the argument, for the message.
        value: what was handed over.
        shape: a name for each side that may have any length above 0, a number for one that may
            not, such as ``("T", 35)``.
        finite: refuse nan and inf too.

    Raises:
        TypeError: no tensor, or one of complex numbers or truth values.
        ValueError: another shape, an empty side, or nan or inf.
    """
    if not isinstance(value, Tensor) or value.is_complex() or value.dtype == torch.bool:
        raise TypeError(f"{name} must be a tensor of numbers {_sides(shape)}, got {quoted(value)}.")
    fits = value.dim() == len(shape) and all(
        length > 0 if isinstance(side, str) else length == side
        for side, length in zip(shape, value.shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} must have the shape {_sides(shape)}, got {tuple(value.shape)}.")
    if finite and value.is_floating_point() and not bool(torch.isfinite(value).all()):
        raise ValueError(f"{name} holds nan or inf: a run before it has diverged.")
    return value


def array(name: str, value: Any, *shapes: tuple[str | int, ...]) -> NDArray[np.float64]:
    """``value`` as an array of float64: of lists, NumPy or torch, whatever their dtype.

    Args:
        name: of the argument, for the message.
        value: what was handed over.
        *shapes: those that fit, with a name for a side that may have any length above 0 and a
            number for one that may not, such as ``("T", 2)``.

    Raises:
        TypeError: no real numbers, such as texts, truth values or rows of different lengths.
        ValueError: another shape, an empty side, nan, inf or beyond 1e100, or too many of them.
    """
    fitting = " or ".join(f"({', '.join(map(str, s))}{',' * (len(s) == 1)})" for s in shapes)
    try:
        given = value.detach().cpu() if isinstance(value, Tensor) else value
        if isinstance(given, Tensor) and given.is_floating_point():
            given = given.double()  # NumPy has no bfloat16
        found = np.asarray(given)
    except Exception:  # whatever the object's own conversion raises
        found = np.asarray(None)
    if found.dtype.kind not in "iuf" and found.size:
        raise TypeError(f"{name} must be numbers {fitting}, got {quoted(value)}.")
    if not any(_fits(found.shape, shape) for shape in shapes):
        raise ValueError(f"{name} must have the shape {fitting}, got {found.shape}.")
    if found.size > MOST_NUMBERS:
        raise ValueError(f"{name} must be at most {MOST_NUMBERS} numbers, got {found.size}.")
    if not np.isfinite(found).all():
        raise ValueError(f"{name} holds nan or inf: leave out what has diverged.")
    found = found.astype(np.float64)
    if (np.abs(found) > LARGEST).any():
        raise ValueError(f"{name} must be numbers from {-LARGEST:g} to {LARGEST:g}.")
    return found


def _fits(given: tuple[int, ...], shape: tuple[str | int, ...]) -> bool:
    return len(given) == len(shape) and all(
        length > 0 if isinstance(side, str) else length == side
        for side, length in zip(shape, given, strict=True)
    )


def indices(name: str, value: Any, size: int | None = None, side: str = "N") -> Tensor:
    """``value``, letters as whole numbers from 0 to ``size`` - 1 in a tensor ``(N,)``, as int64.

    Without a size, any number from 0 on is a letter.

    Raises:
        TypeError: no tensor of whole numbers.
        ValueError: another shape, none at all, or a number outside the vocabulary.
    """
    letters = tensor(name, value, (side,))
    if letters.is_floating_point():
        raise TypeError(
            f"{name} must be whole numbers, as Vocabulary.encode gives them, got {quoted(value)}."
        )
    letters = letters.long()
    lowest, highest = (int(end) for end in letters.aminmax())
    if lowest < 0 or (size is not None and highest >= size):
        wanted = "of at least 0" if size is None else f"from 0 to {size - 1}"
        raise ValueError(
            f"{name} must be numbers {wanted}, one for each letter of the vocabulary, "
            f"got {lowest if lowest < 0 else highest}."
        )
    return letters


def _sides(shape: tuple[str | int, ...]) -> str:
    """A shape in the book's notation, such as ``(T, 35)`` or ``(N,)``."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"
