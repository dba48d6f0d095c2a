// Brings the living figures of a page to life without a kernel: a host for anywidgets.
//
// The page carries each widget's state, its module among it, as Jupyter stores them; in place of
// Jupyter's own manager, which is sixty times as large, this gives every module its model. See
// "Anywidget Front-End Module" (https://anywidget.dev/en/afm/) for what a module may ask of it.
"use strict";
(() => {
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';

  function modelOf({ state, buffers = [] }) {
    const values = { ...state };
    for (const { path, data } of buffers) {
      if (path.length === 1) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        values[path[0]] = new DataView(bytes.buffer);
      }
    }
    const listeners = [];
    return {
      get: (name) => values[name],
      set(name, value) {
        if (values[name] === value) return;
        values[name] = value;
        for (const [event, call] of [...listeners]) if (event === `change:${name}`) call();
      },
      save_changes() {}, // there is no kernel to tell
      send() {},
      on: (event, call) => listeners.push([event, call]),
      off(event, call) {
        const kept = listeners.filter(([e, c]) => e !== event || (call && c !== call));
        listeners.splice(0, listeners.length, ...kept);
      },
    };
  }

  const modules = new Map(); // figures of one kind share their module
  function moduleOf(source) {
    if (!modules.has(source)) {
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      modules.set(source, import(address));
    }
    return modules.get(source);
  }

  const styles = new Set();
  function addStyle(css) {
    if (!css || styles.has(css)) return;
    styles.add(css);
    const style = document.createElement("style");
    style.textContent = css;
    document.head.append(style);
  }

  async function revive(view, stored, place) {
    const model = modelOf(stored);
    const { default: widget } = await moduleOf(model.get("_esm"));
    addStyle(model.get("_css"));
    const el = document.createElement("div");
    el.className = "living-figure";
    view.after(el);
    await widget.render({ model, el, place });
    view.closest(".living")?.classList.add("alive"); // the picture steps aside
  }

  async function reviveAll() {
    const states = document.querySelector(STATE);
    if (!states) return;
    const { state } = JSON.parse(states.textContent);
    const seen = {};
    for (const view of document.querySelectorAll(VIEW)) {
      const stored = state[JSON.parse(view.textContent).model_id];
      if (!stored?.state._esm) continue;
      const { name } = stored.state;
      seen[name] = (seen[name] ?? 0) + 1;
      try {
        await revive(view, stored, seen[name] === 1 ? name : `${name}-${seen[name]}`);
      } catch (error) { // its picture stays
        console.error(error);
      }
    }
  }
  reviveAll();
})();
