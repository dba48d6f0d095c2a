"""Ways to train on the post's sentence, for `training.py`: each a function of a seed and epochs.

torch is imported inside: the parent process stays small, since Linux lets a child begin with its
parent's peak.
"""

from pathlib import Path


def post_loop(seed: int, epochs: int) -> list[float]:
    import post

    return post.fit(post.network(seed), epochs=epochs)


def torch_rnn(seed: int, epochs: int) -> list[float]:
    import post
    import torch
    from torch import nn

    start = post.network(seed)
    letters = len(post.ALPHABET)
    rnn = nn.RNN(letters, start.units)
    out = start.to_output  # it reads [x_t, h_{t-1}], as in the post
    weight_x, weight_h = start.to_state.weight.detach().split((letters, start.units), dim=1)
    rnn.load_state_dict(
        {
            "weight_ih_l0": weight_x,
            "weight_hh_l0": weight_h,
            "bias_ih_l0": start.to_state.bias.detach(),
            "bias_hh_l0": torch.zeros(start.units),
        }
    )
    rnn.bias_hh_l0.requires_grad_(False)  # the post has one bias
    trained = [p for p in (*rnn.parameters(), *out.parameters()) if p.requires_grad]
    adam = torch.optim.Adam(trained, lr=0.01)
    data = post.rows()
    x, target, first = data[:-1], data[1:], torch.zeros(1, start.units)
    losses = []
    for _ in range(epochs):
        adam.zero_grad()
        states, _ = rnn(x, first)  # (T, H)
        before = torch.cat((first, states[:-1]))
        loss = (out(torch.cat((x, before), dim=1)) - target).square().mean(dim=1).sum()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return losses


def page(seed: int, epochs: int) -> tuple[list[float], float]:
    """Losses and the seconds of the epochs alone, by the browser's own clock."""
    import browser
    from serve import serving

    import charrnn

    lab = Path(charrnn.__file__).parent / "lab"
    vocabulary = charrnn.Vocabulary()
    letters = vocabulary.encode(charrnn.SENTENCE).tolist()
    with serving(lab) as address, browser.running() as chromium:
        shown = chromium.new_page()
        shown.goto(f"{address}lab.css")  # any page of the same origin
        losses, seconds = shown.evaluate(
            """async ([V, H, seed, letters, epochs]) => {
            const { initWeights } = await import("/arithmetic/cell.js");
            const { createTrainer } = await import("/arithmetic/training.js");
            const train = (n) => {
              const trainer = createTrainer(initWeights(V, H, seed), letters, 0.01);
              const start = performance.now();
              trainer.work(n);
              return [trainer.losses, (performance.now() - start) / 1000];
            };
            train(20);
            return train(epochs) }""",
            [vocabulary.size, 35, seed, letters, epochs],
        )
    return losses, seconds


def package(seed: int, epochs: int) -> list[float]:
    import charrnn

    return charrnn.train(seed=seed, epochs=epochs, progress=False)[1].losses


# Two loops as well-known tutorials shape them, on the post's sentence and with its 35 units. They
# are other networks with another loss, so their time can be compared and their losses cannot.


def d2l_shape(seed: int, epochs: int) -> list[float]:
    """As "Dive into Deep Learning" builds an RNN from scratch: bare matrices, a list of outputs,
    cross-entropy over all of them, the gradient clipped to norm 1, plain steps downhill."""
    import post
    import torch
    from torch import nn

    torch.manual_seed(seed)
    data = post.rows()
    size, units = data.shape[1], 35
    shapes = ((size, units), (units, units), (units,), (units, size), (size,))
    w_x, w_h, b_h, w_y, b_y = weights = [nn.Parameter(0.01 * torch.randn(s)) for s in shapes]
    x, answers = data[:-1, None], data[1:].argmax(dim=1)  # (T, B = 1, V), (T,)
    losses = []
    for _ in range(epochs):
        h, outputs = torch.zeros(1, units), []
        for row in x:
            h = torch.tanh(row @ w_x + h @ w_h + b_h)
            outputs.append(h @ w_y + b_y)
        loss = nn.functional.cross_entropy(torch.cat(outputs), answers)
        for p in weights:
            p.grad = None
        loss.backward()
        norm = torch.sqrt(sum((p.grad**2).sum() for p in weights))
        with torch.no_grad():
            for p in weights:
                p -= 0.5 * p.grad / max(1.0, float(norm))
        losses.append(loss.item())
    return losses


def tutorial_shape(seed: int, epochs: int) -> list[float]:
    """As PyTorch's tutorial "Generating Names with a Character-Level RNN" builds it: a module with
    three linear layers, dropout and log-softmax, called for one letter at a time, one negative
    log-likelihood a letter, and each weight moved by hand."""
    import post
    import torch
    from torch import nn

    class Writer(nn.Module):
        def __init__(self, size: int, units: int) -> None:
            super().__init__()
            self.to_state = nn.Linear(size + units, units)
            self.to_output = nn.Linear(size + units, size)
            self.mixed = nn.Linear(units + size, size)
            self.dropout, self.log_softmax = nn.Dropout(0.1), nn.LogSoftmax(dim=1)

        def forward(self, letter: torch.Tensor, h: torch.Tensor) -> tuple[torch.Tensor, ...]:
            both = torch.cat((letter, h), dim=1)
            h = self.to_state(both)
            output = self.mixed(torch.cat((h, self.to_output(both)), dim=1))
            return self.log_softmax(self.dropout(output)), h

    torch.manual_seed(seed)
    data = post.rows()
    writer, criterion = Writer(data.shape[1], 35), nn.NLLLoss()
    answers = data[1:].argmax(dim=1, keepdim=True)  # (T, 1)
    losses = []
    for _ in range(epochs):
        writer.zero_grad()
        h, loss = torch.zeros(1, 35), torch.zeros(1)
        for row, answer in zip(data[:-1], answers, strict=True):
            output, h = writer(row[None], h)
            loss = loss + criterion(output, answer)
        loss.backward()
        for p in writer.parameters():
            p.data.add_(p.grad, alpha=-0.0005)
        losses.append(loss.item() / len(answers))
    return losses


CONTESTANTS = {
    "the post's loop": post_loop,
    "nn.RNN": torch_rnn,
    "in the page": page,
    "charrnn.train": package,
    "d2l's shape": d2l_shape,
    "PyTorch tutorial's shape": tutorial_shape,
}
OTHER_NETWORKS = ("d2l's shape", "PyTorch tutorial's shape")
