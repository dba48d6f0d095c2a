"""What the extension does for questions: one script a page, anchors, and the key for teachers."""

import json
from collections import defaultdict
from types import SimpleNamespace

import pytest
from bilingual import answer_key, figures, languages, questions
from bilingual.interface import WORDS
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ExtensionError

from charrnn.exercises import ask
from charrnn.exercises.question import opened

STATES = {
    "a": {"state": {"_esm": "script </script>", "_css": "sheet", "name": "cell"}},
    "b": {"state": {"_esm": "script </script>", "_css": "other"}},
    "c": {"state": {"_esm": "script </script>", "_css": "sheet", "x": float("inf")}},
    "layout": {"state": {"width": None}},
}


def test_a_state_ends_no_script_and_keeps_what_json_does_not_know():
    text, _ = figures.shared(json.dumps({"state": STATES}))
    assert "</script" not in text
    read = json.loads(text)["state"]
    assert read["a"]["state"]["_esm"] == {"parts": [], "own": "script </script>"}
    assert read["c"]["state"]["x"] == float("inf") and read["layout"] == STATES["layout"]


def test_sharing_leaves_what_the_environment_keeps(tmp_path):
    kept = {"type": figures.STATE, "body": json.dumps({"state": STATES})}
    before = dict(kept)

    class Script:
        def __init__(self, filename, *, priority=500, **attributes):
            self.filename, self.priority, self.attributes = filename, priority, attributes

    context = {"script_files": [Script(None, **kept), "_static/other.js"]}
    first = context["script_files"][0]
    figures.on_page(SimpleNamespace(outdir=tmp_path), "x", "page.html", context, None)
    assert first.attributes == before
    assert context["script_files"][0].attributes["body"] == figures.shared(kept["body"])[0]
    assert context["script_files"][1] == "_static/other.js"
    assert [script.split("?v=")[0] for script in context["figure_scripts"]] == ["figures.js"]


ROWS = ask(
    "How many `rows` < 3?", 33, replies={35: "That is `V` & more."}, why="30 letters and marks."
)
FAR = ask("How far? (to two decimals)", 2**0.5, tolerance=0.02)
ABOUT = ask("About how many?", 2.936, tolerance=0.6)
ENV = "chapters/{}/01_one"


def shown_in(model, name="question"):
    """An output cell of MyST-NB's that shows a widget of this kind."""
    picture = nodes.container("", nodes.raw("", f'<div data-figure="{name}">', format="html"))
    view = nodes.raw("", f'<script type="{figures.WIDGET}">{{"model_id": "{model}"}}</script>')
    bundle = nodes.container(nb_element="mime_bundle")
    bundle += [picture, nodes.container("", view)]
    for child, kind in zip(bundle.children, ("text/html", figures.WIDGET), strict=True):
        child["mime_type"] = kind
    return bundle


def section(title, name, *content):
    return nodes.section("", nodes.title("", title), *content, ids=[name], names=[name])


def exercise(word):
    strong = nodes.strong("", f"{word}.")
    return nodes.paragraph("", "", nodes.Text(""), strong, nodes.Text(" On paper."))  # as MyST


def page_with(*words):
    """A page with three questions, a figure among them; in another order than its states."""
    one, two = words
    page = new_document("")
    page += section(
        "One & all", "one", nodes.paragraph("", "", nodes.strong("", "A word.")), shown_in("r"),
        section(
            "Rows", "rows", exercise("None"), shown_in("f", "cell"), nodes.note("", shown_in("d"))
        ),
        section(
            "Exercises", "exercises", exercise(one), exercise(two), shown_in("a"),
        ),
    )  # fmt: skip
    for part in page.findall(nodes.section):
        page.note_explicit_target(part)
    return page


@pytest.fixture
def app(monkeypatch):
    """An app whose pages of both languages are `page_with`, read and kept."""
    states = {
        key: {"state": {part: getattr(question, part) for part in ("name", "text", "sealed")}}
        for key, question in (("a", ABOUT), ("d", FAR), ("r", ROWS))
    }
    body = json.dumps({"state": {**states, "f": {"state": {"name": "cell"}}}})
    files = {"js": (None, {"type": figures.STATE, "body": body}), "other": ("x.js", {})}
    monkeypatch.setattr(questions.NbMetadataCollector, "get_js_files", lambda env, name: files)
    monkeypatch.setattr(answer_key, "pages_of", lambda env, code: [ENV.format(code)])
    pages = {
        ENV.format(code): page_with(*words)
        for code, words in (("ko", ("하나", "둘")), ("en", ("One", "Two")))
    }
    env = SimpleNamespace(
        titles=dict.fromkeys(pages, nodes.title("", "One & all")),
        get_doctree=pages.get, metadata=defaultdict(dict), docname="",
    )  # fmt: skip
    for env.docname, page in pages.items():
        anchored(page, env)
    builder = SimpleNamespace(get_relative_uri=lambda here, there: "01_one.html")
    return SimpleNamespace(env=env, builder=builder)


def anchored(page, env):
    page.settings.env = env
    for kind in (languages.SectionLinks, questions.Anchors):
        transform = kind.__new__(kind)
        transform.document = page
        transform.apply()


def key(app, code):
    """What the key's page shows, as HTML."""
    document = new_document("")
    document += nodes.raw("", answer_key.PLACE, format="html")
    document += nodes.raw("", "<p>left alone</p>", format="html")
    answer_key.fill(app, document, f"chapters/{code}/93_key")
    made, other = (node.astext() for node in document.findall(nodes.raw))
    assert other == "<p>left alone</p>"
    return BeautifulSoup(made, "html.parser")


def test_the_key_stands_in_the_order_of_the_page_under_its_headings(app):
    made = key(app, "en")
    assert [fold.summary.text for fold in made.select("details")] == ["1. One & all"]
    assert [head.text for head in made.select("h3")] == ["One & all", "Rows", "Exercises"]
    hrefs = [head.a["href"] for head in made.select("h3")]
    assert hrefs == ["01_one.html", "01_one.html#rows", "01_one.html#exercises"]
    asked = [link.text for link in made.select("li > p > a")]
    assert asked == ["How many rows < 3?", "How far? (to two decimals)", "About how many?"]
    assert [int(part["start"]) for part in made.select("ol")] == [1, 2, 3]
    assert [len(part.find_all("li", recursive=False)) for part in made.select("ol")] == [1] * 3


def test_each_entry_leads_to_the_anchor_at_its_question(app):
    names = ["question", "question-2", "question-3"]
    hrefs = [link["href"] for link in key(app, "en").select("li > p > a")]
    assert hrefs == [f"01_one.html#{name}" for name in names]
    page = app.env.get_doctree(ENV.format("en"))
    assert [box["ids"][0] for box in questions.boxes(page)] == names
    # What a link of another page's text may name, in Korean too.
    for code in ("ko", "en"):
        known = app.env.metadata[ENV.format(code)]["myst_slugs"]
        assert {*names, "rows", "exercises"} <= set(known)
        assert all(known[name][1] == name for name in names)


def test_the_anchor_stands_at_the_box_that_the_page_shows():
    page = page_with("One", "Two")
    env = SimpleNamespace(metadata=defaultdict(dict), docname="x")
    anchored(page, env)
    keep = figures.KeepPicture.__new__(figures.KeepPicture)
    keep.document = page
    keep.run()
    found = [n for n in page.findall(nodes.container) if "living" in n["classes"]]
    assert [n["ids"] for n in found] == [["question"], [], ["question-2"], ["question-3"]]


def test_a_section_of_the_same_name_stops_the_build():
    page = page_with("One", "Two")
    page.ids["question-2"] = page
    with pytest.raises(ExtensionError, match="question-2"):
        anchored(page, SimpleNamespace(metadata=defaultdict(dict), docname="x"))


@pytest.mark.parametrize(("code", "name"), [("en", "Exercise two."), ("ko", "연습 둘.")])
def test_a_question_of_an_exercise_is_named_as_on_its_page(app, code, name):
    entries = key(app, code).select("ol > li")
    assert [e.p.strong.text if e.p.strong else "" for e in entries] == ["", "", name]


@pytest.mark.parametrize("code", ["ko", "en"])
def test_answers_have_the_form_that_is_asked_for_and_say_what_is_accepted(app, code):
    said = [entry.find_all("p")[1].text for entry in key(app, code).select("ol > li")]
    assert said[0] == "✓ 33 30 letters and marks."
    for line, right, low, high in (
        (said[1], "1.41", "1.395", "1.434"),
        (said[2], "3", "2.34", "3.53"),
    ):
        ends = WORDS[code]["accepted"].format(low=low, high=high)
        assert line == f"✓ {right} ({ends})"


def test_wrong_answers_stand_with_what_they_show(app):
    entry = key(app, "en").select_one("ol > li")
    assert entry.p.a.code.text == "rows"
    assert [str(wrong) for wrong in entry.select("ul > li")] == [
        "<li><strong>35</strong> That is <code>V</code> &amp; more.</li>"
    ]


@pytest.mark.parametrize(
    ("answer", "tolerance"),
    [(2**0.5, 0.02), (2.936, 0.6), (-0.4385, 0.006), (34.27, 3), (0.0099999, 0.000005), (1800, 1)],
)
def test_both_ends_of_what_is_accepted_are_accepted(answer, tolerance):
    secret = opened(ask("What?", answer, tolerance=tolerance).sealed)
    low, high = (float(end.replace("−", "-")) for end in answer_key.accepted(secret))
    assert answer - tolerance <= low + 1e-9 < high <= answer + tolerance + 1e-9
    assert high - low > 1.8 * tolerance
