"""Serve the built book on this machine, and to this machine only: `make serve`."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BOOK = Path(__file__).resolve().parents[1] / "_build" / "html"
HOST = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """The files of a folder and nothing else, without a line in the terminal for each."""

    def send_head(self) -> Any:
        try:
            return super().send_head()
        except ValueError:  # a path that no file can have, as /%00
            self.send_error(HTTPStatus.NOT_FOUND)

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        # After a build the browser has to show the new page, so it asks each time.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who leaves before a page has come is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int, handler: type[Handler] = Handler) -> Server:
    """A server of a folder at this port of 127.0.0.1, or at a free one if it is taken."""
    at_folder = partial(handler, directory=str(folder))
    try:
        return Server((HOST, port), at_folder)
    except OSError:
        return Server((HOST, 0), at_folder)


@contextmanager
def serving(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """The address of a folder, served at a free port beside what the block does."""
    with server(folder, 0, handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{running.server_port}/"
        running.shutdown()


def port_of(text: str) -> int:
    """The number that ``PORT=`` names; 0 stands for any free one."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        sys.exit(f"PORT={text} is no port. Name a number up to 65535: make serve PORT=8000")
    return int(text)


def main(folder: Path, port: int) -> None:
    """Serve a built book until Ctrl+C; SystemExit if there is none."""
    if not (folder / "index.html").is_file():
        sys.exit(f"There is no book in {folder}. Build it first: make book")
    with server(folder, port) as book:
        print(f"\nhttp://{HOST}:{book.server_port}/  (Ctrl+C stops)\n", flush=True)
        try:
            book.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(BOOK, port_of(sys.argv[1] if len(sys.argv) > 1 else "8000"))
