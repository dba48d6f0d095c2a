"""The error of a file that cannot be read as what it should be."""

from pathlib import Path


class SourceError(Exception):
    """A source that cannot be built: where and why."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message
