"""Small hands for the tests of the figures: press a button, read what is said, wait for it."""

import struct

from anywidget import AnyWidget

FOLLOWED = """async ([name, ends]) => {
  const told = [];
  for (const end of ends) {
    const status = document.querySelector(".lab > .lab-said");
    status.textContent = "";
    const followed = new Promise((go) => addEventListener("hashchange", go, { once: true }));
    location.hash = `lab=${name}&${end}`;
    await followed;
    told.push(status.textContent);
  }
  return told;
}"""

WATCHED = """
const values = { language: "en", ...data.values };
for (const key of data.bytes) values[key] = lab.kit.bytesOf(values[key]);
const listeners = [], outside = [], waiting = new Set(), own = {};
const model = {
  get: (name) => values[name],
  save_changes() {},
  set(name, value) { values[name] = value; },
  on: (event, f) => listeners.push([event, f]),
  off(event, f) {
    const at = listeners.findIndex(([e, g]) => e === event && (!f || f === g));
    if (at >= 0) listeners.splice(at, 1);
  },
};
const timers = ["setTimeout", "requestAnimationFrame"];
const ends = ["clearTimeout", "cancelAnimationFrame"];
for (const name of [...timers, ...ends, "setInterval"]) {
  own[name] = globalThis[name].bind(globalThis);
}
timers.forEach((start, i) => {
  globalThis[start] = (f, ...rest) => {
    const id = own[start]((...given) => { waiting.delete(start + id); f(...given); }, ...rest);
    waiting.add(start + id);
    return id;
  };
  globalThis[ends[i]] = (id) => { waiting.delete(start + id); own[ends[i]](id); };
});
globalThis.setInterval = (...given) => {
  waiting.add("interval");
  return own.setInterval(...given);
};
const el = document.createElement("div");
document.body.append(el);
// Whatever lives on when the figure is gone: window, document, what matchMedia gives.
const outer = (target) => !(target instanceof Node && el.contains(target)) &&
  (target instanceof Window || target instanceof MediaQueryList ||
   target instanceof Node && target.isConnected);
const { addEventListener, removeEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (name, f, options) {
  if (outer(this ?? window)) {
    const entry = [this ?? window, name, f];
    outside.push(entry);
    const gone = () => outside.splice(outside.indexOf(entry), 1);
    if (options?.signal) addEventListener.call(options.signal, "abort", gone);
  }
  return addEventListener.call(this ?? window, name, f, options);
};
EventTarget.prototype.removeEventListener = function (name, f, options) {
  const at = outside.findIndex(([t, n, g]) => t === (this ?? window) && n === name && g === f);
  if (at >= 0) outside.splice(at, 1);
  return removeEventListener.call(this ?? window, name, f, options);
};
try {
  const end = lab.kit.show({ model, el, place: null }, data.name, lab.figures[data.name]);
  new Function("el", "model", data.use)(el, model);
  const count = () => ({ listeners: listeners.length, waiting: waiting.size });
  const before = count();
  end();
  const found = outside.map(([target, name]) => `${target.constructor.name} ${name}`);
  return { before, after: { ...count(), outside: found, children: el.childElementCount } };
} finally {
  Object.assign(globalThis, own);
  Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
  el.remove();
}
"""


def status(page):
    return page.locator(".lab > .lab-status").inner_text()


def note(page):
    return page.locator(".lab-note").first.inner_text()


def says(page, text, where=".lab > .lab-status"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where).textContent.includes(text)",
        arg=[where, text],
    )


def press(page, name, key=None):
    button = page.get_by_role("button", name=name, exact=True)
    if key:
        button.focus()
        page.keyboard.press(key)
    else:
        button.click(force=button.get_attribute("aria-disabled") == "true")


def announced(page, where):
    """The role by which a screen reader is told of changes in an element; None for none."""
    return page.locator(where).first.evaluate(
        "e => e.closest('[role=status], [role=alert], [aria-live], output')?.tagName ?? null"
    )


def follow_links(page, name, ends):
    """Follow links to a figure, one after another on the open page; what it says to each."""
    return page.evaluate(FOLLOWED, [name, ends])


ALONE = """
const values = { ...data.values };
for (const key of data.bytes) values[key] = lab.kit.bytesOf(values[key]);
const heard = [];
const model = {
  get: (name) => values[name],
  save_changes() {},
  set(name, value) {
    values[name] = value;
    for (const [event, f] of [...heard]) if (event === `change:${name}`) f();
  },
  on: (event, f) => heard.push([event, f]),
  off() {},
};
const el = document.createElement("div");
document.body.append(el);
performance.now = () => 0; // however busy the machine, a slice is long enough
const find = (text) => [...el.querySelectorAll("button")].find((b) => b.textContent === text);
const end = lab.kit.show({ model, el, place: null }, data.name, lab.figures[data.name]);
try {
  const set = (name, value) => model.set(name, value);
  return new Function("lab", "el", "values", "find", "set", data.use)(lab, el, values, find, set);
} finally {
  end();
  el.remove();
  delete performance.now;
}
"""


def traits_of(figure):
    """What a page's model of a figure holds at first, and the names of those that are bytes."""
    names = {name for name in figure.traits(sync=True) if not name.startswith("_")}
    names -= set(AnyWidget.class_traits(sync=True))
    values = {name: getattr(figure, name) for name in sorted(names)}
    numbers = [name for name, value in values.items() if isinstance(value, bytes)]
    for name in numbers:
        values[name] = list(struct.unpack(f"<{len(values[name]) // 4}f", values[name]))
    return values, numbers


def alone(call, figure, use):
    """Show a figure beside a model of our own; the value of the function body ``use``.

    It sees `lab`, `el`, `values` (the traits as they now are), `find` (a button by
    its words) and `set` (a trait, as Python would). Time stands still, so that what is done in
    slices is done at once.
    """
    values, names = traits_of(figure)
    return call(ALONE, name=figure.name, values=values, bytes=names, use=use)


def gone(call, figure, use, waits=True):
    """Show a figure beside a model of our own, use it, end it: nothing may listen or wait after.

    `use` is what is done with `el`, after which something `waits`: a timer or a frame.
    """
    values, numbers = traits_of(figure)
    left = call(WATCHED, name=figure.name, values=values, use=use, bytes=numbers)
    assert left["before"]["listeners"] > 0
    assert not waits or left["before"]["waiting"] > 0
    assert left["after"] == {"listeners": 0, "outside": [], "waiting": 0, "children": 0}
