"""Living figures and questions: the widget, what stands in its place, and the script for both.

MyST-NB keeps one output of a cell, the widget if there is one. Here the picture beside it stays
too: it is what a reader sees without JavaScript, on paper, and until the figure is alive. The box
has the figure's name for a class, by which figures.css keeps its place.
"""

import json
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
SHARED = ("_esm", "_css")  # the same in every widget of a kind, and by far the largest part
NAME = re.compile(r'data-figure="(\w+)"')


class KeepPicture(SphinxPostTransform):
    """A cell's widget, with the same cell's HTML before it, in a box of class `living`."""

    default_priority = 3  # before MyST-NB chooses
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Put each widget of the page into its box."""
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            by_type = {child["mime_type"]: child for child in bundle.children}
            if WIDGET not in by_type:
                continue
            picture = by_type.get("text/html")
            box = nodes.container(classes=["living"])
            if picture is not None:
                if named := NAME.search(picture.astext()):
                    box["classes"].append(f"living-{named[1]}")
                box += nodes.container("", *picture.children, classes=["living-picture"])
            box += by_type[WIDGET].children
            bundle.replace_self(box)


def has_figures(body: str) -> bool:
    """Whether a page's HTML has a living figure."""
    return WIDGET in body


def share(states: str) -> str:
    """The widgets' states as a page holds them: what is large and the same stands there once.

    A later widget names the one that has it; figures.js looks there.
    """
    read = json.loads(states)
    first: dict[str, str] = {}
    for name, model in read["state"].items():
        for key in SHARED:
            if large := model["state"].get(key):
                holder = first.setdefault(large, name)
                if holder != name:
                    model["state"][key] = {"as_in": holder}
    return json.dumps(read).replace("</", r"<\/")


def on_page(
    app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Put the states of a page's widgets into their shared form."""
    scripts = []
    for file in context["script_files"]:
        attributes = getattr(file, "attributes", {})
        if attributes.get("type") == STATE:
            # A new one: the environment keeps this one for the next build.
            kept = {**attributes, "body": share(attributes["body"])}
            file = type(file)(file.filename, priority=file.priority, **kept)
        scripts.append(file)
    context["script_files"] = scripts


def setup(app: Sphinx) -> None:
    """Register what keeps the pictures and what the widgets share."""
    app.add_post_transform(KeepPicture)
    app.connect("html-page-context", on_page, priority=700)
