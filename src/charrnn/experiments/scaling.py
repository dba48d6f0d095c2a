"""Chapter 14. Where the time of training goes, measured; and the cost model that is fitted to it.

Shapes: B rows side by side, T letters in a segment, H hidden units, V letters known.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from charrnn.arguments import flag, one_of, quoted, real, whole
from charrnn.experiments.cost import STEPS, VOCAB, StepCost
from charrnn.layers.model import LAYERS, CharModel, next_letter_loss
from charrnn.runtime import DEVICES, has_device, one_thread, seeded

MOST_HIDDEN, MOST_BATCH, MOST_LENGTH, MOST_REPEATS = 8192, 65_536, 65_536, 1_000
TICK, DAY = 1e-9, 86_400.0  # seconds of a step: what is shorter or longer was not measured
HEADS = 4  # of attention

Measured = Mapping[tuple[int, int], float]  # seconds of a step by (H, B)


@dataclass(frozen=True)
class StepSeconds:
    """Seconds of the three parts of one step of training, and the letters that it read."""

    forward: float
    backward: float
    update: float
    letters: int

    @property
    def total(self) -> float:
        """Seconds of the whole step."""
        return self.forward + self.backward + self.update

    @property
    def letters_a_second(self) -> float:
        """How many letters are learned from in a second."""
        return self.letters / self.total


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def step_seconds(
    kind: str, hidden: int, batch: int, *, steps: int = STEPS, threads: int = 1,
    device: str = "cpu", mixed: bool = False, repeats: int = 5, budget: float = 1.0,
) -> StepSeconds:  # fmt: skip
    """How long one step of training takes here: the fastest of a few, on letters drawn at random.

    Other work on the machine only ever makes a step slower, so the fastest tells most.

    Args:
        kind: ``"rnn"``, ``"gru"`` or ``"lstm"``.
        hidden: H.
        batch: B, rows.
        steps: T, letters of each row.
        threads: that PyTorch may use on the processor.
        device: where the model is, ``"cpu"``, ``"cuda"`` or ``"mps"``.
        mixed: compute in bfloat16 where PyTorch deems it safe (`torch.autocast`).
        repeats: how many steps are timed, at most.
        budget: seconds after which no further step is begun.

    Raises:
        TypeError: an argument of another kind.
        ValueError: a number out of range, another kind of layer, or a device that is not here.
    """
    one_of("kind", kind, LAYERS)
    if not has_device(one_of("device", device, DEVICES)):
        raise ValueError(f"device must be one that this machine has, got {device!r}.")
    hidden = whole("hidden", hidden, least=1, most=MOST_HIDDEN)
    batch = whole("batch", batch, least=1, most=MOST_BATCH)
    steps = whole("steps", steps, least=1, most=MOST_LENGTH)
    threads = whole("threads", threads, least=1, most=1024)
    repeats = whole("repeats", repeats, least=1, most=MOST_REPEATS)
    budget, mixed = real("budget", budget, least=0), flag("mixed", mixed)
    with seeded(0), _threads(threads):
        model = CharModel(VOCAB, hidden, kind).to(device)
        letters = torch.randint(VOCAB, (batch, steps + 1)).to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
        begun = perf_counter()
        found = [_one_step(model, optimizer, letters, mixed)]
        for _ in range(repeats):  # the first of all is slow, and counts only by itself
            if perf_counter() - begun > budget:
                break
            found.append(_one_step(model, optimizer, letters, mixed))
    return min(found[1:] or found, key=lambda step: step.total)


def _one_step(
    model: CharModel, optimizer: torch.optim.Optimizer, letters: Tensor, mixed: bool
) -> StepSeconds:
    times = [_now(letters)]
    with torch.autocast(letters.device.type, torch.bfloat16, enabled=mixed):
        loss, _ = next_letter_loss(model, letters)
    times.append(_now(letters))
    optimizer.zero_grad()
    loss.backward()
    times.append(_now(letters))
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    times.append(_now(letters))
    forward, backward, update = np.diff(times).tolist()
    return StepSeconds(forward, backward, update, letters[:, 1:].numel())


def _now(letters: Tensor) -> float:
    if letters.device.type != "cpu":  # a GPU is told what to do long before it has done it
        getattr(torch, letters.device.type).synchronize()
    return perf_counter()


@one_thread()
def products_a_second(size: int = 1024) -> float:
    """How many multiplications one core does in a second at what it does best.

    That is the product of two square matrices of ``size`` rows; the fastest of a few counts.

    Raises:
        TypeError, ValueError: a size that is no whole number from 1 to `MOST_HIDDEN`.
    """
    size = whole("size", size, least=1, most=MOST_HIDDEN)
    square, found = torch.ones(size, size), []
    for _ in range(20):
        begun = perf_counter()
        _ = square @ square
        found.append(perf_counter() - begun)
    return size**3 / min(found)


@contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def fit(measured: Measured) -> StepCost:
    """The `StepCost` that comes closest to measured steps, by its relative errors squared.

    No part of it is below 0: of the choices of parts that may be above 0, the best is taken.

    Args:
        measured: seconds of a step by (H, B), 4 of them or more; a nanosecond to a day.

    Raises:
        TypeError: no mapping of numbers by pairs of whole numbers.
        ValueError: too few, or a number out of range.
    """
    if not isinstance(measured, Mapping):
        raise TypeError(f"measured must be a dict of seconds by (H, B), got {quoted(measured)}.")
    if len(measured) < 4:
        raise ValueError(f"measured must be 4 steps or more, got {len(measured)}.")
    rows, seconds = [], []
    for pair, value in measured.items():
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"measured must be named by pairs (H, B), got {quoted(pair)}.")
        hidden = whole("measured, H of each,", pair[0], least=1, most=MOST_HIDDEN)
        batch = whole("measured, B of each,", pair[1], least=1, most=MOST_BATCH)
        rows.append((1, hidden**2, batch * hidden, batch * hidden**2))
        seconds.append(real("measured, the seconds of each,", value, least=TICK, most=DAY))
    # Each row divided by its seconds: what is then missing to 1 is the relative error.
    relative = np.array(rows, dtype=float) / np.array(seconds)[:, None]  # (steps, 4)
    best, least = np.zeros(4), np.inf
    for count in range(1, 5):
        for chosen in map(list, combinations(range(4), count)):
            values = np.zeros(4)
            values[chosen] = np.linalg.lstsq(relative[:, chosen], np.ones(len(rows)), rcond=None)[0]
            missing = float(((relative @ values - 1) ** 2).sum())
            if values.min() >= 0 and missing < least:
                best, least = values, missing
    return StepCost(*best.tolist())


@one_thread()
def reading_seconds(way: str, length: int, letters: int, width: int = 96) -> float:
    """Seconds to read texts of one length, forward and backward, on one thread.

    Args:
        way: ``"gru"``, or ``"attention"``, in which each place looks at all before it.
        length: T, of each text; it divides ``letters``.
        letters: of all texts together.
        width: H, a multiple of 4.

    Raises:
        TypeError: what is no whole number, or another way.
        ValueError: a number out of range, or that does not divide.
    """
    one_of("way", way, _WAYS)
    length = whole("length", length, least=1, most=MOST_LENGTH)
    letters = whole("letters", letters, least=1, most=2**24)
    width = whole("width", width, least=HEADS, most=MOST_HIDDEN)
    if letters % length or width % HEADS:
        raise ValueError(
            f"length must divide letters={letters}, got {length}; "
            f"width must be a multiple of {HEADS}, got {width}."
        )
    with seeded(0):
        read = _WAYS[way](width)
        rows = torch.randn(letters // length, length, width)  # (B, T, H)
        found = []
        for _ in range(3):
            begun = perf_counter()
            read(rows).sum().backward()
            found.append(perf_counter() - begun)
    return min(found)


def _gru(width: int) -> Callable[[Tensor], Tensor]:
    layer = nn.GRU(width, width, batch_first=True)

    def read(rows: Tensor) -> Tensor:
        states: Tensor = layer(rows)[0]
        return states

    return read


def _attention(width: int) -> Callable[[Tensor], Tensor]:
    into, out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def read(rows: Tensor) -> Tensor:
        count, length, _ = rows.shape
        parts = into(rows).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        query, key, value = parts  # (B, HEADS, T, H / HEADS) each
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        told: Tensor = out(mixed.transpose(1, 2).reshape(count, length, width))
        return told

    return read


_WAYS = {"gru": _gru, "attention": _attention}
