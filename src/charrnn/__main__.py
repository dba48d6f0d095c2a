"""`python -m charrnn`: train a model on a text of your own, and let it write."""

import sys

from charrnn.command import main

if __name__ == "__main__":
    sys.exit(main())
