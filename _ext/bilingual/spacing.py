"""MathML spaced as a book prints formulas.

Browsers space a sign by what stands around it only where they are told its form, and differ in
what they take for granted. Here each formula is told: a minus before a number is a sign, not a
subtraction; nothing in a subscript or an exponent has room around it; ⊙ is as large as +; a
function's name stands apart from what it is applied to; and marks below or above a letter hang at
one height, whether the letter has a tail or not, and close to a letter that leans over them.
"""

import xml.etree.ElementTree as ElementTree

MATHML = "http://www.w3.org/1998/Math/MathML"
SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
SIGNS = "-−+±"
CLOSING = ")]}⟩⌋⌉!%′"
BARS = "|‖∣∥"
CIRCLED = "⊙⊗⊕"
TAILS = "fgjpqyβγζημξρφχψϕϱ"
# How wide a letter counts that leans over what hangs below it on its right; f is 0.58em wide.
LEANING = {"f": "0.49em"}
NO_ROOM = {"lspace": "0em", "rspace": "0em"}
FUNCTION_SPACE = "0.1667em"

ElementTree.register_namespace("", MATHML)


def name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace, as "mo"."""
    return element.tag.removeprefix(f"{{{MATHML}}}")


def sign(element: ElementTree.Element | None) -> str:
    """What an operator says; "" for anything else."""
    return (element.text or "").strip() if element is not None and name(element) == "mo" else ""


def make(kind: str, attributes: dict[str, str]) -> ElementTree.Element:
    """A new MathML element."""
    return ElementTree.Element(f"{{{MATHML}}}{kind}", attributes)


def spaced(mathml: str) -> str:
    """The same formula, told where room belongs."""
    root = ElementTree.fromstring(mathml)
    for element in list(root.iter()):
        if name(element) == "mo":
            say_form(element)
        elif name(element) in ("math", "mrow", "mtd", "mstyle"):
            space_row(element)
        if name(element) in SCRIPTED:
            tighten(element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def say_form(operator: ElementTree.Element) -> None:
    """What an operator is wherever it stands."""
    if sign(operator) in BARS:  # written without \\left they stay as tall as a letter
        operator.attrib.setdefault("stretchy", "false")
    elif sign(operator) in CIRCLED:
        operator.attrib.update(largeop="false", movablelimits="false")
    elif sign(operator) == "/":
        operator.attrib.update(NO_ROOM)


def space_row(row: ElementTree.Element) -> None:
    """Signs of numbers, and functions without brackets, in a row of a formula."""
    before = None
    children = list(row)
    for place, child in enumerate(children):
        follows_nothing = before is None or (sign(before) and sign(before) not in CLOSING + BARS)
        if sign(child) and sign(child) in SIGNS and follows_nothing:
            child.attrib.update(NO_ROOM, form="prefix")
        after = children[place + 1] if place + 1 < len(children) else None
        if is_function(child) and after is not None and not sign(after):
            row.insert(list(row).index(child) + 1, make("mspace", {"width": FUNCTION_SPACE}))
        before = child


def is_function(element: ElementTree.Element) -> bool:
    """Whether an element is the name of a function, as log."""
    text = element.text or ""
    return name(element) == "mi" and text.isalpha() and len(text) > 1


def tighten(scripted: ElementTree.Element) -> None:
    """No room inside scripts; what carries them measured without its tail or bracket."""
    base, *scripts = scripted
    for script in scripts:
        for operator in script.iter(f"{{{MATHML}}}mo"):
            operator.attrib.update(NO_ROOM)
    measure = {}
    if name(scripted) in ("msub", "msubsup") and name(base) == "mi" and base.text in [*TAILS]:
        measure = {"depth": "0em"}
        if name(scripted) == "msub" and base.text in LEANING:
            measure["width"] = LEANING[base.text]
    elif name(scripted) in ("msup", "msubsup") and sign(base) and sign(base) in CLOSING:
        base.attrib.update(NO_ROOM, form="postfix")
        measure = {"height": "0.55em"}
    if measure:
        padded = make("mpadded", measure)
        scripted.remove(base)
        padded.append(base)
        scripted.insert(0, padded)
