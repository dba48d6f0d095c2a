"""Several JavaScript modules as one script, as bundlers make them.

The site's builder takes this file without the package around it: it imports nothing of it.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\* as (\w+)|\{([^}]*)\}) from "(\.[\w./]*)\.js";$', re.M)
_EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function) (\w+))", re.M)


def bundle(*modules: Path) -> str:
    """The modules and all that they import, one after another, each in a scope of its own.

    So the same name may stand in several. `scope` gives the name of the object that holds what a
    module exports. An import is written ``import { a, b } from "../kit/module.js";`` or
    ``import * as module from ...``, an export before the ``const``, ``class`` or ``function``
    itself.

    Raises:
        ValueError: an import or export written otherwise, or modules that import each other in a
            circle: none of them could run first.
    """
    parts: dict[Path, str] = {}

    def add(path: Path, importers: tuple[Path, ...] = ()) -> None:
        if path in importers:
            circle = (*importers[importers.index(path) :], path)
            raise ValueError(f"{' imports '.join(one.name for one in circle)}: a circle.")
        if path in parts:
            return
        source = path.read_text("utf-8")

        def bind(match: re.Match[str]) -> str:
            everything, some, module = match.groups()
            names = everything or "{" + some.replace(" as ", ": ") + "}"
            return f"const {names} = {scope((path.parent / f'{module}.js').resolve())};"

        for match in _IMPORT.finditer(source):
            add((path.parent / f"{match[3]}.js").resolve(), (*importers, path))
        body = _EXPORT.sub("", _IMPORT.sub(bind, source))
        if odd := re.search(r"^(import|export)\b.*", body, re.M):
            raise ValueError(f"{path.name}: cannot join {odd[0]!r} into one script.")
        exports = ", ".join(_EXPORT.findall(source))
        parts[path] = f"const {scope(path)} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"

    for module in modules:
        add(module.resolve())
    return "".join(parts.values())


def scope(module: Path) -> str:
    """The name of a module within the script: lab_kit_frame for lab/kit/frame.js."""
    return "_".join(module.with_suffix("").parts[-3:])
