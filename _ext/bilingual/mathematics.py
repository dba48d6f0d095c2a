"""Formulas as MathML, made while building, so that a page needs no script to show them."""

import re
from typing import Any

from book.numbers import chapter_of
from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder as Builder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from .spacing import spaced
from .symbols import known_to, marked

ATTACHED = re.compile(r"\S+")
log = logging.getLogger(__name__)


def mathml(
    latex: str, display: str, node: nodes.Node | None, builder: Builder | None = None
) -> str:
    """MathML for a formula, with the symbols marked that the page's book knows.

    A warning, which fails the build, for what cannot be converted.
    """
    try:
        made = convert(latex, display=display)
    except Exception as error:  # latex2mathml raises many kinds
        log.warning("formula %r: %s", latex, error, location=node)
        return ""
    if "\\" in made:  # an unknown command is passed through as text
        log.warning("formula %r has a command that MathML lacks", latex, location=node)
    if builder and (known := known_to(builder.app)):
        made = marked(made, known, chapter_of(builder.current_docname))
    return spaced(made)


class KeepTogether(SphinxPostTransform):
    """Hold a formula and what is written on to it in one line: a Korean particle, a comma.

    Browsers break a line on either side of a formula, even where no space stands.
    """

    default_priority = 900  # after links have been put into the text

    def run(self, **kwargs: Any) -> None:
        """Put each formula of the page into a box with what is written on to it."""
        for formula in list(self.document.findall(nodes.math)):
            parent: nodes.Element = formula.parent
            place = parent.index(formula)
            after = parent[place + 1] if place + 1 < len(parent) else None
            if isinstance(after, nodes.Text) and (attached := ATTACHED.match(after)):
                held = nodes.inline(classes=["unbroken"])
                parent[place : place + 2] = [held, nodes.Text(after[attached.end() :])]
                held += [formula, nodes.Text(attached[0])]


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(mathml(node.astext(), "inline", node, translator.builder))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own."""
    formula = mathml(node.astext(), "block", node, translator.builder)
    kind = "formula symbolic" if "data-s" in formula else "formula"
    translator.body.append(f'<div class="{kind}">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the formulas' writers."""
    app.add_post_transform(KeepTogether)
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
