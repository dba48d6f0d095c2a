"""Where the questions of a page stand: an anchor at each, and what stands around it.

A question's anchor is the name that figures.js gives its place, "question", then "question-2": so
links to it stay as long as no question is put in before it.
"""

import base64
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from docutils import nodes
from myst_nb.sphinx_ext import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform

from .figures import STATE, WIDGET, widgets

EXERCISES = "exercises"  # the id of that section, in every language: see languages.py


class Asked(NamedTuple):
    """A question of a page."""

    text: str
    secret: dict[str, Any]  # what its widget keeps sealed
    anchor: str
    section: str  # the title of the section where it stands
    section_id: str  # "" for the page itself
    exercise: str  # the word that its exercise begins with, as "One"; "" outside of exercises


def boxes(document: nodes.document) -> Iterator[nodes.container]:
    """The output cells of a page that hold a question, in order."""
    return (box for box, _, name in widgets(document) if name == "question")


class Anchors(SphinxTransform):
    """Give each question of a page being read its anchor; links from other pages may name it."""

    default_priority = 845  # once sections have their ids, before targets are collected

    def apply(self, **kwargs: Any) -> None:
        """Name the boxes; what figures.py puts in their place has the name too."""
        known = self.env.metadata[self.env.docname].setdefault("myst_slugs", {})
        for n, box in enumerate(boxes(self.document), 1):
            anchor = "question" if n == 1 else f"question-{n}"
            if anchor in self.document.ids:
                raise ExtensionError(f"{self.env.docname}: a section is called {anchor} already")
            box["ids"] = [anchor]
            known[anchor] = (box.line, anchor, anchor)


def state_of(box: nodes.container, states: dict[str, Any]) -> dict[str, Any]:
    """The state of the widget that a box shows."""
    view = next(child for child in box.children if child["mime_type"] == WIDGET)
    script = view.next_node(nodes.raw).astext()
    model = json.loads(script[script.index("{") : script.rindex("}") + 1])["model_id"]
    state: dict[str, Any] = states[model]["state"]
    return state


def states_of(app: Sphinx, docname: str) -> dict[str, Any]:
    """The states of a page's widgets by id."""
    for _, attributes in NbMetadataCollector.get_js_files(app.env, docname).values():
        if attributes.get("type") == STATE:
            states: dict[str, Any] = json.loads(attributes["body"])["state"]
            return states
    return {}


def exercise_before(box: nodes.container, section: nodes.section) -> str:
    """The word that the last exercise above a question begins with; "" where there is none."""
    found = ""
    for node in section.findall():
        if node is box:
            break
        if isinstance(node, nodes.paragraph):
            # MyST leaves an empty text before what is bold.
            first = next((part for part in node.children if part.astext()), None)
            if isinstance(first, nodes.strong) and first.astext().endswith("."):
                found = first.astext().rstrip(".")
    return found


def questions_of(app: Sphinx, docname: str) -> Iterator[Asked]:
    """The questions of a page in the order in which they stand there."""
    document = app.env.get_doctree(docname)
    states = states_of(app, docname)
    for box in boxes(document):
        state = state_of(box, states)
        section: Any = box.parent
        while not isinstance(section, nodes.section):
            section = section.parent
        name = "" if section.parent is document else section["ids"][0]
        yield Asked(
            text=state["text"],
            secret=json.loads(base64.b64decode(state["sealed"])),
            anchor=box["ids"][0],
            section=section.next_node(nodes.title).astext(),
            section_id=name,
            exercise=exercise_before(box, section) if name == EXERCISES else "",
        )


def setup(app: Sphinx) -> None:
    """Register what names the boxes."""
    app.add_transform(Anchors)
