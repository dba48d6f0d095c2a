"""Formulas as MathML, made while building, so that a page needs no script to show them."""

import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from .spacing import spaced

ATTACHED = re.compile(r"\S+")
log = logging.getLogger(__name__)


def mathml(latex, display, node):
    """MathML for a formula; a warning, which fails the build, for what cannot be converted."""
    try:
        made = convert(latex, display=display)
    except Exception as error:  # latex2mathml raises many kinds
        log.warning("formula %r: %s", latex, error, location=node)
        return ""
    if "\\" in made:  # an unknown command is passed through as text
        log.warning("formula %r has a command that MathML lacks", latex, location=node)
    return spaced(made)


class KeepTogether(SphinxPostTransform):
    """Hold a formula and what is written on to it in one line: a Korean particle, a comma.

    Browsers break a line on either side of a formula, even where no space stands.
    """

    default_priority = 900  # after links have been put into the text

    def run(self):
        for formula in list(self.document.findall(nodes.math)):
            parent = formula.parent
            place = parent.index(formula)
            after = parent[place + 1] if place + 1 < len(parent) else None
            attached = isinstance(after, nodes.Text) and ATTACHED.match(after)
            if attached:
                held = nodes.inline(classes=["unbroken"])
                parent[place : place + 2] = [held, nodes.Text(after[attached.end() :])]
                held += [formula, nodes.Text(attached[0])]


def visit_inline(translator, node):
    translator.body.append(mathml(node.astext(), "inline", node))
    raise nodes.SkipNode


def visit_block(translator, node):
    formula = mathml(node.astext(), "block", node)
    translator.body.append(f'<div class="formula">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_post_transform(KeepTogether)
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
