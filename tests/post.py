"""The post's network and loop said again, without the package: what the tests compare against.

Deliberately step by step, as the post is: one letter at a time, one `nn.MSELoss` per letter, the
losses added up, `backward`, `torch.optim.Adam` as it comes.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn

ALPHABET = "abcdefghijklmnopqrstuvwxyz ?!.,:;01"  # the last two: start, end
TEXT = "hello changhoon what a nice day"


class Network(nn.Module):
    """State and output are both computed from this letter joined to the state before it."""

    def __init__(self, letters: int = 35, units: int = 35) -> None:
        super().__init__()
        self.units = units
        self.to_state = nn.Linear(letters + units, units)
        self.to_output = nn.Linear(letters + units, letters)

    def forward(self, letter: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        both = torch.cat([letter, state], 1)
        return self.to_output(both), self.to_state(both).tanh()


def network(seed: int) -> Network:
    """Weights drawn after `torch.manual_seed(seed)`, the state layer first."""
    torch.manual_seed(seed)
    return Network()


def rows(text: str = TEXT) -> Tensor:
    """Start mark, letters, end mark, each a row of the identity matrix."""
    return torch.eye(len(ALPHABET))[[33, *map(ALPHABET.index, text), 34]]


def fit(net: Network, text: str = TEXT, epochs: int = 1000, learning_rate: float = 0.01):
    """Train in place; return the loss of each epoch, before its step."""
    data = rows(text)
    criterion = nn.MSELoss()
    adam = torch.optim.Adam(net.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        adam.zero_grad()
        state = torch.zeros(1, net.units)
        total = 0
        for now, following in pairwise(data):
            output, state = net(now.view(1, -1), state)
            total = total + criterion(output.view(-1), following)
        total.backward()
        adam.step()
        losses.append(total.item())
    return losses


@torch.no_grad()
def say(net: Network, length: int = len(TEXT)) -> str:
    """Feed the raw outputs back ``length`` times from the start mark; never look for the end."""
    letter, state, said = torch.eye(len(ALPHABET))[33:34], torch.zeros(1, net.units), ""
    for _ in range(length):
        letter, state = net(letter, state)
        said += ALPHABET[int(letter.argmax())]
    return said
