"""What a chapter measures, one file each."""

from charrnn.experiments import (
    bptt_cost,
    cost,
    gradient_check,
    gradient_flow,
    losses,
    probes,
    recall,
    scaling,
    speed,
    stability,
    toy_tasks,
)

__all__ = [
    "bptt_cost",
    "cost",
    "gradient_check",
    "gradient_flow",
    "losses",
    "probes",
    "recall",
    "scaling",
    "speed",
    "stability",
    "toy_tasks",
]
