"""Build the book again at each change and show it: `make live`.

Everything stays in one process, so that a change of prose is on the page in seconds: the notebooks
of the changed source are written, Sphinx reads and writes their pages, and the pages that are open
in a browser load themselves anew. A cell whose code has changed is run, which takes its time. The
tools for this that exist (sphinx-autobuild) start Sphinx each time and put a script of their own
into the pages, which the pages' content security policy forbids; here the policy is left out of
what is served, and of nothing that is built.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import serve
from book.project import ROOT

# What a page is made of.
WATCHED = (
    "chapters/*.md",
    "chapters/*/*.svg",
    "*.md",
    "*.yml",
    "_ext/bilingual/theme/**/*.*",
    "src/charrnn/**/*.*",
)
POLICY = '<meta http-equiv="Content-Security-Policy" '
RELOAD = '<script>fetch("/live").then((r) => r.ok && location.reload())</script>'
PAUSE = 0.3  # seconds between two looks at the files
LONGEST_WAIT = 3600


class Changes:
    """Counts the builds; a page that is open waits for the next."""

    def __init__(self) -> None:
        self.built = threading.Condition()
        self.number = 0

    def add(self) -> None:
        """There is a new build: all who wait go on."""
        with self.built:
            self.number += 1
            self.built.notify_all()

    def wait(self, seconds: float = LONGEST_WAIT) -> bool:
        """Wait for the next build; whether there was one."""
        with self.built:
            now = self.number
            return self.built.wait_for(lambda: self.number > now, seconds)


CHANGES = Changes()


class Handler(serve.Handler):
    """The pages of the book, each with a line that loads it anew after the next build."""

    def do_GET(self) -> None:
        """Answer a page's question for the next build, or with a page or file."""
        if self.path == "/live":
            there = CHANGES.wait()
            self.send_response(HTTPStatus.NO_CONTENT if there else HTTPStatus.REQUEST_TIMEOUT)
            self.end_headers()
            return
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix != ".html" or not page.is_file():
            super().do_GET()
            return
        body = reloading(page.read_text("utf-8")).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def reloading(page: str) -> str:
    """A page's HTML as it is served: without its policy, with what loads it anew."""
    before, found, after = page.partition(POLICY)
    if found:
        page = before + after.partition(">")[2]
    return page.replace("</body>", RELOAD + "</body>", 1)


def times(root: Path) -> dict[Path, float]:
    """When each watched file was last changed."""
    found = {path for pattern in WATCHED for path in root.glob(pattern) if path.is_file()}
    return {path: path.stat().st_mtime for path in found if "__pycache__" not in path.parts}


def changes(root: Path, pause: float = PAUSE) -> Iterator[list[Path]]:
    """The files that changed, came or went since the last time, whenever there are any."""
    before = times(root)
    while True:
        time.sleep(pause)
        try:
            now = times(root)
        except FileNotFoundError:  # an editor puts a new file in the place of the old one
            continue
        if changed := sorted(path for path, _ in before.items() ^ now.items()):
            before = now
            yield list(dict.fromkeys(changed))


def build(root: Path) -> None:
    """Write the notebooks and the pages that are not what their sources build.

    A fault is printed; the pages stay as they were.
    """
    import notebooks
    from jupyter_book.sphinx import build_sphinx

    start = time.monotonic()
    folder = root / "_build"
    try:
        notebooks.main(root, check=False)
        done: Any = build_sphinx(
            str(root),
            str(folder / "html"),
            noconfig=True,
            path_config=str(root / "_config.yml"),
            doctreedir=str(folder / ".doctrees"),
            confoverrides={"latex_individualpages": False},  # it is asked for without fail
            quiet=True,
        )
    except SystemExit as error:
        done = error
    if isinstance(done, BaseException):
        print(f"\n{done}\nMend this and save; the pages are as they were.", file=sys.stderr)
    print(f"Built in {time.monotonic() - start:.1f} seconds.", flush=True)


def main(root: Path, port: int, build: Callable[[Path], None] = build) -> None:
    """Build, serve, and build again at each change, until Ctrl+C."""
    build(root)
    with serve.server(root / "_build" / "html", port, Handler) as book:
        threading.Thread(target=book.serve_forever, daemon=True).start()
        print(f"\nhttp://{serve.HOST}:{book.server_port}/  (Ctrl+C stops)\n", flush=True)
        try:
            for changed in changes(root):
                print("Changed:", ", ".join(str(path.relative_to(root)) for path in changed))
                build(root)
                CHANGES.add()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(ROOT, serve.port_of(sys.argv[1] if len(sys.argv) > 1 else "8000"))
