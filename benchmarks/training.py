"""How long the post's string takes to train, six ways, side by side in one run.

    python benchmarks/training.py [--repeats 3] [--epochs 1000]      (or: make bench)

Four contestants of `contestants.py` start from the same weights and do the same arithmetic:

- the post's loop, restated in tests/post.py: one letter at a time, autograd;
- `nn.RNN` over the whole string at once, one output layer, autograd;
- in the page: the living figure's arithmetic, lab/arithmetic, in headless Chromium;
- `charrnn.train`: the gradients by hand in NumPy, torch's fused Adam.

Two more are loops in the shape of well-known tutorials, networks of their own.

Each training runs in a process of its own, on one thread (on arrays this small the fastest for
all), and the contestants take turns, so that a slow moment of the machine hits all alike.

Time is that of the epochs alone, after 20 epochs to warm up: the fastest of the repeats. Peak
memory is the process's largest resident set as the kernel counts it (`ru_maxrss`, so Linux and
macOS only): nearly all of it is PyTorch itself, so what training added stands beside it. The
memory of a browser is spread over its processes and is not counted.

Exits with 1 if the package is not at least 20 times as fast as the post's loop, or if its losses
leave the post's by more than 1e-6 within the first 50 epochs.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from contestants import CONTESTANTS, OTHER_NETWORKS, page

ROOT = Path(__file__).parent.parent
NEEDED_RATIO = 20.0
ALLOWED_DIFFERENCE = 1e-6
COMPARED_EPOCHS = 50  # later, rounding alone drives even equal runs apart


def one(name: str, seed: int, epochs: int) -> None:
    """One training in this process; its figures go to standard output."""
    import resource

    import post  # noqa: F401
    import torch

    import charrnn  # noqa: F401  every process carries the same libraries

    def peak() -> float:  # MiB; macOS counts bytes, Linux KiB
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20

    # What the first optimizer step of any kind loads is not the contestant's own.
    speck = torch.nn.Linear(1, 1)
    speck(torch.ones(1)).backward()
    for fused in (True, False):
        torch.optim.Adam(speck.parameters(), fused=fused).step()
    if CONTESTANTS[name] is page:  # it warms up and takes the time by itself
        losses, seconds = page(seed, epochs)
        json.dump({"seconds": seconds, "peak": None, "added": None, "losses": losses}, sys.stdout)
        return
    before = peak()
    CONTESTANTS[name](seed, 20)
    start = time.perf_counter()
    losses = CONTESTANTS[name](seed, epochs)
    seconds = time.perf_counter() - start
    json.dump({"seconds": seconds, "peak": peak(), "added": peak() - before, "losses": losses},
              sys.stdout)  # fmt: skip


def run(name: str, seed: int, epochs: int) -> dict:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tools")])
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, "--seed", str(seed), "--epochs", str(epochs)],
        env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def most(runs: list[dict], key: str) -> str:
    """The largest of a memory figure over the runs, as the table writes it."""
    values = [run[key] for run in runs if run[key] is not None]
    return f"{max(values):.1f} MiB" if values else "–"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--one", choices=CONTESTANTS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one, given.seed, given.epochs)
        return 0

    results: dict[str, list[dict]] = {name: [] for name in CONTESTANTS}
    for _ in range(given.repeats):
        for name in CONTESTANTS:
            results[name].append(run(name, given.seed, given.epochs))

    reference = results["the post's loop"]
    post_seconds = min(r["seconds"] for r in reference)
    post_losses = reference[0]["losses"][:COMPARED_EPOCHS]
    print(
        f"{given.epochs} epochs of the post's string, fastest of {given.repeats}, one thread; "
        f"{platform.machine()}, Python {platform.python_version()}, torch {version('torch')}\n"
    )
    print("| | time | ratio | peak memory | added by training | largest loss difference |")
    print("| --- | --: | --: | --: | --: | --: |")
    for name, runs in results.items():
        seconds = min(r["seconds"] for r in runs)
        ratio = post_seconds / seconds
        peak, added = (most(runs, key) for key in ("peak", "added"))
        differs = "–"
        if name not in OTHER_NETWORKS:
            losses = runs[0]["losses"][:COMPARED_EPOCHS]
            difference = max(abs(a - b) for a, b in zip(losses, post_losses, strict=True))
            differs = f"{difference:.1e}"
        if name == "charrnn.train":
            package_ratio, package_difference = ratio, difference
        print(f"| {name} | {seconds:.2f} s | {ratio:.1f} × | {peak} | {added} | {differs} |")
    print(f"\nThe differences are over the first {len(post_losses)} epochs.")
    if package_ratio < NEEDED_RATIO or package_difference > ALLOWED_DIFFERENCE:
        print(f"Needed: at least {NEEDED_RATIO:.0f} × and at most {ALLOWED_DIFFERENCE:.0e}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
