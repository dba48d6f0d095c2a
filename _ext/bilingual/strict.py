"""A warning fails the build, also the plain `jupyter-book build .` that knows no -W."""

from pathlib import Path


def on_finished(app, exception):
    if exception is None and app._warncount:
        app.statuscode = 1
        # A page once read would not repeat its warnings: the next build reads all of them again.
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)


def setup(app):
    app.connect("build-finished", on_finished)
