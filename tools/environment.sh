#!/bin/sh
# Make a virtual environment, or say in a sentence what is missing: environment.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

fail() {
    printf '\nThe book needs Python 3.11 or newer%s\n' "$1" >&2
    exit 1
}

command -v "$python" >/dev/null ||
    fail ", and there is no '$python' here. Name yours: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "; '$python' is $("$python" --version 2>&1). Name a newer one: make PYTHON=python3.12"
# Debian and Ubuntu ship Python without these two.
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail " with its venv module. On Debian and Ubuntu: sudo apt-get install python3-venv"
exec "$python" -m venv "$folder"
