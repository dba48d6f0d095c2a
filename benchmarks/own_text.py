"""How many letters a second a long text is learned at: in the page, and by PyTorch, side by side.

    python benchmarks/own_text.py [--repeats 5] [--hidden 96]      (or: make bench)

Both do what `layers.train` does with its defaults, 16 places side by side and 64 letters at a
time, on the same text and from the same weights: PyTorch by `layers.train_epoch` on one thread,
the page by lab/arithmetic in headless Chromium, once with SIMD and once with plain loops, which
stand in for it where a browser has none. They take turns, so that a slow moment of the machine hits
all alike; each counts its fastest epoch, by the clock.

Exits with 1 if the page's GRU with SIMD reads less than half as many letters a second as PyTorch's.
"""

import argparse
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

import torch

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

import browser  # noqa: E402
from serve import serving  # noqa: E402

import charrnn  # noqa: E402
from charrnn import CharModel, layers  # noqa: E402
from charrnn.text import corpus  # noqa: E402

NEEDED_RATIO = 0.5
KINDS = ("rnn", "gru", "lstm")
LETTERS, BATCH, STEPS, RATE, CLIP = 30_000, 16, 64, 0.005, 1.0
EPOCH = """async ([shape, weights, letters, run, simd]) => {
  const { createLongTrainer } = await import("/arithmetic/long_training.js");
  const network = { ...shape, weights: Float32Array.from(weights) };
  const heldOut = letters.slice(0, 2);
  const compiled = simd ? undefined : null;
  const trainer = createLongTrainer(network, { letters, heldOut, ...run, compiled });
  trainer.work(Infinity, 1);
  const start = performance.now();
  trainer.work(Infinity, 2);
  return [(performance.now() - start) / 1000, trainer.losses[1]];
}"""


def pytorch(model, letters):
    """Seconds of the second epoch, and its loss."""
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    rows = layers.batchify(letters, BATCH)
    layers.train_epoch(model, optimizer, rows, STEPS, CLIP)
    start = time.perf_counter()
    loss = layers.train_epoch(model, optimizer, rows, STEPS, CLIP)
    return time.perf_counter() - start, loss


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--hidden", type=int, default=96)
    given = parser.parse_args()
    text = corpus.english()[:LETTERS]
    alphabet = corpus.alphabet(text)
    letters = alphabet.encode(text, marks=False)
    run = {"batch": BATCH, "steps": STEPS, "learningRate": RATE, "clip": CLIP}
    print(
        f"{LETTERS} letters, {given.hidden} hidden units, one thread, fastest of {given.repeats}; "
        f"{platform.machine()}, Python {platform.python_version()}, torch {version('torch')}\n"
    )
    print("| | PyTorch, letters a second | in the page | ratio | plain loops | ratio | losses |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    ratios = {}
    lab = Path(charrnn.__file__).parent / "lab"
    with serving(lab) as address, browser.running() as chromium:
        page = chromium.new_page()
        page.goto(f"{address}lab.css")  # any page of the same origin
        for kind in KINDS:
            found = {"torch": [], "simd": [], "plain": []}
            for _ in range(given.repeats):
                torch.manual_seed(0)
                model = CharModel(alphabet.size, given.hidden, kind)
                weights = torch.nn.utils.parameters_to_vector(model.parameters()).tolist()
                shape = {"kind": kind, "V": alphabet.size, "H": given.hidden}
                for name in ("simd", "plain"):
                    sent = [shape, weights, letters.tolist(), run, name == "simd"]
                    found[name].append(page.evaluate(EPOCH, sent))
                found["torch"].append(pytorch(model, letters))
            pace = {name: LETTERS / min(runs)[0] for name, runs in found.items()}
            ratios[kind] = pace["simd"] / pace["torch"]
            differ = abs(found["simd"][0][1] - found["torch"][0][1])
            print(
                f"| {kind} | {pace['torch']:,.0f} | {pace['simd']:,.0f} | {ratios[kind]:.2f} "
                f"| {pace['plain']:,.0f} | {pace['plain'] / pace['torch']:.2f} "
                f"| {differ:.0e} apart |"
            )
    if ratios["gru"] < NEEDED_RATIO:
        print(f"Needed: at least {NEEDED_RATIO} for the GRU.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
