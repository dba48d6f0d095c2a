// @ts-check
// Work and steps over time: in slices that leave the page free, and walked through by buttons.
import { button, choice, enable, row } from "./controls.js";

/** @import { Context } from "./frame.js" */
/**
 * @typedef {object} Slices
 * @property {Element} root
 * @property {AbortSignal} signal
 * @property {(milliseconds: number) => boolean} [work]
 * @property {(milliseconds: number) => boolean | undefined} [one]
 * @property {() => number} [pace]
 * @property {() => void} draw
 * @property {() => void} [done]
 * @property {MediaQueryList} [reducedMotion]
 * @property {number} [slice] milliseconds
 */

/**
 * Do work in slices that leave the page free: `work(milliseconds)` a slice, `draw()` after it. Stops
 * when `work` returns false, when stop() is called, when the figure has left the page; rests while
 * the page cannot be seen. At `pace()` above 0, `one(milliseconds)` is done so often a second
 * instead: it returns undefined where it could not finish in its time, and is called again.
 *
 * @param {Slices} slices
 */
export function runInSlices({
  root,
  signal,
  work,
  one,
  pace = () => 0,
  draw,
  done,
  reducedMotion,
  slice = 12,
}) {
  let running = false;
  let asked = 0; // the frame that is waited for
  let drawn = 0;
  let due = 0;
  const stop = () => {
    running = false;
    cancelAnimationFrame(asked);
  };
  signal.addEventListener("abort", stop);
  const frame = (time) => {
    if (!running) return;
    if (!root.isConnected) return stop();
    let going = true;
    if (pace() > 0) {
      due = Math.max(due, time - 500); // a page that was hidden does not catch up
      const end = performance.now() + slice;
      while (going && due <= time && performance.now() < end) {
        const gone = one(Math.max(1, end - performance.now()));
        if (gone === undefined) break;
        going = gone;
        due += 1000 / pace();
      }
    } else {
      going = work(slice);
    }
    if (!going || time - drawn > (reducedMotion?.matches ? 1000 : 30)) {
      drawn = time;
      draw();
    }
    if (going && running) {
      asked = requestAnimationFrame(frame);
      return;
    }
    running = false;
    done?.();
  };
  return {
    start() {
      if (running) return;
      running = true;
      due = performance.now();
      asked = requestAnimationFrame(frame);
    },
    stop,
    get running() {
      return running;
    },
  };
}

/**
 * Buttons that walk through steps: play, back, next, from the start, and how fast to play.
 * `steps()` says how many there are, `go(step)` shows one, from 0. Give it what `figure` was given.
 *
 * @param {Context} context
 * @param {{ steps: () => number, go: (step: number, playing: boolean) => void }} walk
 */
export function player({ root, model, t, signal, reducedMotion }, { steps, go }) {
  let at = 0;
  let speed = model.get("speed") || 2;
  const to = (step) => {
    at = Math.max(0, Math.min(steps() - 1, step));
    go(at, work.running);
    update();
  };
  const work = runInSlices({
    root,
    signal,
    reducedMotion,
    pace: () => speed,
    one() {
      if (at + 1 < steps()) to(at + 1);
      return at + 1 < steps();
    },
    draw() {},
    done: () => to(at),
  });
  const halt = (step) => () => {
    work.stop();
    to(step());
  };
  const play = button(
    t("play"),
    () => {
      if (work.running) return halt(() => at)();
      if (at + 1 >= steps()) to(0);
      work.start();
      update();
    },
    { class: "lab-button lab-main" },
  );
  const back = button(
    t("back"),
    halt(() => at - 1),
  );
  const next = button(
    t("next"),
    halt(() => at + 1),
  );
  const again = button(
    t("again"),
    halt(() => 0),
  );
  const speeds = [...new Set([...SPEEDS, speed])].sort((a, b) => a - b);
  const named = (n) => [n, t(n === 1 ? "oneASecond" : "aSecond", { n })];
  const pace = choice(t("pace"), speed, speeds.map(named), (value) => {
    speed = Number(value);
    model.share({ speed });
  });
  /** Play at another speed from now on. */
  const hurry = (given) => {
    speed = given;
    pace.set(...named(speed));
  };
  model.onChange(["speed"], () => hurry(model.get("speed") || speed));
  function update() {
    play.textContent = t(work.running ? "pause" : "play");
    enable(play, steps() > 1);
    enable(back, at > 0);
    enable(next, at + 1 < steps());
  }
  return {
    element: row(play, back, next, again, pace.element),
    to: (step) => halt(() => step)(),
    get at() {
      return at;
    },
    get speed() {
      return speed;
    },
    set speed(given) {
      hurry(given);
      model.share({ speed: given });
    },
  };
}

/** Letters a second to choose from. */
export const SPEEDS = [1, 2, 5, 20];
