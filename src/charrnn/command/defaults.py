"""What `train` takes where the user names nothing, as far as the text decides; its help tells."""

SHARE_HELD_OUT = 10  # one letter in so many is held out
MOST_HELD_OUT = 100_000  # letters: reading them takes seconds
LETTERS_READ = 5_000_000  # in all epochs together, about
MOST_EPOCHS_UNASKED = 20
