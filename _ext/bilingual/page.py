"""Hands a page to the theme's one template, and checks what it relies on.

The template, style sheet and scripts are this extension's own. What comes from Sphinx and
MyST-NB is the HTML of the text; the names in it that the style sheet and scripts use are checked
here, so that an update which changes them stops the build instead of spoiling the pages.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from book.edition import edition
from book.numbers import chapter_of
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from .figures import has_figures
from .head import head
from .interface import WORDS
from .languages import DEFAULT, LANGUAGES, language_of
from .policy import POLICY
from .symbols import entries, known_to, marked_text

# Sphinx puts these on every page; the template's own scripts do what the book needs of them.
UNUSED = re.compile(r"(documentation_options|doctools|sphinx_highlight|pygments|mystnb\.\w+)\.")

# The check of a claim: how it begins, up to what it hides, and how it ends.
CLAIM = re.compile(
    r'<div class="cell tag_claim [^>]*>\s*<details[^>]*>\s*<summary>.*?</summary>', re.S
)
CLAIM_END = re.compile(r"</details>\s*</div>\s*$")

# What MyST-NB calls the parts of a cell, in its doctree and in its HTML.
CELL_PARTS = {"cell_code_source": "cell_input", "cell_code_output": "cell_output"}


def relied_on(condition: bool, what: str) -> None:
    """Stop the build with a sentence where something that the theme needs has changed."""
    if not condition:
        raise ExtensionError(
            f"{what}. The book's theme (_ext/bilingual) relies on it: an update of Sphinx or "
            "MyST-NB seems to have changed it. Compare the versions with requirements.txt."
        )


def on_config(app: Sphinx, config: Config) -> None:
    """Set what the theme does instead of Sphinx and MyST-NB."""
    config.nb_ipywidgets_js = {}  # widgets get their scripts from the book, not from other hosts
    config.html_permalinks_icon = "#"
    config.html_copy_source = True
    config.html_math_renderer = "mathml"


def on_builder(app: Sphinx) -> None:
    """Switch Sphinx's own search off."""
    # Sphinx's own search knows no Korean and fetches pages for its excerpts: see search.py.
    relied_on(hasattr(app.builder, "search"), "Sphinx's HTML builder has no switch `search`")
    app.builder.search = False  # type: ignore[attr-defined]  # checked above


def name_notes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A note without a title of its own is called so in the page's language."""
    words = WORDS[language_of(docname) or DEFAULT]
    for title in doctree.findall(nodes.title):
        if isinstance(title.parent, nodes.admonition) and title.astext() == "Note":
            title.children = [nodes.Text(words["note"])]


def body_of(context: dict[str, Any], doctree: nodes.document, words: dict[str, Any]) -> str:
    """The text's HTML with link names in the page's language, and room for wide tables."""
    body = str(context["body"])
    sections = [s for s in doctree.findall(nodes.section) if s.parent is not doctree]
    body, named = re.subn(
        r'(<a class="headerlink" href="[^"]*") title="[^"]*"',
        rf'\1 aria-label="{words["section_link"]}"',
        body,
    )
    relied_on(named >= len(sections), "section headings lack their links of class headerlink")
    # MyST-NB names every fold "Toggle hidden content"; its own words, in the page's language, do.
    body = re.sub(r'<summary aria-label="[^"]*">', "<summary>", body)
    # Inside <summary> no paragraph may stand.
    prompt = r'<p class="(collapsed|expanded)[^"]*">(.*?)</p>'
    body = re.sub(prompt, r'<span class="\1">\2</span>', body)
    body = joined_claims(body)
    elements = {n.get("nb_element") for n in doctree.findall(nodes.container)}
    for element, name in CELL_PARTS.items():
        if element in elements:
            relied_on(f'class="{name} ' in body, f"parts of cells lack the class {name}")
    relied_on(body.count("<table") == body.count("</table>"), "a table is not closed")
    body = body.replace("<table", '<div class="wide"><table').replace("</table>", "</table></div>")
    return body


def joined_claims(body: str) -> str:
    """Checks of claims that stand next to one another as one fold."""
    kept: list[str] = []
    for part in re.split(r'(?=<div class="cell )', body):
        if kept and CLAIM.match(part) and CLAIM.match(kept[-1]) and CLAIM_END.search(kept[-1]):
            kept[-1] = CLAIM_END.sub("", kept[-1]) + CLAIM.sub("", part, count=1)
        else:
            kept.append(part)
    return "".join(kept)


def used_files(files: Iterable[Any]) -> list[Any]:
    """Style sheets or scripts that the page needs; none may come from another host."""
    kept = [f for f in files if not UNUSED.search(str(getattr(f, "filename", f) or ""))]
    for file in kept:
        name = str(getattr(file, "filename", file) or "")
        if "://" in name:
            raise ExtensionError(f"{name} would be fetched from another host")
    return kept


def on_page(
    app: Sphinx,
    docname: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template the page and what stands around it.

    Raises:
        ExtensionError: the page is none of the book's, or lacks what the theme relies on.
    """
    if docname not in app.env.all_docs or doctree is None:
        raise ExtensionError(f"{docname} is no page of the book; the theme has no template for it")
    code = language_of(docname) or DEFAULT
    words = WORDS[code]
    body = body_of(context, doctree, words)
    relied_on("</h1>" in body, f"{docname} has no title")
    known, chapter = known_to(app), chapter_of(docname)
    body = marked_text(body, known, chapter)
    title, text = body.split("</h1>", 1)
    context.update(
        language=code,
        policy=POLICY,
        words=SimpleNamespace(**words),
        edition=edition(Path(app.confdir)),
        head=SimpleNamespace(**head(app, docname, doctree)),
        book_title=app.config.bilingual_titles[code],
        in_language=language_of(docname) is not None,
        language_codes=list(LANGUAGES),
        body_title=title + "</h1>",
        body_text=text,
        has_formulas="<math" in body,
        has_figures=has_figures(body),
        symbols=list(entries(body, known, chapter, code)),
        script_files=used_files(context["script_files"]),
        css_files=used_files(context["css_files"]),
    )


def setup(app: Sphinx) -> None:
    """Register the book's settings and what makes its pages."""
    # Jupyter Book sets this for an extension that the book does without.
    app.add_config_value("comments_config", {}, "html", [dict])
    app.add_config_value("bilingual_titles", {}, "html", [dict])
    app.add_config_value("bilingual_description", "", "html", [str])
    app.connect("config-inited", on_config)
    app.connect("builder-inited", on_builder)
    app.connect("doctree-resolved", name_notes)
    app.connect("html-page-context", on_page, priority=900)
