"""Formulas as MathML, made while building, so that a page needs no script to show them."""

import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging

BARS = re.compile(r"<mo>(&#x0007C;|&#x02016;|&#x02223;|&#x02225;|\|)</mo>")
log = logging.getLogger(__name__)


def mathml(latex, display, node):
    """MathML for a formula; a warning, which fails the build, for what cannot be converted."""
    try:
        made = convert(latex, display=display)
    except Exception as error:  # latex2mathml raises many kinds
        log.warning("formula %r: %s", latex, error, location=node)
        return ""
    # Bars written without \left stay as tall as a letter; browsers would stretch them.
    made = BARS.sub(r'<mo stretchy="false">\1</mo>', made)
    if "\\" in made:  # an unknown command is passed through as text
        log.warning("formula %r has a command that MathML lacks", latex, location=node)
    return made


def visit_inline(translator, node):
    translator.body.append(mathml(node.astext(), "inline", node))
    raise nodes.SkipNode


def visit_block(translator, node):
    formula = mathml(node.astext(), "block", node)
    translator.body.append(f'<div class="formula">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
