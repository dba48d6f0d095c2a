"""What a training run leaves behind."""

from dataclasses import dataclass, field
from typing import Any

from charrnn.arguments import real


@dataclass
class History:
    """What one training run did, epoch by epoch.

    ``losses[e]`` is the training loss of epoch e, as its trainer defines it (no unit, or nats);
    ``validation_losses[e]`` the loss on the validation text after it, where there is one.
    ``settings`` are the run's, by name, so that a picture or a table can name them.
    """

    losses: list[float] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.losses)

    def first_below(self, limit: float) -> int | None:
        """The first epoch whose training loss is under ``limit``, or None.

        Raises:
            TypeError, ValueError: a limit that is no finite number.
        """
        limit = real("limit", limit)
        return next((e for e, loss in enumerate(self.losses) if loss < limit), None)
