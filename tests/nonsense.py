"""What a slip of the hand hands to a function, by the kind of the argument, and a clear refusal.

A test takes one argument of a public function after the other, hands it `nonsense` of its kind and
asks for `refused`: an error that the package itself raises, in words that name the argument::

    @given(nonsense("whole"))
    def test_length_is_a_whole_number(bad):
        refused("length", write, model, vocabulary, "h", length=bad)

The lists hold what is wrong for every argument of the kind. What is wrong for some of them only
(-1, 0, 10**30, letters outside the vocabulary) is a list by itself: `NEGATIVE`, `ZERO`, `HUGE`,
`ODD_TEXT`.
"""

import dis
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import strategies as st

import charrnn

PACKAGE = Path(charrnn.__file__).parent
LONGEST = 600  # letters of a message that still says one thing; a path may be long by itself

NEGATIVE = [-1, -(10**9), np.int64(-3), torch.tensor(-1)]
ZERO = [0, np.int64(0), torch.tensor(0)]
HUGE = [10**9, 10**30, 10**400, np.int64(2**62)]
ODD_TEXT = [
    "",
    "\x00",
    "\ud800",
    "e\u0301",
    "\u1112\u1161\u11ab",
    "👩‍👩‍👧",
    "\u202eabc",
    "x" * 10**6,
]

_ANYTHING: list[Any] = [None, b"3", 1 + 2j, {}, {"a": 1}, object(), len, int, ...]
_NO_NUMBER = [
    *_ANYTHING, True, False, "", "3", "nan", "x" * 10**6, [], [3], (1, 2), np.ones(2),
    np.array([]), torch.ones(2), torch.empty(0), torch.tensor(1j), torch.tensor(True),
    np.datetime64("2026-11-24"),
]  # fmt: skip
_NO_FINITE = [math.nan, math.inf, -math.inf, np.float32(math.nan), torch.tensor(math.inf)]
_NO_TENSOR = [*_ANYTHING, True, 3, 0.5, "abc", "", [], [1, 2], [[0.5]], np.ones(3), np.array(1)]
_NO_NUMBERS_IN_IT = [torch.zeros(3, dtype=torch.complex64), torch.zeros(3, dtype=torch.bool)]

_NONE_AT_ALL: list[Any] = [
    None, "abc", b"1", True, [True], ["1"], [[1], [1, 2]], {}, object(), 1j, len, [10**400],
    torch.ones(2, dtype=torch.complex64),
]  # fmt: skip
# No array of finite numbers, (N,) or (N, M).
NO_ARRAY: list[Any] = [
    *_NONE_AT_ALL, [], [np.nan, 1.0], [1.0, np.inf], [1e200, 1.0], np.zeros((2, 2, 2)), 3.0,
    torch.tensor([0.0, torch.nan]),
]  # fmt: skip

NONSENSE: dict[str, list[Any]] = {
    # No whole number, or none at all.
    "whole": [*_NO_NUMBER, *_NO_FINITE, 2.5, 1e3, np.float64(3), torch.tensor(2.0)],
    # No number, or none that is finite.
    "real": [*_NO_NUMBER, *_NO_FINITE, 10**400, -(10**400)],
    # No string.
    "string": [*_ANYTHING, True, 3, 0.5, math.nan, [], ["a"], ("a", "b"), np.str_, torch.ones(2)],
    # No word of a short list: no string, or another one.
    "word": [*_ANYTHING, True, 3, math.nan, [], ["a"], "", "bogus", "GRU ", "\ud800", "x" * 10**6,
             torch.ones(2), np.ones(2)],
    # No truth value.
    "flag": [*_ANYTHING, 0, 1, 2, "True", "no", "", [], [True], math.nan, np.ones(2),
             torch.ones(2)],
    # No letters (N,) as whole numbers.
    "letters": [
        *_NO_TENSOR, *_NO_NUMBERS_IN_IT, torch.empty(0, dtype=torch.int64), torch.tensor(3),
        torch.tensor([0.0, 1.0, 2.0]), torch.tensor([math.nan] * 3), torch.zeros(2, 3, 4).long(),
        torch.tensor([-1, 0, 1]), torch.tensor([0, 1, 2**40]),
    ],
    # No finite numbers in a tensor (T, H).
    "rows": [
        *_NO_TENSOR, *_NO_NUMBERS_IN_IT, torch.empty(0), torch.empty(0, 3), torch.empty(3, 0),
        torch.tensor(0.5), torch.ones(2, 3, 4), torch.full((3, 4), math.nan),
        torch.tensor([[0.0, math.inf], [0.0, 1.0]]), torch.zeros(3, 4, dtype=torch.complex64),
    ],
    # No finite numbers in a tensor (V,).
    "row": [
        *_NO_TENSOR, *_NO_NUMBERS_IN_IT, torch.empty(0), torch.tensor(0.5), torch.ones(2, 3),
        torch.ones(2, 3, 4), torch.tensor([0.0, math.nan]), torch.tensor([-math.inf, 0.0]),
    ],
    # Nothing that the package made: no model, vocabulary, cell, layer, optimizer.
    "object": [*_ANYTHING, True, 3, 0.5, "abc", [], [1, 2], np.ones(3), torch.ones(3)],
}  # fmt: skip


def nonsense(kind: str) -> st.SearchStrategy[Any]:
    """Values that are wrong for an argument of this kind, one of the keys of `NONSENSE`."""
    bad = st.sampled_from(NONSENSE[kind])
    if kind in ("whole", "real"):
        return bad | st.text(max_size=9) | st.lists(st.integers(), max_size=3)
    if kind == "string":
        return bad | st.integers() | st.floats() | st.binary(max_size=9)
    return bad | st.dictionaries(st.integers(), st.integers(), max_size=2)


def refused(name: str | tuple[str, ...], function: Any, *arguments: Any, **settings: Any) -> str:
    """Assert that a call ends in a clear refusal, and return its message.

    Clear: a ValueError or TypeError from a ``raise`` statement of the package, short, and with the
    argument's name (one of several, for arguments that do not fit each other) as a word in it.
    """
    try:
        value = function(*arguments, **settings)
    except (ValueError, TypeError) as error:
        return check_clear(name, error)
    except Exception as error:
        pytest.fail(f"{type(error).__name__} instead of a refusal of {name}: {error!s:.300}")
    pytest.fail(f"{name} was not refused, the call gave {value!r:.300}")


def check_clear(name: str | tuple[str, ...], error: Exception) -> str:
    """Assert that an error is a clear refusal of the argument, and return its message."""
    place, message = error.__traceback__, str(error)
    assert place is not None
    while place.tb_next is not None:
        place = place.tb_next
    code = place.tb_frame.f_code
    where = f"{code.co_filename}:{place.tb_lineno}"
    assert PACKAGE in Path(code.co_filename).parents, (
        f"raised outside the package, {where}: {error!r}"
    )
    raised = dis.opname[code.co_code[place.tb_lasti]] == "RAISE_VARARGS"
    assert raised, f"no raise statement but what it calls failed, {where}: {error!r:.300}"
    assert len(message) <= LONGEST, f"{len(message)} letters of message, {where}: {message:.300}"
    names = (name,) if isinstance(name, str) else name
    assert any(re.search(rf"\b{re.escape(word)}\b", message) for word in names), (
        f"{names} not named, {where}: {message}"
    )
    return message
