"""A figure's state in the address: written, read back, refused; and followed on an open page."""

import pytest
from using import follow_links, press, says, status

from charrnn import PostCell, lab

FIGURES = [name for name in lab.__all__ if name[0].islower()]
OF_ALL_OBJECTS = [
    "toString",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "valueOf",
    "isPrototypeOf",
]
SAID = ".lab > .lab-said"


def read(call, name, *ends):
    """What each of these ends of a link asks of a figure, in a word if nothing it can take."""
    return call(
        "return data.ends.map((end) => {"
        " const asked = lab.kit.fromHash(end, data.name, lab.figures[data.name].fields);"
        " return asked === null ? 'another' : asked.state === null ? 'nonsense' : asked.state; })",
        name=name,
        ends=ends,
    )


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("value", ["1", "", "%5Bobject%20Object%5D"])
def test_names_that_every_object_has_are_no_fields(call, name, value):
    ends = [f"#lab={name}&{key}={value}" for key in OF_ALL_OBJECTS]
    assert read(call, name, *ends) == ["nonsense"] * len(ends)
    assert call("return ({}).polluted === undefined && Object.keys(Object.prototype).length === 0")


@pytest.mark.parametrize(
    "odd",
    ["2.5", "1.0", "0x10", "1e1", " 5", "5 ", "+5", "05", "-0", "", "NaN", "Infinity", "5,5", "０"],
)
def test_a_whole_number_has_one_way_to_be_written(call, odd):
    for field in ("hidden", "seed", "epoch"):
        assert read(call, "training", f"#lab=training&{field}={odd.replace('+', '%2B')}") == [
            "nonsense"
        ]


def test_numbers_are_read_to_the_ends_of_their_ranges(call):
    good = [("hidden", 1), ("hidden", 128), ("seed", 0), ("seed", 2**32 - 1), ("rate", 0.00001),
            ("rate", 0.25), ("speed", 0), ("speed", 1000), ("speed", 0.5), ("epoch", 0),
            ("epoch", 10**6)]  # fmt: skip
    ends = [f"#lab=training&{field}={value:.12g}" for field, value in good]
    ends = [end.replace("1e-05", "0.00001").replace("1e+06", "1000000") for end in ends]
    assert read(call, "training", *ends) == [{field: value} for field, value in good]
    bad = ["hidden=0", "hidden=129", "hidden=-1", "seed=-1", "seed=4294967296", "rate=0", "rate=-1",
           "rate=1e%2B31", "speed=-1", "speed=1001", "epoch=1000001", "epoch=-1"]  # fmt: skip
    assert read(call, "training", *(f"#lab=training&{end}" for end in bad)) == ["nonsense"] * len(
        bad
    )


def test_texts_are_counted_in_letters(call):
    good, bad = "%F0%9F%98%80" * 1000, "a" * 1001
    assert read(call, "one_hot", f"#lab=one_hot&text={good}", f"#lab=one_hot&text={bad}") == [
        {"text": "😀" * 1000},
        "nonsense",
    ]


def test_choices_and_lists_are_read_whole(call):
    assert read(
        call,
        "generation",
        "#lab=generation&feed=sample",
        "#lab=generation&feed=",
        "#lab=generation&feed=RAW",
    ) == [{"feed": "sample"}, "nonsense", "nonsense"]
    assert read(
        call,
        "softmax",
        "#lab=softmax&scores=1,-2",
        "#lab=softmax&scores=1,,2",
        "#lab=softmax&scores=1,2,",
    ) == [{"scores": [1, -2]}, "nonsense", "nonsense"]


def test_a_link_is_for_one_figure_only(call):
    ends = ["", "#", "#after", "#lab=training-2&text=a", "#lab=trainin", "#text=a&lab=training",
            "#lab=Training", "#LAB=training", "#lab=", "#lab"]  # fmt: skip
    assert read(call, "training", *ends) == ["another"] * len(ends)
    ends = ["#lab=training", "#lab=training&lab=training", "#lab=training&text=a&text=a"]
    assert read(call, "training", *ends) == [
        {}, "nonsense", "nonsense",
    ]  # fmt: skip


def test_states_go_there_and_back(call):
    texts = ["안녕 😀", "a&b=c#d%20+;?", " ", "x" * 500, "<b>", "\n\t", ""]
    states = [{"text": t, "hidden": 3, "rate": 1e-5, "seed": 2**32 - 1, "speed": 20} for t in texts]
    states.append({"rate": 1e30, "epoch": 0, "speed": 0.001})
    body = (
        "const { fields } = lab.figures.training, link = lab.kit;"
        "return data.states.map((state) => [link.fromHash(link.toHash('x', state), 'x', fields),"
        " link.holds(state, fields)]);"
    )
    assert call(body, states=states) == [[{"state": state}, True] for state in states]
    not_held = [{"text": "x" * 2001}, {"hidden": 2.5}, {"hidden": None}, {"seed": -1}, {"x": 1}]
    assert [held for _, held in call(body, states=not_held)] == [False] * len(not_held)


def texts_in(page):
    return [field.input_value() for field in page.locator(".lab textarea").all()]


@pytest.mark.parametrize("to", ["training", "training-2"])
def test_a_link_opens_the_figure_it_names_and_no_other(open_figures, to):
    """When the page opens, and again on the open page, with Back."""
    page = open_figures(
        lambda: [lab.one_hot("hello"), lab.training("hello"), lab.training("hello")],
        address=f"#lab={to}&text=bye",
    )
    opened = ["hello", "bye", "hello"] if to == "training" else ["hello", "hello", "bye"]
    assert texts_in(page) == opened
    assert [text != "" for text in page.locator(SAID).all_inner_texts()] == [
        t == "bye" for t in opened
    ]
    page.evaluate("to => { location.hash = `lab=${to}&text=good` }", to)
    page.wait_for_function(
        "[...document.querySelectorAll('textarea')].some(t => t.value === 'good')"
    )
    assert texts_in(page) == [text.replace("bye", "good") for text in opened]
    page.go_back()
    page.wait_for_function(
        "[...document.querySelectorAll('textarea')].some(t => t.value === 'bye')"
    )
    assert texts_in(page) == opened
    page.evaluate("location.hash = 'after'")  # a link to a heading changes nothing
    page.wait_for_timeout(50)
    assert texts_in(page) == opened


def test_own_work_is_kept_until_the_reader_wants_the_links_state(open_figures):
    page = open_figures(
        lambda: lab.training("hello", hidden_size=8), address="#lab=training&text=bye"
    )
    page.get_by_label("Sentence").fill("my own")
    press(page, "One epoch")
    assert page.locator(SAID).inner_text() == ""  # the link is no more what is shown
    page.evaluate("location.hash = 'lab=training&text=good&hidden=5'")
    says(page, "was kept", SAID)
    assert texts_in(page) == ["my own"] and "Epoch 1," in status(page)
    press(page, "Open the link's state", "Enter")
    assert texts_in(page) == ["good"] and page.get_by_label("Hidden units").input_value() == "5"
    assert page.locator(SAID).inner_text() == "Opened in the state that the link holds."
    assert page.evaluate("document.activeElement.className") == "lab-said"
    page.evaluate("location.hash = 'lab=training&text=next'")  # nothing of one's own any more
    says(page, "Opened", SAID)
    page.wait_for_function("document.querySelector('textarea').value === 'next'")
    page.get_by_label("Sentence").fill("mine")
    page.evaluate("location.hash = 'lab=training&hidden=2.5'")
    says(page, "could not be understood", SAID)  # nothing to open: no button
    assert texts_in(page) == ["mine"]
    assert page.get_by_role("button", name="Open the link's state").count() == 0


def test_to_copy_a_link_is_no_work(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    press(page, "Copy link")
    page.evaluate("location.hash = 'lab=one_hot&text=bye'")
    says(page, "Opened", SAID)
    assert texts_in(page) == ["bye"]


def test_what_no_link_can_hold_is_said(open_figures):
    page = open_figures(lambda: lab.training("hello"))
    page.get_by_label("Hidden units").fill("0")
    press(page, "Copy link")
    assert "A link cannot hold this state" in page.locator(SAID).inner_text()
    assert page.evaluate("location.hash") == ""
    page.get_by_label("Hidden units").fill("4")
    page.get_by_label("Sentence").fill("a" * 2001)
    press(page, "Copy link")
    assert "A link cannot hold this state" in page.locator(SAID).inner_text()
    page.get_by_label("Sentence").fill("a" * 2000)
    press(page, "Copy link")
    page.wait_for_function("location.hash.length > 2000")


def test_a_link_is_copied_whole_or_left_in_the_address(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"), "ko")
    page.evaluate(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: {"
        " writeText(text) { copied.push(text);"
        " return copied.length > 1 ? Promise.reject() : Promise.resolve() } } })"
    )
    press(page, "링크 복사")
    says(page, "이 상태를 여는 링크를 복사했습니다.", SAID)
    assert page.evaluate("copied") == [page.url] and page.url.endswith(
        "#lab=one_hot&text=hello&more="
    )
    press(page, "링크 복사")
    says(page, "이 상태를 여는 링크가 주소창에 있습니다.", SAID)


LINKS = {
    "one_hot": (lambda: lab.one_hot("hello"), ["text=hi", "text=%EC%95%88&more=%EC%95%88"],
                ["more=a", "more=01", "more=%EC%95%88%EC%95%88", "more=1", "text=a&x=1"]),
    "cell": (lambda: lab.cell(PostCell(35, 4), "hello"),
             ["text=hi&step=3&part=output&number=35&speed=1", "step=6&part=state&number=4"],
             ["text=hi&step=4", "step=7", "step=0", "part=state&number=5", "part=output&number=36",
              "part=x", "speed=0", "number=0"]),
    "generation": (lambda: lab.generation({0: PostCell(35, 4)}),
                   ["feed=sample&temperature=0.5&seed=9&step=1&speed=20", "step=1"],
                   ["step=41", "step=0", "feed=x", "temperature=0", "temperature=3.1", "speed=0",
                    "seed=1.5"]),
    "spikes": (lambda: lab.spikes("hello", hidden_size=4), ["clip=0.01&seed=3",
               "change=decay", "epsilon=1"],
               ["clip=-1", "beta2=1", "decay=0.4", "decay=1.1", "rate=0", "change=own",
                "epsilon=2"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_links_are_taken_whole_or_not_at_all(open_figures, name):
    make, good, bad = LINKS[name]
    page = open_figures(make)
    before = page.locator(".lab-body").inner_html()
    told = follow_links(page, name, bad)
    assert [end for end, words in zip(bad, told, strict=True) if "could not" not in words] == []
    assert page.locator(".lab-body").inner_html() == before
    told = follow_links(page, name, good)
    assert [end for end, words in zip(good, told, strict=True) if "holds" not in words] == []
