"""Where a reader can go from a page: chapters, neighbours, the twin, and the buttons."""

from typing import Any
from urllib.parse import quote, urlencode

from book.numbers import counted
from docutils import nodes
from sphinx.application import Sphinx

from . import glossary
from .colab import folder_of
from .languages import DEFAULT, LANGUAGES, language_of, pages_of, twin_of

Chapter = dict[str, Any]  # number, title, href and whether it is the current one


def chapter_links(app: Sphinx, docname: str, code: str) -> list[Chapter]:
    """The chapters of one language."""
    return [
        {
            "number": chapter_number(page),
            "title": app.env.titles[page].astext(),
            "href": app.builder.get_relative_uri(docname, page) or "#",
            "current": page == docname,
        }
        for page in pages_of(app.env, code)
    ]


def chapter_number(docname: str) -> str:
    """'1' for chapters/en/01_one_hot; '' for a page without a number."""
    return str(counted(docname) or "")


def neighbours(chapters: list[Chapter]) -> tuple[Chapter | None, Chapter | None]:
    """(previous, next) of the current chapter; None at either end."""
    here = next((i for i, chapter in enumerate(chapters) if chapter["current"]), None)
    if here is None:
        return None, None
    before = chapters[here - 1] if here > 0 else None
    after = chapters[here + 1] if here + 1 < len(chapters) else None
    return before, after


def section_links(app: Sphinx, docname: str) -> list[dict[str, Any]]:
    """The sections below a page's title as dicts with depth (1 for h2), href and title."""
    return [
        {"depth": depth_of(reference) - 1, "href": reference["anchorname"], "title": title}
        for reference in app.env.tocs[docname].findall(nodes.reference)
        if reference["anchorname"] and (title := reference.astext())
    ]


def depth_of(node: nodes.Node | None) -> int:
    """In how many lists a node stands: 1 for the entry of the page itself."""
    depth = 0
    while node is not None and (node := node.parent) is not None:
        depth += isinstance(node, nodes.bullet_list)
    return depth


def language_links(app: Sphinx, docname: str) -> list[dict[str, str]]:
    """The twins of a page, with names as their readers write them."""
    here = language_of(docname)
    return [
        {"code": code, "name": language.name, "href": app.builder.get_relative_uri(docname, twin)}
        for code, language in LANGUAGES.items()
        if here and code != here and (twin := twin_of(docname, code)) in app.env.all_docs
    ]


def source_of(app: Sphinx, docname: str) -> str:
    """The file a person edits: a chapter's bilingual source, not the notebook built from it."""
    code = language_of(docname)
    if code is None:
        return str(app.env.doc2path(docname, base=False))
    return "chapters/" + docname.removeprefix(LANGUAGES[code].folder) + ".md"


def buttons(app: Sphinx, docname: str, context: dict[str, Any]) -> dict[str, str]:
    """Addresses for Colab, download, edit and issue, by name.

    The first two for notebooks with something to run: not for the glossary.
    """
    repository = context["theme_repository_url"].rstrip("/")
    branch = context["theme_repository_branch"]
    links = {
        "edit": f"{repository}/edit/{branch}/{quote(source_of(app, docname))}",
        "issue": f"{repository}/issues/new?" + urlencode({"title": f"{docname}: "}),
    }
    built = str(app.env.doc2path(docname, base=False))
    if built.endswith(".ipynb") and not docname.endswith(glossary.PAGE):
        links["colab"] = folder_of(app) + quote(built)
        links["download"] = context["pathto"](f"_sources/{quote(built)}", 1)
    return links


def on_page(
    app: Sphinx,
    docname: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the template where a reader can go from the page."""
    code = language_of(docname) or DEFAULT
    chapters = chapter_links(app, docname, code)
    before, after = neighbours(chapters)
    context.update(
        chapters=chapters,
        number=chapter_number(docname),
        previous_chapter=before,
        next_chapter=after,
        sections=section_links(app, docname) if docname in app.env.tocs else [],
        other_languages=language_links(app, docname),
        buttons=buttons(app, docname, context) if docname in app.env.all_docs else {},
    )


def setup(app: Sphinx) -> None:
    """Register what fills the template's links."""
    app.connect("html-page-context", on_page, priority=600)
