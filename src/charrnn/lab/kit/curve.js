// @ts-check
// Curves of a loss on a log scale.
import { element } from "./controls.js";

/**
 * A curve on a log scale: `draw(numbers, { to, level })` with the x axis up to `to`; `secondSeries` are
 * the numbers of a second, dashed curve, whose first stands at `secondFrom`. The y axis goes down to 10^`floor` at least, the x axis begins
 * at `from`. While there are no numbers, `emptyLabel` stands in it.
 *
 * @param {{ xLabel: string, yLabel: string, levelLabel: string, emptyLabel?: string }} labels
 */
export function curve({ xLabel, yLabel, levelLabel, emptyLabel = "" }) {
  const W = 640,
    H = 290,
    LEFT = 70,
    RIGHT = 14,
    TOP = 34,
    BOTTOM = 52;
  const svg = element("svg", { class: "lab-curve", viewBox: `0 0 ${W} ${H}`, role: "img" });
  const grid = element("g", { class: "lab-grid" });
  const path = element("path", { class: "lab-line", fill: "none" });
  const second = element("path", { class: "lab-second", fill: "none" });
  const axis = element("g", { class: "lab-axis" });
  const empty = element(
    "text",
    { x: (LEFT + W - RIGHT) / 2, y: H / 2, "text-anchor": "middle" },
    emptyLabel,
  );
  svg.append(grid, second, path, axis);
  let drawnAxes = "";

  function axes(to, low, high, level, x, y, from) {
    const key = [to, low, high, level].join();
    if (key === drawnAxes) return;
    drawnAxes = key;
    grid.replaceChildren();
    axis.replaceChildren();
    for (const power of heights(low, high)) {
      grid.append(element("line", { x1: LEFT, x2: W - RIGHT, y1: y(power), y2: y(power) }));
      const words =
        power >= -3 && power <= 3 ? String(+(10 ** power).toPrecision(1)) : `1e${power}`;
      axis.append(
        element(
          "text",
          { x: LEFT - 8, y: y(power) + 5, "text-anchor": "end" },
          words.replace("-", "−"),
        ),
      );
    }
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const at = Math.round(share * to);
      axis.append(
        element(
          "text",
          { x: x(at), y: H - BOTTOM + 22, "text-anchor": share < 1 ? "middle" : "end" },
          String(at + from),
        ),
      );
    }
    axis.append(
      element("text", { x: (LEFT + W - RIGHT) / 2, y: H - 6, "text-anchor": "middle" }, xLabel),
    );
    axis.append(element("text", { x: 4, y: 16, "text-anchor": "start" }, yLabel));
    if (level) {
      const height = y(Math.log10(level));
      grid.append(
        element("line", { class: "lab-level", x1: LEFT, x2: W - RIGHT, y1: height, y2: height }),
      );
      axis.append(
        element("text", { x: W - RIGHT, y: height - 5, "text-anchor": "end" }, levelLabel),
      );
    }
  }

  return {
    element: svg,
    draw(numbers, { to, level, label, secondSeries = [], secondFrom = 0, floor = -3, from = 0 }) {
      let lowest = level || 1,
        highest = level || 1;
      for (const some of [numbers, secondSeries]) {
        for (const number of some) {
          if (number > 0 && number < lowest) lowest = number;
          if (number > highest) highest = number;
        }
      }
      const low = Math.min(floor, Math.floor(Math.log10(lowest)));
      const high = floor < 0 ? Math.ceil(Math.log10(highest) + 0.05) : above(highest);
      const x = (at) => LEFT + (at / Math.max(1, to)) * (W - LEFT - RIGHT);
      const y = (power) => TOP + ((high - power) / (high - low)) * (H - TOP - BOTTOM);
      axes(to, low, high, level, x, y, from);
      path.setAttribute("d", line(numbers, x, y, low));
      second.setAttribute(
        "d",
        line(secondSeries, (at) => x(at + secondFrom), y, low),
      );
      if (numbers.length || secondSeries.length) empty.remove();
      else svg.append(empty);
      if (label) svg.setAttribute("aria-label", label);
    },
  };
}

const FINE = [1, 2, 5].map(Math.log10);

/** The powers of ten that a line is drawn at: about six, or 1, 2, 5, 10 … on a short axis. */
function heights(low, high) {
  const powers = Array.from({ length: Math.floor(high) - low + 1 }, (_, i) => low + i);
  if (high - low <= 2) {
    const fine = powers.flatMap((power) => FINE.map((part) => power + part));
    return fine.filter((power) => power <= high + 1e-9);
  }
  const every = Math.max(1, Math.ceil((high - low) / 6));
  return powers.filter((power) => (high - power) % every === 0);
}

/** The next of 1, 2, 5, 10 … above a number, as a power of ten. */
function above(number) {
  const power = Math.floor(Math.log10(number));
  return power + [...FINE, 1].find((part) => 10 ** (power + part) > 1.02 * number);
}

/** The path of a curve. No more points than can be seen: of those that share a place, the lowest and the highest. */
function line(numbers, x, y, low) {
  const share = Math.max(1, Math.ceil(numbers.length / 600));
  let d = "";
  const point = (at) => {
    const power = Math.max(low, Math.log10(Math.max(numbers[at], 1e-300)));
    d += `${d ? "L" : "M"}${x(at).toFixed(1)} ${y(power).toFixed(1)}`;
  };
  for (let from = 0; from < numbers.length; from += share) {
    let least = from,
      most = from;
    for (let at = from; at < Math.min(from + share, numbers.length); at++) {
      if (numbers[at] < numbers[least]) least = at;
      if (numbers[at] > numbers[most]) most = at;
    }
    if (least === most) point(least);
    else [least, most].sort((a, b) => a - b).forEach(point);
  }
  return d;
}
