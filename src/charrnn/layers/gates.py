"""One step of an LSTM and of a GRU, written out, on the weights of PyTorch's own layers.

Shapes: B texts side by side, V letters, H hidden units. PyTorch stacks the weights of all gates
in one matrix; ``chunk`` takes them apart again, in PyTorch's order.
"""

from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import one_of, quoted, real, tensor

# The gates and the candidate whose weights PyTorch stacks, in its order.
STACKED: dict[type[nn.RNNBase], tuple[str, ...]] = {
    nn.LSTM: ("input", "forget", "candidate", "output"),
    nn.GRU: ("reset", "update", "candidate"),
}
LARGEST_BIAS = 1e6  # far beyond where a sigmoid is 0 or 1


def lstm_step(
    layer: nn.LSTM, x: Tensor, h: Tensor, c: Tensor
) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """One step of the LSTM of Hochreiter and Schmidhuber (1997) with the forget gate of Gers,
    Schmidhuber and Cummins (2000), as `torch.nn.LSTM` computes it.

    Args:
        layer: of one layer; its weights are used as they are, so gradients reach them.
        x: input ``(B, V)``.
        h: old hidden state ``(B, H)``.
        c: old cell state ``(B, H)``.

    Returns:
        New hidden state and new cell state, ``(B, H)`` each; gates and candidate by name.

    Raises:
        TypeError, ValueError: as `check_step`.
    """
    check_step(layer, nn.LSTM, x, h=h, c=c)
    w_x, w_h, b_x, b_h = layer.parameters()  # (4 H, V), (4 H, H), (4 H), (4 H)
    sums = x @ w_x.T + b_x + h @ w_h.T + b_h  # (B, 4 H)
    i, f, g, o = sums.chunk(4, dim=1)  # (B, H) each
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    c_t = f * c + i * g  # (B, H)
    h_t = o * c_t.tanh()  # (B, H)
    return h_t, c_t, {"input": i, "forget": f, "candidate": g, "output": o}


def gru_step(layer: nn.GRU, x: Tensor, h: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
    """One step of the GRU of Cho et al. (2014), as `torch.nn.GRU` computes it.

    PyTorch lets the reset gate act after the product with the old state, not before it as in the
    paper.

    Args:
        layer: of one layer; its weights are used as they are, so gradients reach them.
        x: input ``(B, V)``.
        h: old hidden state ``(B, H)``.

    Returns:
        The new hidden state ``(B, H)`` and the gates and the candidate, by name.

    Raises:
        TypeError, ValueError: as `check_step`.
    """
    check_step(layer, nn.GRU, x, h=h)
    w_x, w_h, b_x, b_h = layer.parameters()  # (3 H, V), (3 H, H), (3 H), (3 H)
    from_x, from_h = x @ w_x.T + b_x, h @ w_h.T + b_h  # (B, 3 H) both
    (r_x, z_x, n_x), (r_h, z_h, n_h) = from_x.chunk(3, dim=1), from_h.chunk(3, dim=1)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    n = torch.tanh(n_x + r * n_h)  # (B, H)
    return z * h + (1 - z) * n, {"reset": r, "update": z, "candidate": n}


def lstm_run(layer: nn.LSTM, rows: Tensor) -> dict[str, Tensor]:
    """Hidden state, cell state and gates at every step of one text ``(T, V)``, each ``(T, H)``.

    Raises:
        TypeError, ValueError: as `check_step`, for ``rows`` in place of ``x``.
    """
    check_layer(layer, nn.LSTM)
    rows = tensor("rows", rows, ("T", layer.input_size), finite=False)
    h = c = rows.new_zeros(1, layer.hidden_size)
    seen: list[dict[str, Any]] = []
    for x_t in rows.split(1):
        h, c, gates = lstm_step(layer, x_t, h, c)
        seen.append({"hidden": h, "cell": c, **gates})
    return {name: torch.cat([step[name] for step in seen]) for name in seen[0]}


def set_forget_bias(layer: nn.LSTM, bias: float = 3.0) -> None:
    """Start with the memory kept: set the forget gate's bias, as Jozefowicz, Zaremba and
    Sutskever (2015), "An Empirical Exploration of Recurrent Network Architectures", advise.

    Raises:
        TypeError: no LSTM, or a bias that is no number.
        ValueError: as `set_gate_bias`.
    """
    check_layer(layer, nn.LSTM)
    set_gate_bias(layer, "forget", bias)


def set_gate_bias(layer: nn.LSTM | nn.GRU, gate: str, bias: float) -> None:
    """Start with a gate open (above 0) or closed (below): set its bias in all hidden units.

    PyTorch adds two biases; the first is set to ``bias``, the second to 0.

    Raises:
        TypeError: neither LSTM nor GRU, or a bias that is no number.
        ValueError: a layer of several layers or the like, a gate that it has not, or a bias beyond
            ±`LARGEST_BIAS`.
    """
    kind = nn.GRU if isinstance(layer, nn.GRU) else nn.LSTM
    check_layer(layer, kind)
    block = STACKED[kind].index(one_of("gate", gate, STACKED[kind]))
    bias = real("bias", bias, least=-LARGEST_BIAS, most=LARGEST_BIAS)
    part = slice(block * layer.hidden_size, (block + 1) * layer.hidden_size)
    _, _, b_x, b_h = layer.parameters()
    with torch.no_grad():
        b_x[part] = bias
        b_h[part] = 0.0


def check_layer(layer: Any, kind: type[nn.RNNBase]) -> None:
    """Refuse a layer whose weights the steps here would take apart wrongly.

    Raises:
        TypeError: no layer of this kind.
        ValueError: several layers, two directions, a projection, or no biases.
    """
    if not isinstance(layer, kind):
        raise TypeError(f"layer must be a torch.nn.{kind.__name__}, got {quoted(layer)}.")
    if layer.num_layers != 1 or layer.bidirectional or layer.proj_size or not layer.bias:
        raise ValueError(
            "layer must be a single layer of one direction, with biases and no projection, "
            f"got {quoted(layer)}."
        )


def check_step(layer: Any, kind: type[nn.RNNBase], x: Any, **states: Any) -> None:
    """Refuse what does not fit together; whether it is finite is not looked at, nan gives nan.

    Raises:
        TypeError: no layer of this kind, or no tensors.
        ValueError: another kind of weights than one layer's, or shapes or number types that do not
            fit: x ``(B, V)``, each state ``(B, H)``, all of the weights' type.
    """
    check_layer(layer, kind)
    x = tensor("x", x, ("B", layer.input_size), finite=False)
    for name, state in {"x": x, **states}.items():
        shape = x.shape if name == "x" else (len(x), layer.hidden_size)
        state = tensor(name, state, tuple(shape), finite=False)
        if state.dtype != layer.weight_ih_l0.dtype:
            raise ValueError(
                f"{name} must hold numbers of the layer's type, {layer.weight_ih_l0.dtype}, "
                f"got {state.dtype}: {name}.to(layer.weight_ih_l0.dtype) makes it so."
            )
