"""What `make quick` leaves out, beside all that opens a browser."""

# Files that build a book, start processes, or draw, train and save for more than five seconds.
SLOW = {
    "tools/test_adding",
    "pictures/test_alt_texts",
    "extension/test_book_build",
    "command/test_command",
    "command/test_torchrun",
    "command/test_training",
    "layers/test_checkpoint",
    "tools/test_colab",
    "tools/test_drifts",
    "pictures/test_fonts",
    "layers/test_training",
    "pictures/test_every_picture",
    "pictures/test_legible",
    "layers/test_refusals",
    "scratch/test_training",
}
