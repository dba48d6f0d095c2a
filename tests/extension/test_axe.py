"""That axe, which the pages and figures are shown to, would find something."""

import pytest
from axe import findings


def test_a_sound_page_passes(blank):
    assert findings(blank) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<button></button>", "button-name"),  # A
        ('<p style="color: #999; background: #fff">pale</p>', "color-contrast"),  # AA
        ('<button aria-label="No">Yes</button>', "label-content-name-mismatch"),  # A since 2.1
        ('<input autocomplete="nonsense" aria-label="x">', "autocomplete-valid"),  # AA since 2.1
        ('<p><button style="all: unset; width: 9px; height: 9px" aria-label="a">a</button>'
         '<button style="all: unset; width: 9px; height: 9px" aria-label="b">b</button></p>',
         "target-size"),  # AA since 2.2
        ("<h4>far too deep</h4>", "heading-order"),  # best practice
    ],
)  # fmt: skip
def test_axe_finds_a_fault_of_each_kind(blank, fault, rule):
    blank.evaluate("html => { document.querySelector('main').innerHTML += html }", fault)
    assert rule in {found.split(":")[0] for found in findings(blank)}
