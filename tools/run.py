"""Run the notebooks with nbmake, two at a time, and keep what they show for the book: `make run`.

What shows in seconds how long things take runs afterwards, one after another: beside a second
notebook its times would be those of half a machine.

The book's own run takes one notebook after another; what this has kept it does not run again.

    python tools/run.py              run every notebook of both languages
    python tools/run.py --missing    only those whose outputs the book has not kept
    python tools/run.py --nudged     all, with first weights that differ in the seventh digit

Processors round differently, and training makes much of little: what a chapter claims must hold
after such a nudge too. Nothing of those runs is kept.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from book.languages import LANGUAGES
from book.outputs import cache_of, prepare
from book.project import ROOT
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

# A glyph that no font has is a warning of Matplotlib's; here it fails the notebook.
GLYPHS = "error:Glyph:UserWarning"
# Two kernels that start at once may pick one port, and one never answers: only then, once more.
NBMAKE = [
    "--nbmake", "--overwrite", "--nbmake-timeout=600", "--reruns=2", "--only-rerun=t respond in",
]  # fmt: skip
TWO_AT_A_TIME = ["-n2", "--dist=worksteal"]
ALONE = ("14_bigger",)
NUDGE = """\
import torch


def nudged(reset):
    def reset_and_nudge(layer):
        reset(layer)
        with torch.no_grad():
            for numbers in layer.parameters(recurse=False):
                numbers *= 1 + 1e-6 * torch.sin(1e4 * numbers)  # the same for the same weights

    return reset_and_nudge


for kind in (torch.nn.Linear, torch.nn.RNNBase, torch.nn.RNNCellBase):
    kind.reset_parameters = nudged(kind.reset_parameters)
"""


def notebooks(root: Path) -> list[Path]:
    """Every notebook of the book."""
    return [path for lang in LANGUAGES for path in sorted(root.glob(f"chapters/{lang}/*.ipynb"))]


def is_kept(cache: JupyterCacheAbstract, path: Path) -> bool:
    """Whether the book has the outputs of a notebook with these cells."""
    try:
        cache.match_cache_notebook(nbformat.read(path, 4))
    except KeyError:
        return False
    return True


def is_done(notebook: NotebookNode) -> bool:
    """Whether every cell of an executed notebook ran, and none failed."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    return all(
        cell.execution_count and not any(o.output_type == "error" for o in cell.outputs)
        for cell in cells
    )


def keep(cache: JupyterCacheAbstract, copy: Path, path: Path) -> None:
    """Hand the outputs of an executed copy to the book, if it ran to its end."""
    notebook = nbformat.read(copy, 4)
    if not is_done(notebook):
        return
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # nbmake's times
    bundle = CacheBundleIn(notebook, str(path))
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def nudge(copy: Path) -> None:
    """Let a notebook begin by changing how layers draw their first weights."""
    notebook = nbformat.read(copy, 4)
    notebook.cells.insert(0, new_code_cell(NUDGE))
    nbformat.write(notebook, copy)


def run(root: Path, missing: bool, nudged: bool = False) -> int:
    """Run copies of the notebooks; the exit status of pytest."""
    cache = get_cache(cache_of(root))
    chosen = [path for path in notebooks(root) if not (missing and is_kept(cache, path))]
    if not chosen:
        return 0
    environment = {"PYTHONWARNINGS": GLYPHS, **os.environ}
    prepare(environment, root)
    with tempfile.TemporaryDirectory() as folder:  # nbmake leaves out what lies in _build
        copies = [Path(folder) / path.relative_to(root / "chapters") for path in chosen]
        for copy, path in zip(copies, chosen, strict=True):
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
            if nudged:
                nudge(copy)
        beside = [str(copy) for copy in copies if copy.stem not in ALONE]
        alone = [str(copy) for copy in copies if copy.stem in ALONE]
        status = 0
        for some in ([*TWO_AT_A_TIME, *beside] if beside else [], alone):
            if some:
                command = [sys.executable, "-m", "pytest", "-v", *NBMAKE, *some]
                status |= subprocess.run(command, cwd=folder, env=environment).returncode
        for copy, path in zip(copies, chosen, strict=True):
            if not nudged:
                keep(cache, copy, path)
    return status


if __name__ == "__main__":
    sys.exit(run(ROOT, missing="--missing" in sys.argv[1:], nudged="--nudged" in sys.argv[1:]))
