"""When the notebooks must run again, and what they run with."""

import os
import shutil
from pathlib import Path

from book.outputs import cache_of, prepare
from sphinx.application import Sphinx
from sphinx.config import Config


def on_config(app: Sphinx, config: Config) -> None:
    """Run the notebooks again when the package has changed, and drop what it gave before."""
    if config.nb_execution_cache_path or not (Path(app.confdir) / "src").is_dir():
        return
    cache = cache_of(Path(app.confdir), Path(app.outdir).parent)
    for older in cache.parent.glob("?" * len(cache.name)):
        if older != cache:
            shutil.rmtree(older)
    # The changed setting also makes Sphinx read every page again.
    config.nb_execution_cache_path = str(cache)


def setup(app: Sphinx) -> None:
    """Set what the notebooks run with."""
    prepare(os.environ, Path(app.confdir))
    app.connect("config-inited", on_config)
