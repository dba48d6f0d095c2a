"""What a page carries of its figures: parts that stand in files, and networks no longer than so."""

import base64
import json

import numpy as np
import pytest
from bilingual import figures, parts

from charrnn import lab, train
from charrnn.exercises import ask
from charrnn.exercises.question import Question
from charrnn.lab.widget import script

KINDS = sorted(path.stem for path in (parts.PACKAGE / "lab" / "figures").glob("*.js"))
every_kind = pytest.mark.parametrize("kind", [*KINDS, "question"])


def script_of(kind):
    return script(kind, Question.drawing if kind == "question" else None)


def joined(state, files):
    """What figures.js makes of a script or sheet, out of the files that the page loads."""
    loaded = {}
    for file in files:
        loaded |= json.loads(parts.text_of(file).partition("), ")[2].removesuffix(");\n"))
    return "".join(loaded[name] for name in state["parts"]) + state["own"]


def shared(*widgets):
    states = {str(i): {"state": state} for i, state in enumerate(widgets)}
    text, files = figures.shared(json.dumps({"state": states}))
    return [model["state"] for model in json.loads(text)["state"].values()], files


@every_kind
def test_a_script_comes_back_letter_for_letter(kind):
    whole = script_of(kind)
    (state,), files = shared({"name": kind, "_esm": whole})
    assert joined(state["_esm"], files) == whole
    assert state["_esm"]["own"].startswith("export default {")  # no module is left in the page
    assert set(files) <= {"of_every", "of_several", kind}


def test_a_sheet_comes_back_letter_for_letter():
    question = ask("How many?", 3)
    (state,), files = shared({"name": "question", "_css": question._css})
    assert state["_css"] == {"parts": ["lab.css", "question.css"], "own": ""}
    assert joined(state["_css"], files) == question._css


def test_parts_of_every_kind_and_of_several_stand_once():
    drawings = {kind: parts.PACKAGE / "lab" / "figures" / f"{kind}.js" for kind in KINDS}
    drawings["question"] = Question.drawing
    users = {kind: set(parts._parts(drawing)) for kind, drawing in drawings.items()}
    files = parts.files()
    assert set(files["of_every"]) == set.intersection(*users.values())
    assert {"lab_kit_frame", "lab.css"} <= set(files["of_every"])
    for kind, names in users.items():
        assert names <= files["of_every"].keys() | files["of_several"].keys() | files[kind].keys()
        for name in files[kind]:
            assert sum(name in of for of in users.values()) < parts.SEVERAL


def test_what_is_none_of_the_parts_stays_in_the_page():
    """As of a widget of other people, or outputs of another state of the package."""
    changed = script_of("gate").replace("lab-title", "lab-other")
    states, files = shared(
        {"name": "gate", "_esm": changed, "_css": "p {}"},
        {"_esm": "export default 1"},
        {"width": 1},
    )
    assert joined(states[0]["_esm"], files) == changed and "lab-other" in states[0]["_esm"]["own"]
    assert states[0]["_css"] == {"parts": [], "own": "p {}"}
    assert states[1:] == [{"_esm": {"parts": [], "own": "export default 1"}}, {"width": 1}]
    assert figures.shared('{"state": {"a": {"state": {"x": 1}}}}')[1] == []


def test_what_is_changed_has_another_address(tmp_path, monkeypatch):
    address = parts.write("of_every", tmp_path)
    file, version = address.split("?v=")
    assert (tmp_path / file).read_text("utf-8") == parts.text_of("of_every")
    assert parts.write("of_every", tmp_path) == address and len(version) == 8
    monkeypatch.setattr(parts, "text_of", lambda file: "changed")
    assert parts.write("of_every", tmp_path).startswith(f"{file}?v=")
    assert parts.write("of_every", tmp_path) != address


def encoded(numbers):
    return base64.b64encode(np.asarray(numbers, "<f4").tobytes()).decode()


def decoded(short):
    """Three bytes each, the last one signed, without what the extension and the page do it with."""
    low = np.frombuffer(base64.b64decode(short), np.uint8).reshape(-1, 3).astype(float)
    steps = low @ [1, 256, 65536]
    return np.where(steps < 2**23, steps, steps - 2**24) / 2**23


def test_a_network_is_kept_to_what_float32_holds_of_its_largest_numbers():
    cell, _ = train("hello", epochs=30, progress=False)
    figure = lab.cell(cell)
    numbers = np.frombuffer(figure.weights, "<f4")
    kept = decoded(figures.shortened(encoded(numbers)))
    assert abs(kept - numbers).max() <= 2**-24
    large = abs(numbers) >= 0.5
    assert kept[large] == pytest.approx(numbers[large], abs=0)
    edges = [-1, 1 - 2**-24, 0, -(2**-23), 2**-23, 0.5]
    assert decoded(figures.shortened(encoded([edges[0], *edges[2:]]))).tolist() == [-1, *edges[2:]]


@pytest.mark.parametrize("number", [1.0, 1 - 2**-24, -1.001, 1e30, float("nan"), float("inf")])
def test_numbers_that_do_not_fit_stay_as_they_are(number):
    buffer = {"path": ["weights"], "encoding": "base64", "data": encoded([0.1, number])}
    text, _ = figures.shared(json.dumps({"state": {"a": {"state": {}, "buffers": [buffer]}}}))
    assert json.loads(text)["state"]["a"]["buffers"] == [buffer]


def test_only_networks_are_rounded():
    data = encoded([0.1])
    buffers = [{"path": [name], "data": data} for name in ("logits", "model_file", "weights")]
    text, _ = figures.shared(json.dumps({"state": {"a": {"state": {}, "buffers": buffers}}}))
    told = [buffer["data"] == data for buffer in json.loads(text)["state"]["a"]["buffers"]]
    assert told == [True, True, False]
    assert figures.shortened(base64.b64encode(b"12345").decode()) is None  # no float32
