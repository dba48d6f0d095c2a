"""Tries a function that the reader wrote, case by case, and says what slip gives a wrong result."""

import copy
import math
import numbers
from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NamedTuple

import torch
from IPython.display import Markdown

from charrnn.arguments import quoted
from charrnn.exercises import tasks
from charrnn.notebook import table
from charrnn.translations import choose

MOST_SHOWN = 3  # failed cases
LONGEST = 80  # letters of a value


class Slip(NamedTuple):
    """A wrong function that many write, and what is said to it in both languages."""

    wrong: Callable[..., Any]
    ko: str
    en: str


class Task(NamedTuple):
    """A function to write: a right one, arguments to try, edges among them, and slips."""

    solution: Callable[..., Any]
    cases: Sequence[tuple[Any, ...]]
    slips: Sequence[Slip]


class Report(Markdown):
    """What `check` found, as Markdown; ``passed`` says whether every case is right."""

    def __init__(self, text: str, passed: bool) -> None:
        super().__init__(text)
        self.passed = passed

    def __repr__(self) -> str:
        return str(self.data)


def all_tasks() -> dict[str, Task]:
    """Every function to write, by its name, in the order of the chapters."""
    names = [file.name for file in iter_modules(tasks.__path__)]
    files = [import_module(f"{tasks.__name__}.{name}") for name in names]
    found: dict[str, Task] = {}
    for file in sorted(files, key=_chapter):
        found |= file.TASKS
    return found


def chapter_of(task: Task) -> int:
    """The number of the chapter that asks for this function."""
    return _chapter(import_module(task.solution.__module__))


def _chapter(file: ModuleType) -> int:
    """The number of the chapter that a file of tasks names first."""
    return int((file.__doc__ or "").removeprefix("Chapter ").split(":")[0])


def check(function: Callable[..., Any]) -> Report:
    """Try the reader's function on the cases of the exercise that has its name.

    A failed case is shown with what went in, what should have come out and what did; a slip that
    gives just that is named. A function whose body is still ``...`` is no failure.

    Raises:
        TypeError: no function.
        ValueError: no exercise asks for a function of this name.
    """
    if not callable(function):
        raise TypeError(f"function must be a function, got {quoted(function)}.")
    name = getattr(function, "__name__", "")
    known = all_tasks()
    if name not in known:
        raise ValueError(
            f"No exercise asks for {quoted(name)}. Those that do: {', '.join(sorted(known))}."
        )
    solution, cases, slips = known[name]
    expected = [outcome(solution, case) for case in cases]
    got = [outcome(function, case) for case in cases]
    if all(value is None or value is ... for value in got):
        unwritten = choose(
            f"아직 쓰지 않았습니다. `{name}`의 몸통을 채우고 이 칸을 다시 실행해 봅시다.",
            f"Not written yet. Fill in the body of `{name}` and run this cell again.",
        )
        return Report(unwritten, passed=False)
    wrong = [i for i, value in enumerate(got) if not same(value, expected[i])]
    if not wrong:
        passed = choose(
            f"✓ `{name}`: {len(cases)}가지를 모두 맞게 합니다.",
            f"✓ `{name}` is right in all {len(cases)} cases.",
        )
        return Report(passed, passed=True)
    failed = choose(
        f"✗ `{name}`: {len(cases)}가지 가운데 {len(wrong)}가지가 틀립니다.",
        f"✗ `{name}` is wrong in {len(wrong)} of {len(cases)} cases.",
    )
    first = wrong[:MOST_SHOWN]
    columns = {
        "input": [", ".join(map(shown, cases[i])) for i in first],
        "expected": [shown(expected[i]) for i in first],
        "got": [shown(got[i]) for i in first],
    }
    parts = [failed, table(columns).data]
    if (slip := slip_of(got, cases, wrong, slips)) is not None:
        parts.append(choose(slip.ko, slip.en))
    return Report("\n\n".join(parts), passed=False)


def outcome(function: Callable[..., Any], case: tuple[Any, ...]) -> Any:
    """What a function returns for these arguments, or the error that it ends with."""
    try:
        return function(*copy.deepcopy(case))
    except Exception as error:  # whatever the reader's function does, it is told
        return error


def slip_of(
    got: Sequence[Any],
    cases: Sequence[tuple[Any, ...]],
    wrong: Sequence[int],
    slips: Sequence[Slip],
) -> Slip | None:
    """The slip that gives the same wrong results, if there is one."""
    for slip in slips:
        if all(same(got[i], outcome(slip.wrong, cases[i])) for i in wrong):
            return slip
    return None


def same(got: Any, expected: Any) -> bool:
    """Whether two results are the same, as a reader would say; numbers to four digits."""
    if isinstance(expected, Exception) or isinstance(got, Exception):
        return type(got) is type(expected)
    if isinstance(expected, torch.Tensor) and expected.dim():
        return _same_tensors(got, expected)
    if isinstance(got, torch.Tensor) and got.numel() == 1:
        got = got.item()
    if isinstance(expected, torch.Tensor):
        expected = expected.item()
    if isinstance(expected, str | bool | None) or isinstance(got, str | bool | None):
        return bool(got == expected) and isinstance(got, bool) == isinstance(expected, bool)
    if isinstance(expected, numbers.Real):
        close = isinstance(got, numbers.Real) and math.isclose(
            got, expected, rel_tol=1e-4, abs_tol=1e-6
        )
        return bool(close)
    if isinstance(expected, list | tuple):
        alike = isinstance(got, list | tuple | torch.Tensor) and len(got) == len(expected)
        return alike and all(map(same, got, expected))
    return bool(got == expected)


def _same_tensors(got: Any, expected: torch.Tensor) -> bool:
    try:
        numbers_got = torch.as_tensor(got).double()
    except (TypeError, ValueError, RuntimeError):
        return False
    return numbers_got.shape == expected.shape and bool(
        torch.allclose(numbers_got, expected.double(), rtol=1e-4, atol=1e-6, equal_nan=True)
    )


def shown(value: Any) -> str:
    """A value for a table, short: a tensor with its numbers and its shape."""
    if isinstance(value, Exception):
        return f"`{type(value).__name__}`: {value}"[:LONGEST].replace("\n", " ")
    if isinstance(value, torch.Tensor) and value.dim():
        shape = f"({', '.join(map(str, value.shape))}{',' * (value.dim() == 1)})"
        return f"{_code(str(_rounded(value.tolist())))} {shape}"
    if isinstance(value, torch.Tensor):
        value = value.item()
    return _code(repr(_rounded(value)))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        short = float(f"{value:.4g}")
        return int(short) if short.is_integer() else short
    if isinstance(value, list | tuple):
        return type(value)(map(_rounded, value))
    return value


def _code(text: str) -> str:
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    fence = "``" if "`" in short else "`"
    return f"{fence}{short}{fence}"
