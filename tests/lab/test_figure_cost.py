"""The figure of cost beside `charrnn.experiments.cost`."""

import re

import pytest
from using import follow_links, gone, press, says

from charrnn import lab, pictures
from charrnn.experiments.cost import VOCAB, StepCost, bill, exchange_seconds
from charrnn.lab.figures import cost as module
from charrnn.layers.model import count_weights

COSTS = {
    "rnn": StepCost(1e-3, 5e-9, 1e-6, 1e-8),
    "gru": StepCost(4e-3, 2e-8, 3e-6, 4e-8),
    "lstm": StepCost(2e-3, 0, 4e-6, 5e-8),
}
PLANS = [
    {"kind": "gru", "letters": 10**6, "hidden": 256, "batch": 64, "machines": 1, "price": 0.05},
    {"kind": "rnn", "letters": 2 * 10**10, "hidden": 32, "batch": 4096, "machines": 64, "price": 3},
    {"kind": "lstm", "letters": 10**13, "hidden": 4096, "batch": 8, "machines": 4096, "price": 0},
    {"kind": "gru", "letters": 1000, "hidden": 512, "batch": 1, "machines": 1, "price": 0.5},
]
BILL = "return arithmetic.bill(data.cost, data.plan)"
VALUES = """() => Object.fromEntries([...document.querySelectorAll(".lab-slider")].map((s) =>
  [s.closest(".lab-label").querySelector("label").textContent,
   s.getAttribute("aria-valuetext")]))"""


def figure(**settings):
    return lab.cost(COSTS, **settings)


def in_python(kind, letters, **plan):
    return bill(COSTS[kind], kind, letters, **plan)


@pytest.mark.parametrize("plan", PLANS)
def test_the_page_computes_what_the_package_does(call, plan):
    found = call(BILL, cost=vars(COSTS[plan["kind"]]), plan=plan)
    wanted = in_python(**plan)
    assert found["parts"] == pytest.approx(wanted.parts)
    for name in ("steps", "machines", "faster", "hours", "money"):
        assert found[name] == pytest.approx(getattr(wanted, name))
    assert found["limit"] == wanted.limit
    assert found["step"] == pytest.approx(sum(wanted.parts.values()))


def test_the_page_counts_and_exchanges_as_the_package_does(call):
    for kind in COSTS:
        found = call("return arithmetic.parameters(data.k, 96)", k=kind)
        assert found == count_weights(VOCAB, 96, kind)
    found = call("return arithmetic.exchangeSeconds(12345, 7)")
    assert found == pytest.approx(exchange_seconds(12345, 7))


def lines(page):
    return [p.inner_text() for p in page.locator(".lab-numbers").all()]


def test_what_it_says_is_the_bill(open_figures):
    page = open_figures(figure)
    wanted = in_python(**PLANS[0])
    answer, detail = lines(page)
    seconds = float(re.search(r"takes ([\d.]+) s", answer)[1])
    assert seconds == pytest.approx(3600 * wanted.hours, rel=6e-3)
    money = float(re.search(r"Dollars: ([\d.]+)\.$", answer)[1])
    assert money == pytest.approx(wanted.money, rel=6e-3)
    assert answer.startswith("To read 1,000,000 letters once")
    assert detail.startswith(f"Rows in a step: 64. Steps: {wanted.steps}, ")
    assert "machines" not in detail
    assert page.locator(".lab-sum-text").inner_text() == (
        "a step = 4 ms + 20 ns × H² + 64 × (3 µs × H + 40 ns × H²) + 0 ns"
    )
    shares = [float(x.rstrip("%")) for x in page.locator(".lab-bar-value").all_inner_texts()]
    whole = sum(wanted.parts.values())
    assert shares == pytest.approx([100 * part / whole for part in wanted.parts.values()], abs=0.51)
    chosen = page.locator(".lab-bars .chosen .lab-bar-name").inner_text()
    assert chosen == "products" and "Most of it is products" in page.inner_text(
        ".lab-note >> nth=1"
    )


def test_sliders_stop_where_python_says(open_figures):
    page = open_figures(figure)
    ends = {
        "Letters of text": module.LETTERS,
        "Hidden units H": module.HIDDEN,
        "Rows B, of all together": module.BATCH,
        "Machines N": module.MACHINES,
    }
    for name, stops in ends.items():
        slider = page.get_by_label(name)
        seen = []
        slider.press("Home")
        for _ in stops:
            seen.append(page.evaluate(VALUES)[name])
            slider.press("ArrowRight")
        assert seen == [f"{stop:,}" for stop in stops]
        assert page.evaluate(VALUES)[name] == f"{stops[-1]:,}"
    # All at their ends: 4096 rows, one for each machine.
    answer, detail = lines(page)
    wanted = bill(COSTS["gru"], "gru", 10**13, hidden=4096, batch=4096, machines=4096, price=0.05)
    years = float(re.search(r"takes ([\d,.]+) years", answer)[1].replace(",", ""))
    assert years == pytest.approx(wanted.hours / 24 / 365.25, rel=6e-3)
    assert "4,096 machines are" in detail
    assert "No model with H above 512 was" in page.inner_text(".lab-note >> nth=1")
    press(page, "Start over")
    assert lines(page)[0].startswith("To read 1,000,000 letters once")


@pytest.mark.parametrize(("widest", "said"), [(255, True), (256, False), (10**5, False)])
def test_what_was_measured_is_what_python_says(open_figures, widest, said):
    page = open_figures(lambda: figure(widest=widest))
    told = page.inner_text(".lab-note >> nth=1")
    assert (f"No model with H above {widest} was measured" in told) == said
    assert ("was measured" in told) == said
    if widest > 4096:
        page.get_by_label("Hidden units H").press("End")
        assert "was measured" not in page.inner_text(".lab-note >> nth=1")


def test_no_more_machines_than_rows(open_figures):
    page = open_figures(lambda: figure(batch=8, machines=16))
    assert "as there are rows: 8." in page.inner_text(".lab-note >> nth=1")
    assert "8 machines are" in lines(page)[1]


@pytest.mark.parametrize(
    "plan",
    [
        {"batch": 1, "machines": 2},  # one row, so one machine
        {"letters": 1000, "batch": 4096},  # one step
        {"batch": 64, "price": 1 / in_python(**PLANS[0]).hours},  # one dollar
    ],
)
def test_of_one_it_speaks_as_of_many(open_figures, plan):
    """No number that may be 1 stands before a word for many, and each has its commas."""
    page = open_figures(lambda: figure(**plan))
    told = page.inner_text(".lab")
    many = "rows|steps|machines|dollars|seconds|minutes|hours|days|years"
    assert re.findall(rf"(?<![\d.,])1 (?:{many})\b", told) == []
    rows = f"{plan['batch']:,}"
    assert f"Rows in a step: {rows}." in lines(page)[1]
    assert f" + {rows} × (" in page.locator(".lab-sum-text").inner_text()


def test_a_price_that_is_none_is_told_and_changes_nothing(open_figures):
    page = open_figures(figure)
    before = lines(page)
    field = page.get_by_label("Dollars for a machine and an hour")
    for bad in ("-1", "", "1e9"):
        field.fill(bad)
        assert "from 0 to 1000000" in page.inner_text(".lab-note >> nth=0")
        assert lines(page) == before
    field.fill("0.5")
    assert not page.locator(".lab-note").first.is_visible()
    ten = float(re.search(r"Dollars: ([\d.]+)\.$", lines(page)[0])[1])
    assert ten == pytest.approx(10 * in_python(**PLANS[0]).money, rel=6e-3)
    field.press("Backspace")
    field.type("25")  # what is being typed stays as it is typed
    assert field.input_value() == "0.25"


def test_a_copied_link_opens_the_very_state(open_figures):
    page = open_figures(figure)
    page.get_by_label("Kind").select_option("lstm")
    page.get_by_label("Machines N").press("End")
    press(page, "Copy link")
    before = lines(page)
    page = open_figures(figure, address=page.evaluate("location.hash"))
    assert lines(page) == before and "LSTM" in page.inner_text(".lab-select >> nth=0")


def test_links_that_no_state_fits_say_so(open_figures):
    page = open_figures(figure)
    good = ["letters=20000&kind=rnn", "machines=64&batch=128", "price=0.125"]
    bad = ["letters=3000", "letters=1e6", "hidden=100", "batch=0", "machines=-1", "kind=GRU",
           "price=-1", "price=x", "costs=1"]  # fmt: skip
    told = follow_links(page, "cost", [*good, *bad])
    assert [m for m in told[: len(good)] if "could not" in m] == []
    assert [b for b, m in zip(bad, told[len(good) :], strict=True) if "could not" not in m] == []


def test_what_is_said_aloud_follows_later(open_figures):
    page = open_figures(figure)
    page.get_by_label("Kind").select_option("rnn")
    says(page, lines(page)[0], ".lab-body > .lab-unseen:last-child")


@pytest.mark.parametrize(
    "settings",
    [{"kind": "cnn"}, {"letters": 1234}, {"letters": 10**14}, {"hidden": 100}, {"batch": 3},
     {"machines": 0}, {"price": -1}, {"widest": 0}, {"widest": 2**20 + 1}],
)  # fmt: skip
def test_what_no_slider_shows_is_refused(settings):
    with pytest.raises(ValueError, match=next(iter(settings))):
        figure(**settings)


@pytest.mark.parametrize("costs", [None, [], {}, {"gru": COSTS["gru"]}, dict.fromkeys(COSTS, 1.0)])
def test_costs_are_asked_for_by_kind(costs):
    with pytest.raises((TypeError, ValueError), match="costs"):
        lab.cost(costs)


@pytest.mark.parametrize("four", [[0, 0, 0, 0], [1, -1, 1, 1], [1, 1, 1, 1e7], [1, 1, 1]])
def test_costs_that_are_none_of_a_step_are_refused_later_too(four):
    made = figure()
    before = made.costs
    with pytest.raises(ValueError, match="costs"):
        made.costs = [1, 2, 3, 4, *four, 1, 2, 3, 4]
    assert made.costs == before


def test_the_picture_in_its_place_tells_what_machines_gain(monkeypatch):
    drawn = {}
    monkeypatch.setattr(pictures, "lines", lambda x, runs, *_, **__: drawn.update(x=x, runs=runs))
    figure()._picture()
    assert drawn["x"][0] == 1 and set(drawn["runs"]) == {"B = 16", "B = 128", "B = 1024"}
    plan = PLANS[0] | {"batch": 128, "machines": 4}
    assert drawn["runs"]["B = 128"][2] == pytest.approx(in_python(**plan).faster)
    assert all(run[0] == pytest.approx(1) for run in drawn["runs"].values())


def test_a_figure_taken_away_is_gone(call):
    gone(call, figure(), "el.querySelector('.lab-button').click();")
