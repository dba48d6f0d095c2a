"""Where what the notebooks show is kept, and what they run with."""

import hashlib
import os
from collections.abc import MutableMapping
from pathlib import Path

# Where torch, and NumPy with either of its libraries, look how many threads to start.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def hash_of(folder: Path) -> str:
    """A hash of every file below a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        built = any(part == "__pycache__" or part.endswith(".egg-info") for part in path.parts)
        if path.is_file() and not built and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_of(root: Path, build: Path | None = None) -> Path:
    """The folder of the outputs that this state of src/ gives.

    jupyter-cache looks at a notebook's cells only: after a change of the package it would serve
    old outputs.
    """
    return (build or root / "_build") / ".jupyter_cache" / hash_of(root / "src")


def prepare(environment: MutableMapping[str, str], root: Path) -> None:
    """Set what the notebooks run with, in the environment of a process that starts them."""
    source = root / "src"
    if source.is_dir():  # the package as it stands in this folder, installed or not
        paths = [str(source), *environment.get("PYTHONPATH", "").split(os.pathsep)]
        environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    environment["TQDM_DISABLE"] = "1"  # a progress bar has no place on paper
    # On arrays this small more threads only wait for one another, and beside other work a chapter
    # of seconds takes minutes. Whoever chooses a number keeps it.
    if not any(name in environment for name in THREADS):
        environment.update(dict.fromkeys(THREADS, "1"))
