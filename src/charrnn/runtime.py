"""What every run needs: one thread, a seed of its own, a draw, a device, the bar, divergence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray

from charrnn.arguments import MOST_SEED, flag, one_of, whole
from charrnn.history import History

DEVICES = ("cpu", "cuda", "mps")  # where PyTorch may compute: processor, NVIDIA or AMD, Apple


class DivergenceError(ArithmeticError):
    """The loss became nan or inf; ``epoch`` says when, ``history`` holds the losses before."""

    def __init__(self, message: str, epoch: int, history: History) -> None:
        super().__init__(message)
        self.epoch = epoch
        self.history = history


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep torch to one thread: on arrays this small, sharing the work takes longer than doing it.

    On a busy machine the threads wait for one another, and a run of a quarter of a second can
    take many seconds. Also a decorator: ``@one_thread()``.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw from torch's global generator as after ``torch.manual_seed(seed)``, then put it back.

    Raises:
        TypeError, ValueError: a seed that is no whole number from 0 to 2**32 - 1.
    """
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield


def has_device(name: str) -> bool:
    """Whether PyTorch can compute on such a device here.

    Raises:
        ValueError: a name that is none of `DEVICES`.
    """
    one_of("name", name, DEVICES)
    if name == "cuda":
        return torch.cuda.is_available()
    return name == "cpu" or bool(torch.backends.mps.is_available())


def draw_index(chances: NDArray[np.float64], generator: torch.Generator) -> int:
    """The index that ``torch.multinomial(chances, 1)`` draws, without its checks.

    A race (Efraimidis and Spirakis 2006): each index waits for a time that is exponential and the
    shorter, the larger its chance; the first one is drawn.

    Args:
        chances: ``(V,)``, 0 or more and not all 0.
        generator: is left as ``torch.multinomial`` leaves it.
    """
    waits = torch.empty(len(chances), dtype=torch.float64).exponential_(generator=generator)
    return int((chances / waits.numpy()).argmax())


def hide_bar(progress: bool) -> bool:
    """Whether to hide a progress bar: the caller asks for none, or TQDM_DISABLE is set.

    tqdm's bar for notebooks does not look at TQDM_DISABLE by itself.

    Raises:
        TypeError: ``progress`` is not a bool.
    """
    return not flag("progress", progress) or os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
