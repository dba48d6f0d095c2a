"""What the extension does for questions: one script a page, and the key for teachers."""

import json
from types import SimpleNamespace

from bilingual import answer_key, figures
from docutils import nodes
from docutils.utils import new_document

from charrnn.exercises import ask

STATES = {
    "a": {"state": {"_esm": "script </script>", "_css": "sheet", "name": "cell"}},
    "b": {"state": {"_esm": "script </script>", "_css": "other"}},
    "c": {"state": {"_esm": "script </script>", "_css": "sheet", "x": float("inf")}},
    "layout": {"state": {"width": None}},
}


def test_the_same_script_and_sheet_stand_once():
    shared = figures.share(json.dumps({"state": STATES}))
    assert "</script" not in shared and shared.count("script <") == 1
    read = json.loads(shared)["state"]
    assert read["a"] == STATES["a"] and read["layout"] == STATES["layout"]
    assert read["b"]["state"] == {"_esm": {"as_in": "a"}, "_css": "other"}
    assert read["c"]["state"]["_css"] == {"as_in": "a"}


def test_sharing_leaves_what_the_environment_keeps():
    kept = {"type": figures.STATE, "body": json.dumps({"state": STATES})}
    before = dict(kept)

    class Script:
        def __init__(self, filename, *, priority=500, **attributes):
            self.filename, self.priority, self.attributes = filename, priority, attributes

    context = {"script_files": [Script(None, **kept), "_static/other.js"]}
    first = context["script_files"][0]
    figures.on_page(None, "x", "page.html", context, None)
    assert first.attributes == before
    assert context["script_files"][0].attributes["body"] == figures.share(kept["body"])
    assert context["script_files"][1] == "_static/other.js"


QUESTION = ask(
    "How many `rows` < 3?", 33, replies={35: "That is `V` & more."}, why="30 letters and marks."
)


def test_the_key_has_the_answer_and_what_each_wrong_one_shows(monkeypatch):
    state = {name: getattr(QUESTION, name) for name in ("name", "text", "sealed")}
    body = json.dumps({"state": {"q": {"state": state}, "f": {"state": {"name": "cell"}}}})
    files = {"js": (None, {"type": figures.STATE, "body": body}), "other": ("x.js", {})}
    monkeypatch.setattr(answer_key.NbMetadataCollector, "get_js_files", lambda env, name: files)
    monkeypatch.setattr(answer_key, "pages_of", lambda env, code: [f"chapters/{code}/01_one"])
    builder = SimpleNamespace(get_relative_uri=lambda here, there: "01_one.html")
    title = nodes.title("", "One & all")
    env = SimpleNamespace(titles={"chapters/en/01_one": title})
    document = new_document("")
    document += nodes.raw("", answer_key.PLACE, format="html")
    document += nodes.raw("", "<p>left alone</p>", format="html")
    answer_key.fill(SimpleNamespace(env=env, builder=builder), document, "chapters/en/93_key")
    key, other = (node.astext() for node in document.findall(nodes.raw))
    assert other == "<p>left alone</p>"
    assert '<a href="01_one.html">One &amp; all</a>' in key
    assert "<li><p>How many <code>rows</code> &lt; 3?</p>" in key
    assert "✓ <strong>33</strong> 30 letters and marks." in key
    assert "<li><strong>35</strong> That is <code>V</code> &amp; more.</li>" in key
    assert key.count("<li>") == 2
