"""Files that are one list of entries, as glossary.yml is."""

from pathlib import Path
from typing import Any

import yaml

from book.fault import SourceError


def read(path: Path, what: str) -> list[tuple[int, Any]]:
    """Each entry of a YAML file with the line at which it begins; `what` names them.

    Raises:
        SourceError: the file is not YAML, or no list.
    """
    text = path.read_text("utf-8")
    try:
        node, found = yaml.compose(text), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(path, line, f"not YAML: {error.problem}") from error
    if not isinstance(found, list):
        raise SourceError(path, 1, f"holds no {what}")
    return [
        (item.start_mark.line + 1, entry) for item, entry in zip(node.value, found, strict=True)
    ]
