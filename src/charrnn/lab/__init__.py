"""The RNN lab: figures that are alive in the built page without a kernel, in Jupyter and in Colab.

Each function here gives a `Figure`, an anywidget. Its drawing and its arithmetic are the plain
JavaScript modules beside this file; there is no build step.

To add a figure called ``gates``:

1. ``gates.js`` exports ``words`` (``{ ko: {...}, en: {...} }`` with the same keys, among them
   ``title``), ``fields`` (what a link to it may hold, see link.js; ``{}`` for no link) and
   ``figure({ root, model, say, signal, status, link, reducedMotion })``, which fills ``root``.
   Build it from kit.js: ``make``, ``row``, ``button``, ``textField``, ``numberField``,
   ``slider``, ``choice``, ``keys`` (letters to press), ``strip`` (numbers as coloured squares),
   ``bars``, ``curve``, ``slices`` (work that leaves the page free), ``status.later(text)`` for
   what a screen reader is to be told. Text that was typed goes in through ``make`` or
   ``textContent``, never as markup. training.js shows all.
2. Arithmetic goes into a module of its own without any drawing, as rnn.js and letters.js are, with
   a test in tests/lab that holds it to `charrnn` in a browser (the fixture ``call`` runs code
   beside the modules).
3. A function in figures.py or later.py makes the ``Figure``: its name, the picture that stands
   in its place without JavaScript and on paper (a `Picture` with its alt text), and the first
   values of the traits (``text``, ``vocabulary``, ``settings``, ``speed``, ``weights``,
   ``numbers``). Name it below.
4. An example call in ``FIGURES`` of tests/lab/test_figures.py, which tries every figure in both
   languages, light and dark, on a phone, with axe; and tests of what this one does.
5. In a chapter one line shows it: ``lab.gates(cell, "hello")``.
"""

from charrnn.lab.figure import Figure
from charrnn.lab.figures import cell, generation, one_hot, training
from charrnn.lab.later import gate, hangul, inside, sampling, softmax, spikes

__all__ = [
    "Figure",
    "cell",
    "gate",
    "generation",
    "hangul",
    "inside",
    "one_hot",
    "sampling",
    "softmax",
    "spikes",
    "training",
]
