"""Build the notebooks of both languages from their sources: `make notebooks`.

A source, chapters/NN_name.md, is a MyST notebook: code once, prose in pairs whose cells are marked
`+++ {"lang": "ko"}` and `+++ {"lang": "en"}`. From it come chapters/ko/NN_name.ipynb and
chapters/en/NN_name.ipynb, which are committed: Colab and nbmake open those. They hold no outputs
and nothing that changes from one build to the next.

    python tools/notebooks.py           write them, remove those whose source is gone
    python tools/notebooks.py --check   only say which differ
    python tools/notebooks.py --agreed FILE:LINE ...
                                        write them, and record that the two languages there (or in
                                        all of FILE) were read together and still agree: agreed.py
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import agreed
import glossary
import nbformat
import release
import yaml
from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import NotebookNode
from source import SourceError

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ko", "en")
SOLUTION = {
    "ko": {"code_prompt_show": "풀이 보기", "code_prompt_hide": "풀이 접기"},
    "en": {"code_prompt_show": "Show the solution", "code_prompt_hide": "Hide the solution"},
}
# Colab folds a cell of this view and shows its first line, `# @title ...`, for a title; JupyterLab
# folds `source_hidden` and shows the same line.
FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}
TITLES = {"ko": "# @title 풀이\n", "en": "# @title Solution\n"}
# Installs the book's own package where it is missing, at the tag that this notebook comes from. It
# is known by the name of its distribution: `charrnn` on the package index is a stranger's, which
# may have put its files over ours. A copy of the book's repository stays as it is.
SETUP = """\
# @title {title}
import importlib.util
import sys
from importlib import metadata
from pathlib import Path


def is_there():
    spec = importlib.util.find_spec("charrnn")
    if spec and spec.origin and (Path(spec.origin).parents[2] / "pyproject.toml").is_file():
        return True  # it comes from a copy of the book's repository
    versions = [found.version for found in metadata.distributions(name="{distribution}")]
    return "{version}" in versions and not any(metadata.distributions(name="charrnn"))


if not is_there():
    %pip uninstall -qq --yes charrnn {distribution}
    %pip install --quiet "{distribution} @ git+{url}@v{version}"
    importlib.invalidate_caches()
    if not is_there():
        raise RuntimeError("{sorry}")
    for name in [name for name in sys.modules if name.split(".")[0] == "charrnn"]:
        del sys.modules[name]

import charrnn

charrnn.set_language("{language}")"""
SETUP_WORDS = {
    "ko": {
        "title": "준비: 이 책의 패키지를 설치합니다",
        "sorry": "이 책의 패키지를 설치하지 못했습니다. 인터넷에 연결되어 있는지 확인하고 이 셀을 "
        "다시 실행해 주십시오. 그래도 안 되면 {url} 에서 새 노트북을 여십시오. "
        "pip install charrnn 은 다른 사람의 패키지를 설치하므로 쓰지 마십시오.",
    },
    "en": {
        "title": "Setup: install the package of this book",
        "sorry": "The package of this book could not be installed. See that you are connected to "
        "the internet and run this cell again. If that does not help, open a new notebook from "
        "{url}. Do not use pip install charrnn: it installs somebody else's package.",
    },
}
# A link from one chapter to another, as the sources write it.
CHAPTER_LINK = re.compile(r'(?<=\]\()(?=\d\d_\w+\.ipynb)|(?<=href=")(?=\d\d_\w+\.ipynb)')
COLAB = "https://colab.research.google.com/github"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Cell(NamedTuple):
    line: int  # of its first line in the source, from 1
    lang: str | None  # None: code, which both languages share
    node: NotebookNode


def sources(root: Path) -> list[Path]:
    return sorted((root / "chapters").glob("[0-9][0-9]_*.md"))


def read(path: Path) -> list[Cell]:
    """The cells of a source in order, each marked with its language."""
    text = path.read_text("utf-8")
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise SourceError(path, 1, str(error)) from error
    lines = text.splitlines()
    cells = []
    for start, node in zip(notebook.metadata.pop("source_map"), notebook.cells, strict=True):
        first = node.source.split("\n")[0]
        line = 1 + next((i for i in range(start, len(lines)) if lines[i] == first), start)
        lang = node.metadata.pop("lang", None)
        if node.cell_type == "markdown" and lang not in LANGUAGES:
            raise SourceError(path, line, 'prose needs `+++ {"lang": "ko"}` or "en" above')
        if node.cell_type != "markdown" and lang is not None:
            raise SourceError(path, line, "code belongs to both languages: no lang")
        cells.append(Cell(line, lang, node))
    return cells


class Published(NamedTuple):
    """Where readers get the notebooks and the package from."""

    url: str  # of the repository
    distribution: str  # the package's name, as it is installed
    version: str

    def setup(self, language: str) -> str:
        words = {key: text.format(url=self.url) for key, text in SETUP_WORDS[language].items()}
        return SETUP.format(language=language, **words, **self._asdict())

    def in_colab(self, language: str) -> str:
        """The address in Colab of the folder with a language's notebooks."""
        name = self.url.removeprefix("https://github.com/")
        return f"{COLAB}/{name}/blob/v{self.version}/chapters/{language}/"


def published(root: Path) -> Published:
    project = release.project(root)
    return Published(repository_url(root), project["name"], project["version"])


def build(cells: list[Cell], slug: str, language: str, origin: Published, terms: str = "") -> str:
    """The notebook of one language as the text of its file; `terms` is the glossary's list."""
    setup = nbformat.v4.new_code_cell(
        origin.setup(language), metadata={**FOLDED, "tags": ["remove-cell"]}
    )
    nodes = [nbformat.from_dict(cell.node) for cell in cells if cell.lang in (None, language)]
    for number, node in enumerate([setup, *nodes]):
        node.id = f"{slug.replace('_', '-')}-{number:02d}"
    for node in nodes:
        node.source = node.source.replace(glossary.PLACE, terms)
        if node.cell_type == "markdown":
            # A page beside this one is no page of Colab's; the book leads to its own page again.
            node.source = CHAPTER_LINK.sub(origin.in_colab(language), node.source)
        if "solution" in node.metadata.get("tags", []):
            fold(node, language)
    notebook = nbformat.v4.new_notebook(cells=[setup, *nodes], metadata=METADATA)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def fold(node: NotebookNode, language: str) -> None:
    """Hide a cell tagged `solution` until the reader asks: in the page, in Jupyter and in Colab."""
    tags = [tag for tag in node.metadata.tags if tag != "solution"]
    node.metadata.update(FOLDED, tags=[*tags, "hide-cell"], mystnb=SOLUTION[language])
    node.metadata.jupyter = {**FOLDED["jupyter"], "outputs_hidden": True}
    node.source = TITLES[language] + node.source


def repository_url(root: Path) -> str:
    """The one place where the repository's address is written by hand."""
    return str(yaml.safe_load((root / "_config.yml").read_text("utf-8"))["repository"]["url"])


def differing(root: Path, agreed_places: Sequence[str] = ()) -> dict[Path, str | None]:
    """Files that are not what the sources build, with the text they should have.

    None stands for a notebook that should not be there, because no source builds it. The record of
    pairs is such a file too; at `agreed_places` it takes pairs that changed in one language alone.
    """
    origin = published(root)
    terms = glossary.read(root / "glossary.yml")
    wanted: dict[Path, str | None] = {}
    if not sources(root):
        raise SourceError(root / "chapters", 1, "no source, NN_name.md, to build from")
    chapters = {source: read(source) for source in sources(root)}
    for source, cells in chapters.items():
        for language in LANGUAGES:
            path = root / "chapters" / language / f"{source.stem}.ipynb"
            list_of_terms = glossary.page(terms, language)
            wanted[path] = build(cells, source.stem, language, origin, list_of_terms)
    pairs = agreed.pairs(root, chapters, terms)
    places = agreed.named(root, pairs, list(agreed_places))
    wanted[root / agreed.RECORD] = agreed.text_of(root, pairs, places)
    built = [*(root / "chapters").glob("*/*.ipynb"), *root.glob(agreed.RECORD)]
    there = {path: path.read_text("utf-8") for path in built}
    everything = sorted(wanted.keys() | there.keys())
    return {path: wanted.get(path) for path in everything if wanted.get(path) != there.get(path)}


def main(root: Path, check: bool, agreed_places: Sequence[str] = ()) -> int:
    try:
        different = differing(root, agreed_places)
    except (SourceError, ValueError) as error:
        sys.exit(str(error))
    for path, text in different.items():
        print(path.relative_to(root), "has no source" if text is None else "is out of date", end="")
        print("" if check else ": removed" if text is None else ": written")
        if text is None and not check:
            path.unlink()
        elif text is not None and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(different))


if __name__ == "__main__":
    option, *places = [*sys.argv[1:], ""]
    sys.exit(main(ROOT, option == "--check", places[:-1] if option == "--agreed" else ()))
