// @ts-check
// Scores to probabilities to a loss, as experiments.losses.cross_entropy computes it. No drawing.

/**
 * Softmax: e to the power of each score, scaled to sum 1.
 *
 * @param {number[]} scores
 * @returns {number[]}
 */
export function softmax(scores) {
  const largest = Math.max(...scores); // keeps large scores from overflowing
  const powers = Array.from(scores, (score) => Math.exp(score - largest));
  const sum = powers.reduce((a, x) => a + x, 0);
  return powers.map((power) => power / sum);
}

/**
 * Cross-entropy of one answer, in nats: minus the logarithm of its probability.
 *
 * @param {number[]} scores
 * @param {number} answer
 */
export function crossEntropy(scores, answer) {
  const largest = Math.max(...scores);
  const sum = scores.reduce((a, score) => a + Math.exp(score - largest), 0);
  return largest + Math.log(sum) - scores[answer];
}

/**
 * The gradient of the cross-entropy with respect to each score: probability minus 1 for the answer.
 *
 * @param {number[]} scores
 * @param {number} answer
 */
export function gradient(scores, answer) {
  return softmax(scores).map((p, i) => p - Number(i === answer));
}
