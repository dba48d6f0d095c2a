"""What the tests of the figures share; those of the questions have it too."""

from opening import call as call
from opening import modules as modules
from opening import open_figures as open_figures
from opening import origin as origin
