"""The words of a page without their markup, for the search and for descriptions."""

import html
import re
from collections.abc import Iterable

from docutils import nodes

from .figures import WIDGET

# Text, and whether it is code or printed output.
Block = tuple[str, bool]
OUTPUT_LENGTH = 400  # of printed output; numbers beyond are of no use to a search
PREFERRED = ("text/html", "image/svg+xml", "text/markdown", "text/plain")


def plain_text(node: nodes.Node) -> str:
    """The words of a node: prose, code, tables, printed output and the alt texts of pictures."""
    if isinstance(node, nodes.raw):
        return raw_text(node.astext())
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    if isinstance(node, nodes.math):
        formula = str(node.astext())  # `H` reads well in an excerpt, a long formula does not
        return formula if len(formula) <= 12 and "\\" not in formula else "…"
    if isinstance(node, nodes.math_block | nodes.comment):
        return ""
    if isinstance(node, nodes.Text | nodes.literal_block):
        return str(node.astext())
    if isinstance(node, nodes.container):
        if node.get("nb_element") == "mime_bundle":
            return plain_text(chosen_output(node))
        if node.get("nb_element") == "cell_code_output":
            return join(plain_text(child)[:OUTPUT_LENGTH] for child in node.children)
    between = "" if isinstance(node, nodes.TextElement) else " "
    return between.join(plain_text(child) for child in node.children)


def blocks_of(node: nodes.Node) -> list[Block]:
    """The words of a node block by block."""
    if isinstance(node, nodes.literal_block):
        return [(node.astext().strip("\n"), True)]
    if isinstance(node, nodes.container) and node.get("nb_element") == "cell_code_output":
        return [block for child in node.children for block in output_of(child)]
    if isinstance(node, nodes.TextElement | nodes.row | nodes.raw | nodes.image):
        return [(join([plain_text(node)]), False)]
    return [block for child in node.children for block in blocks_of(child)]


def output_of(node: nodes.Node) -> list[Block]:
    """One output of a cell as blocks: prose if it is a picture or HTML, which have words."""
    if isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle":
        node = chosen_output(node)
    if isinstance(node, nodes.literal_block):
        return [(node.astext().strip("\n")[:OUTPUT_LENGTH], True)]
    # A picture or a table is one block; Markdown, as of source code that a cell shows, has its own.
    blocks = [block for child in node.children for block in blocks_of(child)]
    return [(text[:OUTPUT_LENGTH], code) for text, code in blocks or [(node.astext(), False)]]


def raw_text(markup: str) -> str:
    """Words in raw HTML: what a picture's alt text says, and text outside of pictures."""
    labels = re.findall(r'(?:aria-label|alt)="([^"]*)"', markup)
    outside = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", markup, flags=re.S)
    return html.unescape(join([*labels, re.sub(r"<[^>]*>", " ", outside)]))


def chosen_output(bundle: nodes.Element) -> nodes.Node:
    """The output of a cell that a page shows, of those that the notebook holds."""
    by_type: dict[str, nodes.Node] = {child.get("mime_type"): child for child in bundle.children}
    if WIDGET in by_type and "text/html" not in by_type:  # its text is the name of a Python class
        return nodes.Text("")
    chosen = next((by_type[kind] for kind in PREFERRED if kind in by_type), None)
    return chosen if chosen is not None else nodes.Text("")


def join(texts: Iterable[str]) -> str:
    """Texts as one, with single spaces."""
    return " ".join(" ".join(texts).split())
