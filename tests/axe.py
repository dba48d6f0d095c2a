"""The accessibility rules of axe-core, run on an open page.

axe-core lies in tests/vendor as its authors ship it; `tools/vendor.py` fetches it and checks it.
"""

from pathlib import Path

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
]
RUN = """async ([tags, contrast]) => {
  const { violations, passes } = await axe.run({
    runOnly: { type: "tag", values: tags },
    rules: { "color-contrast": { enabled: contrast } },
  });
  if (!passes.length) throw new Error("axe checked nothing");
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
}"""


def findings(page, contrast=True):
    """What axe has against a page as it stands, one string for each element: rule, place, why.

    Four fifths of its time go into the contrast of colours: ask once for each set of colours.
    """
    page.evaluate(SOURCE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, [RULES, contrast])
