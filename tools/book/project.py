"""What the book's settings say once: the repository's address, the package's name and version."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COLAB = "https://colab.research.google.com/github"


def project(root: Path) -> dict[str, str]:
    """Name and version of the package, as pyproject.toml has them."""
    return dict(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"])


def tag(root: Path) -> str:
    """The tag of this version, as v1.0.0: what a reader's notebook installs."""
    return "v" + project(root)["version"]


def config(root: Path) -> dict[str, Any]:
    """What _config.yml says."""
    import yaml  # here, as `tools/release.py --tag` runs where no package is installed

    return dict(yaml.safe_load((root / "_config.yml").read_text("utf-8")))


def repository_url(root: Path) -> str:
    """The repository's address: _config.yml is the one place where it is written by hand."""
    return str(config(root)["repository"]["url"])


def name_of(url: str) -> str:
    """OWNER/NAME of an address on GitHub."""
    return url.rstrip("/").split("github.com/", 1)[-1]


def in_colab(url: str, version_tag: str, folder: str = "") -> str:
    """Where Colab opens the files of a folder of the repository."""
    return f"{COLAB}/{name_of(url)}/blob/{version_tag}/{folder}"
