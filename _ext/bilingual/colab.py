"""What the notebooks hold for Colab alone, and the pages do without."""

import re
import tomllib
from pathlib import Path

from docutils import nodes

from .languages import LANGUAGES, language_of

COLAB = "https://colab.research.google.com/github"
TITLE = re.compile(r"# @title [^\n]*\n")


def release_of(app):
    """The tag whose notebooks the pages lead to, v1.0.0; the branch where no version is named."""
    settings = Path(app.confdir) / "pyproject.toml"
    if settings.is_file():
        return "v" + tomllib.loads(settings.read_text("utf-8"))["project"]["version"]
    return app.config.html_theme_options.get("repository_branch") or "main"


def folder_of(app):
    """The address in Colab of this repository's files."""
    url = app.config.html_theme_options.get("repository_url", "").rstrip("/")
    return f"{COLAB}/{url.split('github.com/', 1)[-1]}/blob/{release_of(app)}/"


def link_to_pages(app, docname, content):
    """A notebook links to the other chapters in Colab, its page links to their pages."""
    if code := language_of(docname):
        content[0] = content[0].replace(folder_of(app) + LANGUAGES[code].folder, "")


def without_titles(app, doctree):
    """The line that names a folded cell in Colab is no code."""
    for block in list(doctree.findall(nodes.literal_block)):
        found = TITLE.match(block.astext())
        if found and block.parent.get("nb_element") == "cell_code_source":
            code = block.astext()[found.end() :]
            block.rawsource = code
            block.children = []
            block += nodes.Text(code)


def setup(app):
    app.connect("source-read", link_to_pages)
    app.connect("doctree-read", without_titles)
