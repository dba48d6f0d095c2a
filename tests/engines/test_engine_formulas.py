"""Formulas as each engine lays them out: what is one sign stands as one."""

import pytest

# The gap, in the formula's own em, between a sign and what follows it.
GAPS = """
const gaps = [];
for (const sign of document.querySelectorAll('math mo')) {
  const next = sign.nextElementSibling;
  if (!SIGN(sign) || !next) continue;
  const size = parseFloat(getComputedStyle(sign).fontSize);
  gaps.push((next.getBoundingClientRect().left - sign.getBoundingClientRect().right) / size);
}
return gaps;
"""


def gaps(page, condition):
    return page.driver.run(GAPS.replace("SIGN(sign)", condition))


@pytest.fixture
def formulas(page):
    page.open("chapters/en/09_lstm_gru.html")
    page.alive()
    page.wait("document.fonts.status === 'loaded'")
    return page


def test_a_minus_before_a_number_stands_close(page):
    page.open("chapters/en/02_rnn_cell.html")
    page.wait("document.fonts.status === 'loaded'")
    found = gaps(page, "(sign.getAttribute('form') === 'prefix' && /[-−]/.test(sign.textContent))")
    assert found, "no formula with a sign before a number"
    assert max(found) < 0.12


def test_nothing_is_spread_out_inside_a_subscript(formulas):
    found = gaps(
        formulas,
        "(sign.closest('msub > :nth-child(2), msubsup > :nth-child(2), munder > :nth-child(2)')"
        " && /[-−=+]/.test(sign.textContent))",
    )
    assert found, "no formula with t - 1"
    assert max(found) < 0.12


def test_the_elementwise_product_is_as_large_as_in_a_line(formulas):
    heights = formulas.driver.run(
        "return [...document.querySelectorAll('math mo')].filter(m => m.textContent === '⊙')"
        ".map(m => [!!m.closest('math[display=block]'),"
        " m.getBoundingClientRect().height / parseFloat(getComputedStyle(m).fontSize)])"
    )
    shown, inline = ([w for block, w in heights if block == b] for b in (True, False))
    assert shown and inline
    assert max(shown) < 1.15 * max(inline)
