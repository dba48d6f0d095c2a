"""Serve the built book on this machine: `make serve`."""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1] / "_build" / "html"


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder at this port of 127.0.0.1, or at a free one if it is taken."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def main(folder: Path, port: int) -> None:
    if not (folder / "index.html").is_file():
        sys.exit(f"There is no book in {folder}. Build it first: make book")
    with server(folder, port) as book:
        print(f"\nhttp://127.0.0.1:{book.server_port}/  (Ctrl+C stops)\n", flush=True)
        try:
            book.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(BOOK, int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
