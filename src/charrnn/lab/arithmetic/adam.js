// @ts-check
// Adam (Kingma and Ba 2015) over one row of weights, as `torch.optim.Adam` takes its steps, and
// the clipping before it, as `torch.nn.utils.clip_grad_norm_`. No drawing.

/**
 * What takes a step: `step(weights, gradient)`. The gradient is shortened to the norm `clip` where
 * it is longer.
 *
 * @param {number} size how many weights
 * @param {number} learningRate
 * @param {{ clip?: number, beta1?: number, beta2?: number, epsilon?: number }} [settings]
 */
export function adam(
  size,
  learningRate,
  { clip = Infinity, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {},
) {
  const first = new Float32Array(size); // means of the gradient and of its square
  const second = new Float32Array(size);
  let steps = 0;
  return {
    step(weights, gradient) {
      let squares = 0;
      for (let i = 0; i < size; i++) squares += gradient[i] * gradient[i];
      const factor = Math.min(1, clip / (Math.sqrt(squares) + 1e-6));
      steps += 1;
      const rate = learningRate / (1 - beta1 ** steps);
      const scale = Math.sqrt(1 - beta2 ** steps);
      for (let i = 0; i < size; i++) {
        const g = factor * gradient[i];
        first[i] += (1 - beta1) * (g - first[i]);
        second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        weights[i] -= (rate * first[i]) / (Math.sqrt(second[i]) / scale + epsilon);
      }
    },
  };
}
