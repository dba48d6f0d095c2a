"""What a chapter measures, one file each."""

from charrnn.experiments import (
    bptt_cost,
    gradient_check,
    gradient_flow,
    losses,
    probes,
    recall,
    speed,
    stability,
    toy_tasks,
)

__all__ = [
    "bptt_cost",
    "gradient_check",
    "gradient_flow",
    "losses",
    "probes",
    "recall",
    "speed",
    "stability",
    "toy_tasks",
]
