"""The post's network written out: cell, gradients by hand, training, generation."""
