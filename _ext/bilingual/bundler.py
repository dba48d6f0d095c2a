"""The package's bundler, taken from its file: the package around it would bring PyTorch along."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

PACKAGE = Path(__file__).parents[2] / "src" / "charrnn"


@cache
def _module() -> ModuleType:
    found = importlib.util.spec_from_file_location("bundle", PACKAGE / "lab" / "bundle.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def bundle(*modules: Path) -> str:
    """Modules of the package, or beside it, and all that they import, as one script."""
    return str(_module().bundle(*modules))
