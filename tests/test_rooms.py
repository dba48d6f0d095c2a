"""The plan of the house: each room imports only what stands below it, and no module itself."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "charrnn"
TRANSLATED = {"arguments", "translations"}
BASE = {"arguments", "history", "runtime", "text"}
BELOW = {  # room: those that it may import
    "arguments": set(),
    "translations": {"arguments"},
    "history": {"arguments"},
    "runtime": {"arguments", "history"},
    "text": TRANSLATED,  # an unknown letter is told in the language of the page
    "scratch": BASE,
    "layers": BASE | TRANSLATED,  # a damaged file is told in the language of the page
    "command": BASE | TRANSLATED | {"layers"},
    "__main__": {"command"},
    "experiments": BASE | {"scratch", "layers"},
    "notebook": TRANSLATED,
    "pictures": TRANSLATED | {"history", "text", "scratch", "layers"},
    "lab": BASE | TRANSLATED | {"scratch", "layers", "pictures", "experiments"},
    "exercises": BASE | TRANSLATED | {"scratch", "layers", "experiments", "notebook", "lab"},
}


def module_of(path, root):
    """The dotted name of a file, its folder's for ``__init__.py``."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path, names):
    """The modules among ``names`` that a file imports, at its head or within a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in names else node.module for name in whole}
    return found & names


def graph(root, pattern="**/*.py"):
    files = {module_of(path, root.parent): path for path in root.glob(pattern)}
    return {name: imports(path, set(files)) - {name} for name, path in files.items()}


MODULES = graph(PACKAGE)


def room(module):
    return module.split(".")[1] if "." in module else "charrnn"


def test_every_room_is_on_the_plan():
    assert {room(module) for module in MODULES} == {*BELOW, "charrnn"}


@pytest.mark.parametrize("name", BELOW)
def test_a_room_imports_only_what_stands_below(name):
    inside = {module: seen for module, seen in MODULES.items() if room(module) == name}
    above = {
        (module, other)
        for module, seen in inside.items()
        for other in seen
        if room(other) not in {name, *BELOW[name]}
    }
    assert inside and above == set()


def test_nothing_but_its_own_entry_imports_the_command_line():
    users = {module for module, seen in MODULES.items() if "command" in map(room, seen)}
    assert {room(module) for module in users} == {"__main__", "command"}


def test_no_module_of_the_package_imports_itself_on_the_way_round():
    # A room's own file imports the modules in it, which import one another by name.
    plain = {name: seen for name, seen in MODULES.items() if not is_room(name)}
    whole = {name: {other for other in seen if not is_room(other)} for name, seen in plain.items()}
    assert len(list(TopologicalSorter(whole).static_order())) > 30


def is_room(module):
    return (PACKAGE / "/".join(module.split(".")[1:]) / "__init__.py").is_file()


def test_a_picture_or_a_chapter_can_name_every_room_after_one_import():
    import charrnn

    rooms = [
        "text",
        "scratch",
        "layers",
        "experiments",
        "pictures",
        "lab",
        "notebook",
        "runtime",
        "exercises",
    ]
    assert [name for name in rooms if not hasattr(charrnn, name)] == []
