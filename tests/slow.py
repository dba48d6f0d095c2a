"""What `make quick` leaves out, beside all that opens a browser."""

# Files that build a book, start processes, or draw, train and save for more than five seconds.
SLOW = {
    "tools/test_adding",
    "pictures/test_alt_texts",
    "extension/test_book_build",
    "layers/test_checkpoint",
    "tools/test_colab",
    "tools/test_drifts",
    "pictures/test_fonts",
    "layers/test_training",
    "pictures/test_every_picture",
    "layers/test_refusals",
    "scratch/test_training",
}
