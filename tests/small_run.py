"""Settings of a run of `python -m charrnn` that takes a moment: 5 segments an epoch."""

SMALL = ["--hidden", "6", "--batch", "4", "--steps", "8", "--held-out", "40", "--epochs", "3"]
