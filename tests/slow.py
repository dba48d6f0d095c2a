"""What `make quick` leaves out, beside all that opens a browser."""

# Files that build a book, start processes, or draw, train and save for more than five seconds.
SLOW = {
    "test_adding",
    "test_alt_texts",
    "test_book_build",
    "test_checkpoint",
    "test_colab",
    "test_drifts",
    "test_fonts",
    "test_longer",
    "test_pictures",
    "test_refusals_later",
    "test_training",
}
