"""What `make quick` leaves out, beside all that opens a browser."""

# Files that build a book, start processes or train for more than a few seconds.
SLOW = {
    "test_adding",
    "test_book_build",
    "test_checkpoint",
    "test_colab",
    "test_drifts",
    "test_inside",
    "test_ladder",
    "test_longer",
    "test_memory",
    "test_objectives",
    "test_one_thread",
    "test_through_time",
    "test_training",
}
