"""Which room of tools/ and _ext/ imports which: only what stands below it, none in a circle."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from book.languages import EVERYWHERE, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in (ROOT / "tools", ROOT / "_ext")
    for path in sorted(folder.rglob("*.py"))
}
# A room may import those before it.
ROOMS = ("book", "bilingual", "notebooks", "gate")


def imports(name):
    """The modules of ours that a module imports when it is loaded."""
    path = FILES[name]
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(filter(None, (package if node.level else "", node.module)))
            named = {f"{start}.{alias.name}" for alias in node.names}
            # `from . import glossary` needs that module, and nothing of the package's own file.
            found |= named if named <= FILES.keys() else {start, *named}
    return found & FILES.keys() - {name}


def test_no_import_goes_in_a_circle():
    # What lies in a package is not above the package's own first file, which may name its parts.
    order = list(TopologicalSorter({name: imports(name) for name in FILES}).static_order())
    assert len(order) == len(FILES) > 30


@pytest.mark.parametrize("name", FILES)
def test_a_room_imports_only_what_stands_below(name):
    room = name.split(".")[0]
    if room in ROOMS:
        above = set(ROOMS[ROOMS.index(room) + 1 :])
        assert not above & {other.split(".")[0] for other in imports(name)}


def test_the_package_speaks_every_language_of_the_book():
    # The package stands alone, in Colab too, so it cannot take the list from the tools.
    texts = [path.read_text("utf-8") for path in (ROOT / "src/charrnn").rglob("*.py")]
    (listed,) = [found for text in texts for found in re.findall(r"(?m)^LANGUAGES = (.*)$", text)]
    assert set(EVERYWHERE) <= set(ast.literal_eval(listed)) == set(LANGUAGES)
