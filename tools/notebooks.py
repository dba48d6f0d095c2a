"""Build the notebooks of both languages from their sources: `make notebooks`.

A source, chapters/NN_name.md, is a MyST notebook: code once, prose in pairs whose cells are marked
`+++ {"lang": "ko"}` and `+++ {"lang": "en"}`. From it come chapters/ko/NN_name.ipynb and
chapters/en/NN_name.ipynb, which are committed: Colab and nbmake open those. They hold no outputs
and nothing that changes from one build to the next. book/languages.py lists the languages.

    python tools/notebooks.py           write them, remove those whose source is gone
    python tools/notebooks.py --check   only say which differ
    python tools/notebooks.py --agreed FILE:LINE ...
                                        write them, and record that the two languages there (or in
                                        all of FILE) were read together and still agree: agreed.py
"""

import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import nbformat
from book import agreed, glossary_page, project, terms
from book.fault import SourceError
from book.languages import DEFAULT, LANGUAGES
from book.project import ROOT
from book.sources import Cell, read, sources, written_in
from book.spoken import spoken
from nbformat import NotebookNode

# Of a folded cell, by its tag: its title in Colab, and what opens and closes it on a page.
FOLDS = {
    "solution": {
        "ko": {"title": "풀이", "show": "풀이 보기", "hide": "풀이 접기"},
        "en": {"title": "Solution", "show": "Show the solution", "hide": "Hide the solution"},
    },
    "claim": {
        "ko": {"title": "✓ 확인", "show": "✓ 이렇게 확인합니다", "hide": "✓ 확인하는 코드 접기"},
        "en": {"title": "✓ Check", "show": "✓ How this is checked", "hide": "✓ Hide the check"},
    },
    "source": {
        "ko": {"title": "패키지에 든 코드", "show": "패키지에 든 코드", "hide": "코드 접기"},
        "en": {"title": "The package's own", "show": "The package's own", "hide": "Hide the code"},
    },
    "folded": {
        "ko": {"title": "이 결과를 만든 코드", "show": "코드 보기", "hide": "코드 접기"},
        "en": {"title": "The code of this", "show": "Show the code", "hide": "Hide the code"},
    },
    "question": {
        "ko": {"title": "물음", "show": "", "hide": ""},
        "en": {"title": "A question", "show": "", "hide": ""},
    },
}
# What becomes of a folded cell on a page: its code is hidden, or gone, for it holds an answer. The
# rest are hidden whole.
ON_A_PAGE = {"folded": "hide-input", "question": "remove-input"}
# Colab folds a cell of this view and shows its first line, `# @title ...`, for a title; JupyterLab
# folds `source_hidden` and shows the same line.
HIDDEN = {"source_hidden": True}
FOLDED = {"cellView": "form", "jupyter": HIDDEN}
# Installs the book's own package where it is missing: the wheel that the release of this notebook's
# version holds, so that nothing is cloned and nothing built. It is known by the name of its
# distribution: `charrnn` on the package index is a stranger's, which may have put its files over
# ours. A copy of the book's repository stays as it is.
SETUP = """\
# @title {title}
import importlib.util
import sys
from importlib import metadata
from pathlib import Path


def is_there():
    spec = importlib.util.find_spec("charrnn")
    if spec and spec.origin:
        if (Path(spec.origin).parents[2] / "pyproject.toml").is_file():
            return True  # it comes from a copy of the book's repository
    ours = metadata.distributions(name="{distribution}")
    strangers = metadata.distributions(name="charrnn")
    return "{version}" in [o.version for o in ours] and not any(strangers)


if not is_there():
    %pip uninstall -qq --yes charrnn {distribution}
    %pip install --quiet {wanted}
    importlib.invalidate_caches()
    if not is_there():
        raise RuntimeError(
{sorry}
        )
    for name in list(sys.modules):
        if name.split(".")[0] == "charrnn":
            del sys.modules[name]

import charrnn

charrnn.set_language("{language}")"""
SETUP_WORDS = {
    "ko": {
        "title": "준비: 이 책의 패키지를 설치합니다",
        "sorry": "이 책의 패키지를 설치하지 못했습니다. 인터넷에 연결되어 있는지 확인하고 이 칸을 "
        "다시 실행해 주십시오. 그래도 안 되면 {url} 에서 새 노트북을 여십시오. "
        "pip install charrnn 은 다른 사람의 패키지를 설치하므로 쓰지 마십시오.",
        "carried": "이 책의 패키지를 설치하지 못했습니다. 이 노트북이 책 폴더 안의 제자리에 있고 "
        "PyTorch가 설치되어 있어야 합니다. 그래도 안 되면 {url} 에서 새 노트북을 여십시오.",
    },
    "en": {
        "title": "Setup: install the package of this book",
        "sorry": "The package of this book could not be installed. See that you are connected to "
        "the internet and run this cell again. If that does not help, open a new notebook from "
        "{url}. Do not use pip install charrnn: it installs somebody else's package.",
        "carried": "The package of this book could not be installed. This notebook has to lie in "
        "its place in the book's folder, and PyTorch has to be installed. If that does not help, "
        "open a new notebook from {url}.",
    },
}
# A link from one chapter to another, as the sources write it.
CHAPTER_LINK = re.compile(r'(?<=\]\()(?=\d\d_\w+\.ipynb)|(?<=href=")(?=\d\d_\w+\.ipynb)')
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def literal(text: str, width: int) -> str:
    """A text as Python writes it on several lines, for a call within an `if`."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        f'            "{line}"' for line in [*(f"{x} " for x in lines[:-1]), lines[-1]]
    )


class Published(NamedTuple):
    """Where readers get the notebooks and the package from."""

    url: str  # of the repository
    distribution: str  # the package's name, as it is installed
    version: str

    @property
    def wheel(self) -> str:
        """The address of the wheel in the release; .github/workflows/publish.yml puts it there."""
        name = self.distribution.replace("-", "_")  # as a wheel's file is named
        file = f"{name}-{self.version}-py3-none-any.whl"
        return f"{self.url}/releases/download/v{self.version}/{file}"

    def setup(self, language: str, wheels: str = "") -> str:
        """The code of the first cell, which brings the package where it is missing.

        From the release, or from a folder of wheels that lies with the notebook: then pip asks no
        network for anything.
        """
        words = SETUP_WORDS[language]
        wanted = f'"{self.distribution} @ {self.wheel}"'
        if wheels:
            wanted = f'--no-index --find-links {wheels} "{self.distribution}=={self.version}"'
        sorry = words["carried" if wheels else "sorry"].format(url=self.url)
        return SETUP.format(
            language=language,
            title=words["title"],
            sorry=literal(sorry, 34 if language == "ko" else 62),
            wanted=wanted,
            distribution=self.distribution,
            version=self.version,
        )

    def in_colab(self, language: str) -> str:
        """The address in Colab of the folder with a language's notebooks."""
        return project.in_colab(self.url, f"v{self.version}", LANGUAGES[language].folder)


def published(root: Path) -> Published:
    """What the settings of a folder's book say of it."""
    package = project.project(root)
    return Published(project.repository_url(root), package["name"], package["version"])


def build(
    source: Path, cells: list[Cell], language: str, origin: Published, listed: str = ""
) -> str:
    """The notebook of one language as the text of its file; `listed` is the glossary's list."""
    setup = nbformat.v4.new_code_cell(
        origin.setup(language), metadata={**FOLDED, "tags": ["remove-cell"]}
    )
    shown = [cell for cell in cells if cell.lang in (None, language)]
    nodes = [nbformat.from_dict(cell.node) for cell in shown]
    for number, node in enumerate([setup, *nodes]):
        node.id = f"{source.stem.replace('_', '-')}-{number:02d}"
    for cell, node in zip(shown, nodes, strict=True):
        node.source = node.source.replace(terms.PLACE, listed)
        if node.cell_type == "markdown":
            # A page beside this one is no page of Colab's; the book leads to its own page again.
            node.source = CHAPTER_LINK.sub(origin.in_colab(language), node.source)
        if node.cell_type == "code":
            try:
                say(node, language)
            except ValueError as error:
                raise SourceError(source, cell.line, str(error)) from error
            fold(node, language)
    notebook = nbformat.v4.new_notebook(cells=[setup, *nodes], metadata=METADATA)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def say(node: NotebookNode, language: str) -> None:
    """Put a cell's comments and texts into the language, as the cell's own list has them."""
    for code in LANGUAGES:
        words = node.metadata.pop(code, {})
        if code == language:
            node.source = spoken(node.source, words)


def fold(node: NotebookNode, language: str) -> None:
    """Hide a cell with a tag of FOLDS until the reader asks: in the page, in Jupyter, in Colab.

    Of a `folded` cell the code alone is hidden: it made what the page shows. The code of a
    `question` holds the answer: no page shows it.
    """
    tags = node.metadata.get("tags", [])
    for tag, of_each in FOLDS.items():
        if tag in tags:
            words = of_each[language]
            hidden = ON_A_PAGE.get(tag, "hide-cell")
            kept = [other for other in tags if other != tag] + (["claim"] if tag == "claim" else [])
            prompts = {"code_prompt_show": words["show"], "code_prompt_hide": words["hide"]}
            own = {**node.metadata.get("mystnb", {}), **prompts}
            node.metadata.update(FOLDED, tags=[*kept, hidden], mystnb=own)
            node.metadata.jupyter = {**HIDDEN, "outputs_hidden": tag not in ON_A_PAGE}
            node.source = f"# @title {words['title']}\n{node.source}"


def prose_of(cells: list[Cell], language: str) -> str:
    """The prose of a source in a language."""
    return "\n\n".join(cell.node.source for cell in cells if cell.lang == language)


def title_of(prose: str) -> str:
    """The first heading of a page; "" where there is none."""
    return next((line[2:] for line in prose.splitlines() if line.startswith("# ")), "")


def differing(root: Path, agreed_places: Sequence[str] = ()) -> dict[Path, str | None]:
    """Files that are not what the sources build, with the text they should have.

    None stands for a notebook that should not be there, because no source builds it. The record of
    pairs is such a file too; at `agreed_places` it takes pairs that changed in one language alone.
    """
    origin = published(root)
    glossary = terms.read(root / "glossary.yml")
    wanted: dict[Path, str | None] = {}
    if not sources(root):
        raise SourceError(root / "chapters", 1, "no source, NN_name.md, to build from")
    chapters = {source: read(source) for source in sources(root)}
    prose = {source.stem: prose_of(cells, DEFAULT) for source, cells in chapters.items()}
    for code, language in LANGUAGES.items():
        titles = {
            source.stem: title_of(prose_of(cells, code)) for source, cells in chapters.items()
        }
        list_of_terms = glossary_page.page(glossary, code, prose, titles)
        for source, cells in chapters.items():
            if written_in(cells, code):
                path = root / language.folder / f"{source.stem}.ipynb"
                wanted[path] = build(source, cells, code, origin, list_of_terms)
    pairs = agreed.pairs(root, chapters, glossary)
    places = agreed.named(root, pairs, list(agreed_places))
    wanted[root / agreed.RECORD] = agreed.text_of(root, pairs, places)
    built = [*(root / "chapters").glob("*/*.ipynb"), *root.glob(agreed.RECORD)]
    there = {path: path.read_text("utf-8") for path in built}
    everything = sorted(wanted.keys() | there.keys())
    return {path: wanted.get(path) for path in everything if wanted.get(path) != there.get(path)}


def main(root: Path, check: bool, agreed_places: Sequence[str] = ()) -> int:
    """Write what is out of date, or only say so (`check`); 1 if a check finds anything.

    Raises:
        SystemExit: a source, the glossary or the record cannot be read.
    """
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
