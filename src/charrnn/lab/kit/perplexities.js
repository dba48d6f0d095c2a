// @ts-check
// Two perplexities along the epochs: the curve, and the sentences that tell them.
import { formatCount } from "../arithmetic/lesson.js";
import { MOST_LOSS } from "../arithmetic/long_training.js";
import { curve } from "./curve.js";

/** @import { Translate } from "../arithmetic/vocabulary.js" */

const PATIENCE = 5; // epochs without a new lowest, after which it is told
const SPOKEN_EVERY = 15_000; // milliseconds

const perplexity = (loss) => Math.exp(Math.min(loss, MOST_LOSS)); // a file may hold any number
/** A perplexity of a loss in nats: three digits are more than a run tells. */
const shown = (loss) => {
  const value = perplexity(loss);
  return value < 9.995 ? value.toFixed(2) : value.toPrecision(3);
};

/** How many of the first epochs have no exam, as Python can train without one. */
export const missing = (losses, heldOutLosses) => Math.max(0, losses.length - heldOutLosses.length);

/** @param {Translate} t */
export function perplexities(t) {
  const chart = curve({
    ...{ xLabel: t("epoch"), yLabel: t("perplexity"), levelLabel: "", emptyLabel: t("notYet") },
  });
  let drawn = -1;
  let spoken = "";
  let next = -Infinity; // when something may be spoken again

  /** @param {Record<string, any>} progress */
  function values({ losses, heldOutLosses, lowest }) {
    const exam = lowest?.exam ?? heldOutLosses.reduce((a, b) => Math.min(a, b), Infinity);
    const at = heldOutLosses.indexOf(exam) + 1 + missing(losses, heldOutLosses);
    return {
      ...{ epoch: losses.length, ours: shown(losses.at(-1)), held: shown(heldOutLosses.at(-1)) },
      ...{ best: shown(exam), at: lowest?.epoch ?? at },
    };
  }
  /** "running" or "curve"; of a model that Python trained without an exam, what there is. */
  const epochs = (key, progress) =>
    t(progress.heldOutLosses.length ? key : "noExam", values(progress));
  function sentence(progress) {
    if (progress?.diverged) return t("diverged");
    if (progress?.losses.length) return epochs("running", progress);
    if (!progress?.within) return t("fresh");
    const share = Math.floor(100 * progress.within);
    return t("first", { share, now: shown(progress.latest) });
  }
  return {
    element: chart.element,
    /** @param {Record<string, any> | null} progress */
    draw(progress) {
      const { losses = [], heldOutLosses = [] } = progress ?? {};
      if (losses.length === drawn) return;
      drawn = losses.length;
      const label = losses.length ? epochs("curve", progress) : t("noCurve");
      chart.draw(losses.map(perplexity), {
        ...{ to: Math.max(9, losses.length - 1), level: 0, label, floor: 0, from: 1 },
        secondSeries: heldOutLosses.map(perplexity),
        secondFrom: missing(losses, heldOutLosses),
      });
    },
    /**
     * How it goes, for the eye.
     *
     * @param {Record<string, any> | null} progress
     * @param {boolean} sliced in the page, for want of a worker
     */
    words(progress, sliced) {
      const words = [sentence(progress)];
      if (progress?.heldOutLosses.length && !progress.diverged) {
        const told = values(progress);
        if (told.epoch - told.at >= PATIENCE) words.push(t("overfit", told));
      }
      const pace = 1000 * (progress?.pace ?? 0);
      if (progress?.going && pace) words.push(t("pace", { n: formatCount(pace.toPrecision(2)) }));
      if (sliced && progress) words.push(t("sliced"));
      return words.join(" ");
    },
    /** The same for the ear: while it trains, something new every quarter of a minute. */
    spoken(progress) {
      const now = performance.now();
      if (now >= next || !progress?.going) {
        spoken = sentence(progress);
        next = now + SPOKEN_EVERY;
      }
      return spoken;
    },
  };
}
