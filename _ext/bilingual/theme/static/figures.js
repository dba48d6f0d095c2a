// Brings the living figures of a page to life without a kernel: a host for anywidgets.
//
// The page carries each widget's state as Jupyter stores it, but for the module and the style sheet,
// whose parts are in files of all pages, and for networks, which are shorter: see parts.py and
// figures.py. In place of Jupyter's own manager, which is sixty times as large, this gives every
// module its model. See
// "Anywidget Front-End Module" (https://anywidget.dev/en/afm/) for what a module may ask of it.
"use strict";
(() => {
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';

  /** Numbers of `step`, three bytes each, as the figures want them: little-endian float32. */
  function float32(bytes, step) {
    const view = new DataView(new ArrayBuffer((4 * bytes.length) / 3));
    for (let i = 0; i < bytes.length / 3; i++) {
      const [low, middle, high] = bytes.subarray(3 * i);
      // The high byte comes in with its sign.
      view.setFloat32(4 * i, step * (((high << 24) >> 8) + (middle << 8) + low), true);
    }
    return view;
  }

  function modelOf({ state, buffers = [] }) {
    const values = { ...state };
    for (const { path, data, step } of buffers) {
      if (path.length === 1) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        values[path[0]] = step ? float32(bytes, step) : new DataView(bytes.buffer);
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
    try {
      await widget.render({ model, el, place });
    } catch (error) {
      el.remove(); // no half of a figure
      throw error;
    }
    view.closest(".living")?.classList.add("alive"); // the picture steps aside
  }

  const STILL = {
    ko: "이 그림을 움직일 수 없어 멈춘 그림을 보여 줍니다.",
    en: "This figure could not be brought to life, so its picture stands here.",
  };
  function sayStill(view) {
    const words = document.createElement("p");
    words.className = "living-still";
    words.textContent = STILL[document.documentElement.lang] ?? STILL.en;
    view.after(words);
    view.closest(".living")?.classList.add("still"); // it needs no more place than its picture
  }

  /** All states of the page by id. Python may write NaN or Infinity, which JSON does not know. */
  function statesOf(text) {
    const known = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) =>
      part[0] === '"' ? part : "null",
    );
    return JSON.parse(known).state;
  }

  /** A widget's state with its module and style sheet joined from their parts. */
  function whole(stored) {
    const state = { ...stored?.state };
    for (const key of ["_esm", "_css"]) {
      const { parts, own } = state[key] ?? {};
      if (parts) state[key] = parts.map(partOf).join("") + own;
    }
    return stored && { ...stored, state };
  }
  function partOf(name) {
    const part = globalThis.figureParts?.[name];
    if (part === undefined) throw new Error(`${name} has not been loaded`);
    return part;
  }

  async function reviveAll() {
    const stored = document.querySelector(STATE);
    if (!stored) return;
    const views = [...document.querySelectorAll(VIEW)];
    let states = {};
    try {
      states = statesOf(stored.textContent);
    } catch (error) {
      // each view says so
      console.error(error);
    }
    const seen = {};
    for (const view of views) {
      try {
        // whatever is wrong with one, the others live
        const found = whole(states[JSON.parse(view.textContent).model_id]);
        if (found && !found.state._esm) continue; // a widget of another kind
        const { name } = found.state;
        seen[name] = (seen[name] ?? 0) + 1;
        await revive(view, found, seen[name] === 1 ? name : `${name}-${seen[name]}`);
      } catch (error) {
        // its picture stays
        console.error(error);
        sayStill(view);
      }
    }
  }

  // A link to a section below a figure: where the page became longer after the jump, jump again,
  // unless the reader has moved since.
  let moved = false;
  for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(type, () => (moved = true), { once: true, passive: true });
  }
  function jumpAgain() {
    const name = location.hash.slice(1);
    if (moved || !name || name.startsWith("lab=")) return;
    try {
      document.getElementById(decodeURIComponent(name))?.scrollIntoView();
    } catch {
      // the address is none, as #100%
    }
  }
  reviveAll().then(jumpAgain);
})();
