"""What all tests share."""

from hypothesis import settings

# A busy machine makes an example slow without anything being wrong.
settings.register_profile("book", deadline=None)
settings.load_profile("book")
