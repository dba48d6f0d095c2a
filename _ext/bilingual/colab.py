"""What the notebooks hold for Colab alone, and the pages do without."""

import re
from pathlib import Path

from book import project
from docutils import nodes
from sphinx.application import Sphinx

from .languages import LANGUAGES, language_of

TITLE = re.compile(r"# @title [^\n]*\n")


def release_of(app: Sphinx) -> str:
    """The tag whose notebooks the pages lead to, v1.0.0; the branch where no version is named."""
    if (Path(app.confdir) / "pyproject.toml").is_file():
        return project.tag(Path(app.confdir))
    return str(app.config.html_theme_options.get("repository_branch") or "main")


def folder_of(app: Sphinx) -> str:
    """The address in Colab of this repository's files."""
    url = app.config.html_theme_options.get("repository_url", "")
    return project.in_colab(url, release_of(app))


def link_to_pages(app: Sphinx, docname: str, content: list[str]) -> None:
    """A notebook links to the other chapters in Colab, its page links to their pages."""
    if code := language_of(docname):
        content[0] = content[0].replace(folder_of(app) + LANGUAGES[code].folder, "")


def without_titles(app: Sphinx, doctree: nodes.document) -> None:
    """The line that names a folded cell in Colab is no code."""
    for block in list(doctree.findall(nodes.literal_block)):
        found = TITLE.match(block.astext())
        if found and block.parent.get("nb_element") == "cell_code_source":
            code = block.astext()[found.end() :]
            block.rawsource = code
            block.children = []
            block += nodes.Text(code)


def setup(app: Sphinx) -> None:
    """Register what puts Colab's parts away."""
    app.connect("source-read", link_to_pages)
    app.connect("doctree-read", without_titles)
