"""Which language a page is in, which page is its twin, and how their sections match."""

from typing import Any

from book.languages import DEFAULT, LANGUAGES, REFERENCE
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "REFERENCE",
    "language_of",
    "pages_of",
    "section_ids",
    "twin_of",
]

log = logging.getLogger(__name__)


def language_of(docname: str) -> str | None:
    """'ko' or 'en', or None for a page that belongs to no language (the root page)."""
    for code, language in LANGUAGES.items():
        if docname.startswith(language.folder):
            return code
    return None


def twin_of(docname: str, code: str) -> str:
    """The docname of the same page in another language, whether there is one or not.

    Raises:
        KeyError: the page belongs to no language.
    """
    slug = docname.removeprefix(LANGUAGES[str(language_of(docname))].folder)
    return LANGUAGES[code].folder + slug


def pages_of(env: BuildEnvironment, code: str) -> list[str]:
    """Docnames of a language's pages in reading order."""
    listed = env.toctree_includes.get(env.config.root_doc, [])
    return [docname for docname in listed if language_of(docname) == code]


def section_ids(env: BuildEnvironment, docname: str) -> list[str]:
    """Ids of a page's sections in order, without the page's own title."""
    references = env.tocs[docname].findall(nodes.reference)
    return [ref["anchorname"].lstrip("#") for ref in references if ref["anchorname"]]


class SharedSectionIds(SphinxTransform):
    """Give each section the id of the same section in the twin page.

    A Korean heading has no ASCII letters to make an id from and would be called `id3`, which
    changes when a section is put in before it. With the twin's id the address can be read, stays,
    and is the same in all languages, so that the language switch only changes the folder.
    """

    default_priority = 840  # before cross-reference targets and tables of contents are collected

    def apply(self, **kwargs: Any) -> None:
        """Rename the sections of the page being read; a page that differs from its twin warns."""
        code = language_of(self.env.docname)
        if code in (None, REFERENCE):
            return
        twin = twin_of(self.env.docname, REFERENCE)
        if twin not in self.env.tocs:
            log.warning("this page has no twin %s", twin, location=self.env.docname)
            return
        sections = [s for s in self.document.findall(nodes.section) if s.parent != self.document]
        ids = section_ids(self.env, twin)
        if len(sections) != len(ids):
            log.warning(
                "this page has %d sections but its twin %s has %d",
                len(sections), twin, len(ids), location=self.env.docname,
            )  # fmt: skip
            return
        for section, shared in zip(sections, ids, strict=True):
            if self.document.ids.setdefault(shared, section) is section:
                section["ids"] = [shared, *(i for i in section["ids"] if i != shared)]


class SectionLinks(SphinxTransform):
    """Let links from other pages name a section by the id that it has in every language."""

    default_priority = 841  # once the ids are shared

    def apply(self, **kwargs: Any) -> None:
        """Put the sections where MyST looks up what stands behind the # of a link."""
        known = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        for section in self.document.findall(nodes.section):
            known[section["ids"][0]] = (section.line, section["ids"][0], section[0].astext())


def reread_twins(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages whose section ids may have changed because those of their twin have."""
    twins = {
        twin_of(docname, code)
        for docname in added | changed
        if language_of(docname) == REFERENCE
        for code in LANGUAGES
    }
    return sorted(twins & set(env.found_docs))


def setup(app: Sphinx) -> None:
    """Register what shares the ids."""
    app.add_transform(SharedSectionIds)
    app.add_transform(SectionLinks)
    app.connect("env-get-outdated", reread_twins)
