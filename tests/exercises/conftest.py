"""Questions are opened as the living figures are."""

from opening import call as call
from opening import modules as modules
from opening import open_figures as open_figures
from opening import origin as origin
