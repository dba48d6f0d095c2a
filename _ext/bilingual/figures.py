"""Living figures and questions: the widget, what stands in its place, and the script for both.

MyST-NB keeps one output of a cell, the widget if there is one. Here the picture beside it stays
too: it is what a reader sees without JavaScript, on paper, and until the figure is alive. The box
has the figure's name for a class, by which figures.css keeps its place.
"""

import base64
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from . import parts

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
CODE = ("_esm", "_css")
NETWORK = ["weights"]  # the path of a network's numbers among a widget's buffers
STEP = 2**-23
HOST = Path(__file__).parent / "theme" / "static" / "figures.js"
NAME = re.compile(r'data-figure="(\w+)"')


class KeepPicture(SphinxPostTransform):
    """A cell's widget, with the same cell's HTML before it, in a box of class `living`."""

    default_priority = 3  # before MyST-NB chooses
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Put each widget of the page into its box."""
        for bundle, forms, name in widgets(self.document):
            box = nodes.container(classes=["living"])
            if name:
                box["classes"].append(f"living-{name}")
            if picture := forms.get("text/html"):
                box += nodes.container("", *picture.children, classes=["living-picture"])
            box += forms[WIDGET].children
            bundle.replace_self(box)


def widgets(
    document: nodes.document,
) -> Iterator[tuple[nodes.container, dict[str, nodes.container], str]]:
    """The output cells that show a widget, what they hold by type, and its figure's name or ""."""
    for bundle in list(document.findall(nodes.container)):
        if bundle.get("nb_element") == "mime_bundle":
            forms = {child["mime_type"]: child for child in bundle.children}
            if WIDGET in forms:
                picture = forms.get("text/html")
                named = NAME.search(picture.astext()) if picture else None
                yield bundle, forms, named[1] if named else ""


def has_figures(body: str) -> bool:
    """Whether a page's HTML has a living figure."""
    return WIDGET in body


def shared(states: str) -> tuple[str, list[str]]:
    """The widgets' states as a page holds them, and the files that it loads for them.

    What is in the files, the states name; figures.js puts it in its place.
    """
    read = json.loads(states)
    files: set[str] = set()
    for model in read["state"].values():
        for key in CODE:
            if text := model["state"].get(key):
                names, own = parts.named(text, model["state"].get("name", ""))
                model["state"][key] = {"parts": list(names), "own": own}
                files.update(names.values())
        for buffer in model.get("buffers", []):
            if buffer["path"] == NETWORK and (short := shortened(buffer["data"])) is not None:
                buffer |= {"data": short, "step": STEP}
    return json.dumps(read).replace("</", r"<\/"), sorted(files)


def shortened(numbers: str) -> str | None:
    """Little-endian float32 in base64 as whole numbers of steps, three bytes each, in base64.

    A number is off by half a step at most, as float32 itself is between 1/2 and 1. Four letters of
    base64 hold one number then, and the first letters are alike: gzip makes a third less of them.
    None where they do not fit: one is about 1 or larger, or they are no finite float32.
    """
    raw = base64.b64decode(numbers)
    try:
        steps = [round(number / STEP) for number in struct.unpack(f"<{len(raw) // 4}f", raw)]
        short = b"".join(step.to_bytes(3, "little", signed=True) for step in steps)
    except (OverflowError, ValueError, struct.error):
        return None
    return base64.b64encode(short).decode()


def on_page(
    app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    """Put the states of a page's widgets into their shared form, and name its scripts for them."""
    scripts, static = [], Path(app.outdir) / "_static"
    context["figure_scripts"] = []
    for file in context["script_files"]:
        attributes = getattr(file, "attributes", {})
        if attributes.get("type") == STATE:
            body, files = shared(attributes["body"])
            # A new one: the environment keeps this one for the next build.
            file = type(file)(file.filename, priority=file.priority, **{**attributes, "body": body})
            context["figure_scripts"] = [
                *(parts.write(name, static) for name in files),
                HOST.name + parts.version(HOST.read_text("utf-8")),  # it reads what this wrote
            ]
        scripts.append(file)
    context["script_files"] = scripts


def setup(app: Sphinx) -> None:
    """Register what keeps the pictures and what the widgets carry."""
    app.add_post_transform(KeepPicture)
    app.connect("html-page-context", on_page, priority=700)
