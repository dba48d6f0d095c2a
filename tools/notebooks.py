"""Build the notebooks of both languages from the bilingual sources.

    python tools/notebooks.py           write chapters/ko/*.ipynb and chapters/en/*.ipynb
    python tools/notebooks.py --check   write nothing; name what differs and exit with 1

A source, chapters/NN_name.md, is a MyST notebook in which every prose cell says its language:
`+++ {"lang": "ko"}`. Code cells belong to both languages.
"""

import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

LANGUAGES = ("ko", "en")
SOLUTION = {
    "ko": {"code_prompt_show": "풀이 보기", "code_prompt_hide": "풀이 접기"},
    "en": {"code_prompt_show": "Show the solution", "code_prompt_hide": "Hide the solution"},
}
SETUP = """\
# The package of this book, fetched where it is not installed yet (in Colab, say).
import importlib.util

if importlib.util.find_spec("charrnn") is None:
    %pip install --quiet "charrnn @ git+{url}"

import charrnn

charrnn.set_language("{language}")"""


def repository_url(root: Path) -> str:
    """The one place where the repository's address stands."""
    return str(yaml.safe_load((root / "_config.yml").read_text("utf-8"))["repository"]["url"])


def sources(root: Path) -> list[Path]:
    """All chapter sources, in order."""
    return sorted((root / "chapters").glob("[0-9][0-9]_*.md"))


def build(source: Path, language: str, url: str) -> str:
    """The notebook of one language, as the text of an .ipynb file.

    Raises:
        ValueError: a prose cell without a language, or with an unknown one.
    """
    slug = source.stem
    book = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    setup = nbformat.v4.new_code_cell(SETUP.format(url=url, language=language))
    setup.metadata["tags"] = ["remove-cell"]
    book.cells = [setup]
    for cell in jupytext.read(source, fmt="md:myst").cells:
        if cell.cell_type == "markdown":
            if cell.metadata.get("lang") not in LANGUAGES:
                raise ValueError(
                    f"{source}: a prose cell has no language: put "
                    f'`+++ {{"lang": "ko"}}` or "en" before {cell.source[:60]!r}'
                )
            if cell.metadata["lang"] == language:
                book.cells.append(nbformat.v4.new_markdown_cell(cell.source))
        elif cell.cell_type == "code":
            book.cells.append(code_cell(cell, language))
    for number, cell in enumerate(book.cells):
        cell.id = f"{slug.replace('_', '-')}-{number:02}"
    return nbformat.writes(book, indent=1, ensure_ascii=False).rstrip() + "\n"


def code_cell(cell: Any, language: str) -> Any:
    """A code cell without outputs; one tagged `solution` is folded under a title."""
    metadata = dict(cell.metadata)
    if "solution" in metadata.get("tags", []):
        metadata["tags"] = [tag.replace("solution", "hide-cell") for tag in metadata["tags"]]
        metadata["mystnb"] = SOLUTION[language]
        metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(cell.source, metadata=metadata)


def built(root: Path) -> dict[Path, str]:
    """Every notebook that should stand in chapters/ko and chapters/en, with its text."""
    url = repository_url(root)
    return {
        root / "chapters" / language / f"{source.stem}.ipynb": build(source, language, url)
        for source in sources(root)
        for language in LANGUAGES
    }


def stale(root: Path, wanted: dict[Path, str]) -> list[Path]:
    """Notebooks that differ from what their sources build, are missing, or have no source."""
    there = {path for lang in LANGUAGES for path in (root / "chapters" / lang).glob("*.ipynb")}
    differ = [p for p, text in wanted.items() if p not in there or p.read_text("utf-8") != text]
    return sorted({*differ, *(there - set(wanted))})


def main(root: Path, arguments: list[str]) -> int:
    """Write or check all notebooks; the exit status."""
    wanted = built(root)
    if not wanted:
        print(f"no chapter sources in {root / 'chapters'}", file=sys.stderr)
        return 1
    for path in stale(root, wanted):
        if "--check" in arguments:
            print(f"{path.relative_to(root)}: differs from its source: run `make notebooks`")
        elif path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    return 1 if "--check" in arguments and stale(root, wanted) else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parent.parent, sys.argv[1:]))
