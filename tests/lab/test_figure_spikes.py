"""The figure of two trainings side by side, beside `train` and `loss_spikes` of the package."""

import pytest
from using import alone, announced, gone, note, press, says, status

from charrnn import lab, train
from charrnn.scratch.training import loss_spikes

CHANGES = {
    "epsilon": {"epsilon": 0.01},
    "beta2": {"beta2": 0.99},
    "rate": {"learning_rate": 0.001},
    "decay": {"decay": 0.997},
    "clip": {"clip": 1},
    "clipHard": {"clip": 0.01},
    "none": {},
}
FIELDS = {
    "Learning rate": "0.01",
    "Epsilon": "1e-8",
    "beta2": "0.999",
    "Times, each epoch": "1",
    "Clip at (0 for never)": "0",
}


def small(**settings):
    return lambda: lab.spikes("hello", **{"hidden_size": 9, "seed": 5, "epochs": 20, **settings})


def legend(page, kind):
    return page.locator(".lab-legend").nth(("yours", "post").index(kind)).inner_text()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_larger_epsilon_takes_the_spikes_away(open_figures, language):
    page = open_figures(lab.spikes, language)
    assert {"ko": "아직 학습하지 않았습니다", "en": "not trained yet"}[language] in legend(
        page, "post"
    )
    press(page, {"ko": "두 번 학습", "en": "Train both"}[language], "Enter")
    says(page, {"ko": "1000 에포크.", "en": "Epoch 1000."}[language])
    none, count = {"ko": (": 0번", "번 튀어"), "en": ("spikes: 0,", "spikes: ")}[language]
    assert none in legend(page, "yours")
    assert none not in legend(page, "post") and count in legend(page, "post")
    assert page.locator(".lab-curve .lab-line").get_attribute("d").count("L") > 300
    assert page.locator(".lab-curve .lab-second").get_attribute("d").count("L") > 300


@pytest.mark.parametrize("name", CHANGES)
def test_both_are_trained_as_the_package_trains(call, name):
    """Small enough to be done at once: each frame's work is done here without a page's frames."""
    use = (
        "const waiting = []; const own = requestAnimationFrame;"
        "globalThis.requestAnimationFrame = (f) => waiting.push(f);"
        f"const select = el.querySelector('select'); select.value = '{name}';"
        "select.dispatchEvent(new Event('change'));"
        "find('Train both').click();"
        "for (let i = 0; waiting.length && i < 10000; i++) waiting.shift()(performance.now());"
        "globalThis.requestAnimationFrame = own;"
        "return [values.result, values,"
        " [...el.querySelectorAll('.lab-legend')].map((e) => e.textContent),"
        " el.querySelector('.lab-curve').getAttribute('aria-label')];"
    )
    result, settings, (yours, post), label = alone(call, small(epochs=60)(), use)
    shared = {"hidden_size": 9, "seed": 5, "epochs": 60, "progress": False}
    knobs = {"epsilon": 1e-8, "beta2": 0.999, "decay": 1, "clip": None, "learning_rate": 0.01}
    assert {key: settings[key] for key in knobs} == {**knobs, **CHANGES[name]}
    for kind, text, given in (("post", post, {}), ("yours", yours, CHANGES[name])):
        _, history = train("hello", **shared, **given)
        assert result[kind]["loss"] == pytest.approx(history.losses[-1], rel=1e-3)
        assert result[kind]["epoch"] == 60 and not result[kind]["diverged"]
        assert result[kind]["spikes"] == len(loss_spikes(history.losses))
        said = text.split(": ", 1)[1]
        assert said.startswith(f"spikes: {result[kind]['spikes']}, lowest loss ")
        assert float(said.split("loss ")[1]) == pytest.approx(min(history.losses), rel=6e-2)
        assert said in label
    assert yours.startswith("changed settings") and post.startswith("settings of the post")
    assert label.index("Solid: changed settings") < label.index("Dashed: settings of the post")
    assert "60 epochs" in label


def test_settings_by_name_and_ones_own(open_figures):
    page = open_figures(small())

    def fields():
        return {name: page.get_by_role("spinbutton", name=name).input_value() for name in FIELDS}

    shown = {
        "rate": ("Learning rate", "0.001"),
        "beta2": ("beta2", "0.99"),
        "decay": ("Times, each epoch", "0.997"),
        "clip": ("Clip at (0 for never)", "1"),
        "clipHard": ("Clip at (0 for never)", "0.01"),
        "epsilon": ("Epsilon", "0.01"),
    }
    for change, (field, value) in shown.items():
        page.locator("select").select_option(change)
        assert fields() == {**FIELDS, field: value}
    page.locator("select").select_option("none")
    assert fields() == FIELDS
    page.get_by_role("spinbutton", name="Epsilon").fill("0.5")
    assert page.locator("select").input_value() == "own"
    page.get_by_role("spinbutton", name="Epsilon").fill("0.01")
    assert page.locator("select").input_value() == "epsilon"
    press(page, "Train both")
    says(page, "Epoch 20.")
    press(page, "Train on")
    says(page, "Epoch 40.")
    says(
        page,
        f"Epoch 40. Changed settings: {legend(page, 'yours').split(': ', 1)[1]}. Settings",
        ".lab > .lab-voice",
    )
    assert announced(page, ".lab > .lab-status") is None
    ranges = {
        "Learning rate": ("0", "from 0.00001 to 10"),
        "Epsilon": ("-1", "from 0 to 1"),
        "beta2": ("1", "from 0 to 0.99999"),
        "Times, each epoch": ("1.01", "from 0.5 to 1"),
        "Clip at (0 for never)": ("-1", "from 0 to 1000"),
        "Seed": ("0.5", "a whole number from 0 to 4294967295"),
    }
    for label, (bad, named) in ranges.items():
        page.get_by_role("spinbutton", name=label).fill(bad)
        assert note(page) == f"Out of range: {label} ({named})."
        assert page.get_by_role("button", name="Train both").is_disabled()
        assert status(page) == "" and "not trained yet" in legend(page, "yours")
        if label == "Seed":
            page.get_by_role("spinbutton", name=label).fill("3")
        else:
            page.locator("select").select_option("none")
        assert page.get_by_role("button", name="Train both").is_enabled()
        assert not page.locator(".lab-note").first.is_visible()
    assert page.get_by_label("Seed").input_value() == "3"


def test_divergence_of_one_is_told_while_the_other_goes_on(open_figures):
    page = open_figures(small(epochs=300))
    page.get_by_role("spinbutton", name="Learning rate").fill("10")
    page.get_by_role("spinbutton", name="Epsilon").fill("0")
    page.get_by_role("spinbutton", name="beta2").fill("0")
    press(page, "Train both")
    says(page, "Epoch 300.")
    assert "diverged" not in legend(page, "post")


def test_a_copied_link_trains_as_far_again(open_figures):
    page = open_figures(small())
    page.locator("select").select_option("clipHard")
    page.get_by_label("Seed").fill("3")
    press(page, "Train both")
    says(page, "Epoch 20.")
    page.get_by_role("button", name="Train on").wait_for()
    press(page, "Copy link")
    before = page.locator(".lab-body").inner_text()
    page = open_figures(small(), address=page.evaluate("location.hash"))
    says(page, "Epoch 20.")
    page.get_by_role("button", name="Train on").wait_for()
    assert page.locator(".lab-body").inner_text() == before
    assert page.locator("select").input_value() == "clipHard"
    assert page.get_by_label("Seed").input_value() == "3"


def test_a_link_opens_the_settings_of_adam(open_figures):
    page = open_figures(small(), address="#lab=spikes&clip=0.01&seed=3&change=none")
    assert page.get_by_label("Clip at").input_value() == "0.01"
    assert page.get_by_label("Seed").input_value() == "3"
    assert page.locator("select").input_value() == "clipHard"


def test_a_figure_taken_away_is_gone(call):
    gone(call, small(epochs=10**6)(), "el.querySelector('.lab-main').click();")
