"""Traits of figures: each takes what its check takes, and refuses the rest in a sentence."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import traitlets as t
from torch import Tensor

from charrnn import arguments
from charrnn.arguments import quoted, string
from charrnn.text.vocabulary import LETTERS, Vocabulary

Check = Callable[[str, Any], Any]


class Checked(t.TraitType):  # type: ignore[type-arg]  # Colab's traitlets has no arguments here
    """A trait of both sides with a check, such as `charrnn.arguments.real`.

    Args:
        default: its value where the figure is given none.
        check: gets the trait's name and a value; returns what is kept.
        help: what the trait is.
    """

    def __init__(self, default: Any, check: Check, help: str = "") -> None:
        super().__init__(default, help=help)
        self._check = check
        self.tag(sync=True)

    def validate(self, obj: t.HasTraits, value: Any) -> Any:
        """What is kept of a value.

        Raises:
            TypeError, ValueError: as the check does; the figure is as it was.
        """
        return self._check(self.name or "", value)


def real(default: float | None, help: str = "", *, none: bool = False, **limits: Any) -> Checked:
    """A finite number in a range, as for `charrnn.arguments.real`; or None."""
    return Checked(default, _maybe(partial(arguments.real, **limits), none), help)


def whole(default: int | None, help: str = "", *, none: bool = False, **limits: Any) -> Checked:
    """A whole number in a range, as for `charrnn.arguments.whole`; or None."""
    return Checked(default, _maybe(partial(arguments.whole, **limits), none), help)


def word(default: str, help: str = "", *, choices: Sequence[str]) -> Checked:
    """One of a few words."""
    return Checked(default, partial(arguments.one_of, choices=choices), help)


def text(default: str = "", help: str = "") -> Checked:
    """A text of any length: what a figure cannot use of it, it says itself."""
    return Checked(default, check_text, help)


def vocabulary() -> Checked:
    """The letters of a `Vocabulary`."""
    return Checked(LETTERS, _letters, "The V letters known; the last two are marks.")


def listed(one: Check, help: str = "", *, none: bool = False) -> Checked:
    """A list of values, each checked by ``one``; or None."""
    return Checked(None if none else [], _maybe(partial(_each, one), none), help)


def numbers(help: str = "") -> Checked:
    """Numbers as little-endian float32, row by row: a tensor, or its bytes."""
    return Checked(b"", _bytes, help)


def contents(help: str = "") -> Checked:
    """The bytes of a file."""
    return Checked(b"", _contents, help)


def check_text(name: str, value: Any) -> str:
    """A text that a page can hold.

    Raises:
        TypeError: no string.
        ValueError: half of a pair of code units.
    """
    shown = string(name, value)
    if any("\ud800" <= letter <= "\udfff" for letter in shown):
        raise ValueError(f"{name} holds half a letter, a lone surrogate: {quoted(value)}.")
    return shown


def bytes_of(values: Tensor) -> bytes:
    """Values of any shape as traits of `numbers` hold them, row by row."""
    return values.detach().cpu().float().numpy().astype("<f4").tobytes()


def _maybe(check: Check, none: bool) -> Check:
    return lambda name, value: None if none and value is None else check(name, value)


def _letters(name: str, value: Any) -> str:
    return Vocabulary(check_text(name, value)).letters


def _each(one: Check, name: str, value: Any) -> list[Any]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise TypeError(f"{name} must be a list, got {quoted(value)}.")
    return [one(f"{name}, each of them,", item) for item in value]


def _bytes(name: str, value: Any) -> bytes:
    if isinstance(value, Tensor):
        if value.is_complex() or not value.isfinite().all():
            raise ValueError(f"{name} must be finite real numbers.")
        return bytes_of(value)
    if not isinstance(value, bytes | bytearray | memoryview):  # a view comes from the page
        raise TypeError(f"{name} must be a tensor or its bytes, got {quoted(value)}.")
    return bytes(value)


def _contents(name: str, value: Any) -> bytes:
    if not isinstance(value, bytes | bytearray | memoryview):
        raise TypeError(f"{name} must be bytes, got {quoted(value)}.")
    return bytes(value)
