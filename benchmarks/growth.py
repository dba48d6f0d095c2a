"""How the cost of training grows with the text, the hidden units and the batch: `make bench`.

    python benchmarks/growth.py [--repeats 3]

All in one process on one thread. The cases of a table take turns, so that a slow moment of the
machine hits all alike; the fastest of the repeats counts, in thousands of letters a second.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch

import charrnn
from charrnn import layers
from charrnn.text import corpus

KINDS = ("RNN", "GRU", "LSTM")


def speeds(cases: dict[Any, tuple[int, Callable[[], object]]], repeats: int) -> dict[Any, float]:
    """Letters a second of each case: how many it reads, and what reads them."""
    best: dict[Any, float] = {}
    for _ in range(repeats):
        for name, (letters, work) in cases.items():
            start = time.perf_counter()
            work()
            best[name] = max(best.get(name, 0), letters / (time.perf_counter() - start))
    return best


def scratch(times: int, hidden: int) -> tuple[int, Callable[[], object]]:
    """`charrnn.train` on the post's sentence said so many times over."""
    text = charrnn.SENTENCE * times
    epochs = max(1, 60 // times)
    return (len(text) + 1) * epochs, lambda: charrnn.train(
        text, hidden_size=hidden, epochs=epochs, progress=False
    )


def long(kind: str, letters: int, hidden: int, batch: int) -> tuple[int, Callable[[], object]]:
    """One epoch of `charrnn.layers.train` on a long English text, said over where it is short."""
    text = corpus.english()
    alphabet = corpus.alphabet(text)
    indices = alphabet.encode(text, marks=False)
    indices = indices.repeat(letters // len(indices) + 1)[:letters]

    def work() -> None:
        torch.manual_seed(0)
        model = charrnn.CharModel(alphabet.size, hidden, kind.lower())
        layers.train(model, indices, epochs=1, batch=batch, steps=32, progress=False)

    return letters, work


def tables() -> Iterator[tuple[str, list[Any], tuple[str, ...], Callable[..., Any]]]:
    """Title, rows, columns, and the case of a row and a column."""
    yield (
        "charrnn.train, by hidden units; the sentence once, 4 and 16 times over",
        [16, 35, 70, 140], ("1", "4", "16"),
        lambda hidden, times: scratch(int(times), hidden),
    )  # fmt: skip
    yield (
        "layers.train, by letters of the text; 96 units, batch 16",
        [10_000, 30_000, 100_000], KINDS,
        lambda letters, kind: long(kind, letters, 96, 16),
    )  # fmt: skip
    yield (
        "layers.train, by hidden units; 20,000 letters, batch 16",
        [32, 96, 256], KINDS,
        lambda hidden, kind: long(kind, 20_000, hidden, 16),
    )  # fmt: skip
    yield (
        "layers.train, by batch; 20,000 letters, 96 units",
        [4, 16, 64, 256], KINDS,
        lambda batch, kind: long(kind, 20_000, 96, batch),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    torch.set_num_threads(1)
    for title, rows, columns, case in tables():
        found = speeds({(r, c): case(r, c) for r in rows for c in columns}, repeats)
        print(f"\n{title}: thousands of letters a second\n")
        print("| | " + " | ".join(columns) + " |")
        print("| --: |" + " --: |" * len(columns))
        for r in rows:
            print(f"| {r:,} | " + " | ".join(f"{found[r, c] / 1000:.1f}" for c in columns) + " |")


if __name__ == "__main__":
    main()
