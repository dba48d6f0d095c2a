"""The RNN lab: figures that are alive in the built page without a kernel, in Jupyter and in Colab.

Each function here gives a `Figure`, an anywidget. Its drawing and its arithmetic are plain
JavaScript modules; there is no build step.

    figures/     NAME.js draws a figure, NAME.py beside it makes it
    kit/         what figures are built of: frame, controls, keys, marks, curves, steps, links
    arithmetic/  what they compute, without any drawing, as the modules of `charrnn` do
    traits.py    traits that refuse what is wrong; checks.py what several figures ask
    widget.py    the widget, and how the modules are joined into one script

To add a figure called ``toy``:

1. ``figures/toy.js`` exports ``words`` (``{ ko: {...}, en: {...} }`` with the same keys, among them
   ``title``), ``fields`` (what a link to it may hold, see kit/link.js; ``{}`` for no link) and
   ``figure(context)``, which fills ``context.root``; kit/frame.js says what the context holds. Text
   that was typed goes in through ``element`` or ``textContent``, never as markup. Where it also
   exports ``serve(scope)``, kit/background.js can start the same script as a worker.
2. ``figures/toy.py`` has a class with the figure's traits and the function ``toy``, which checks
   its arguments and makes the figure with the picture that stands in its place without JavaScript
   and on paper, and ``example()``, the figure as its chapter shows it, quickly made. The tests try
   every example in both languages, light and dark, on a phone, with axe.
3. ``tests/lab/test_figure_toy.py`` holds what it shows to the package.
4. In a chapter one line shows it: ``lab.toy("hello")``. Then
   ``UPDATE=1 pytest tests/lab/test_places.py -k write`` keeps its place in the page.

Arithmetic that `charrnn` has too goes into a module of arithmetic/ with the name of its twin there,
and a test in tests/lab holds the two together.
"""

from importlib import import_module
from pkgutil import iter_modules

from charrnn.lab import figures as _figures
from charrnn.lab.widget import Figure

_NAMES = sorted(found.name for found in iter_modules(_figures.__path__))
# Each figure's function by its module's name: lab.gate is charrnn.lab.figures.gate.gate.
globals().update({n: getattr(import_module(f"{_figures.__name__}.{n}"), n) for n in _NAMES})

__all__ = ["Figure", *_NAMES]
