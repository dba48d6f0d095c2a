"""What the notebooks run with, and when they must run again."""

import hashlib
import os
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

# Where torch, and NumPy with either of its libraries, look how many threads to start.
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def hash_of(folder: Path) -> str:
    """A hash of every file below a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def on_config(app: Sphinx, config: Config) -> None:
    """Let the notebooks import the package of this folder, and run again when it has changed."""
    source = Path(app.confdir) / "src"
    if not source.is_dir():
        return
    # The notebooks import the package as it stands in this folder, installed or not.
    paths = [str(source), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    # jupyter-cache looks at a notebook's cells only: after a change of the package it would
    # serve old outputs. The changed setting also makes Sphinx read every page again.
    if not config.nb_execution_cache_path:
        cache = Path(app.outdir).parent / ".jupyter_cache" / hash_of(source)
        for older in cache.parent.glob("?" * len(cache.name)):
            if older != cache:
                shutil.rmtree(older)
        config.nb_execution_cache_path = str(cache)


def setup(app: Sphinx) -> None:
    """Set what the notebooks run with."""
    os.environ["TQDM_DISABLE"] = "1"  # a progress bar has no place on paper
    # On arrays this small more threads only wait for one another, and beside other work a chapter
    # of seconds takes minutes. Whoever chooses a number keeps it.
    if not any(name in os.environ for name in THREADS):
        os.environ.update(dict.fromkeys(THREADS, "1"))
    app.connect("config-inited", on_config)
