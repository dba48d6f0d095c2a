"""What all tests share."""

import pytest
from hypothesis import settings

# A busy machine makes an example slow without anything being wrong.
settings.register_profile("book", deadline=None)
settings.load_profile("book")


@pytest.fixture
def language(request):
    """The language in force, English unless the test is parametrized; English again afterwards."""
    from charrnn import set_language  # here, as tests of the tools need no package

    chosen = getattr(request, "param", "en")
    set_language(chosen)
    yield chosen
    set_language("en")
