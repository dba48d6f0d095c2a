"""A warning fails the build, also the plain `jupyter-book build .` that knows no -W."""

from pathlib import Path

from sphinx.application import Sphinx


def on_finished(app: Sphinx, exception: Exception | None) -> None:
    """Fail a build that warned, and let the next one read all pages again."""
    if exception is None and app._warncount:
        app.statuscode = 1
        # A page once read would not repeat its warnings: the next build reads all of them again.
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register what fails the build."""
    app.connect("build-finished", on_finished)
