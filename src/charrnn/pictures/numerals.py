"""How a number is written in a drawing, where there is little room."""

from collections.abc import Iterable


def short(number: float, digits: int = 3) -> str:
    """A number with so many digits and no zeros at its end, such as 0.5, 14 or −1.05."""
    # Adding 0 makes of -0.0, which rounding leaves, a 0 without a sign.
    return f"{float(f'{number:.{digits}g}') + 0:.{digits}g}".replace("-", "−")


def short_row(numbers: Iterable[float]) -> str:
    """Numbers as the book writes a row, such as [1, 0, −0.5]."""
    return f"[{', '.join(map(short, numbers))}]"
