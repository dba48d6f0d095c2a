"""SHARE=k/n: a part of the tests, for a machine too slow for all."""

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

FILE = Path(__file__).parent / "tools" / "test_language_rules.py"


def collected(share):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", str(FILE)]
    told = subprocess.run(
        command, env=os.environ | share, capture_output=True, text=True, check=True
    ).stdout
    return [line for line in told.splitlines() if "::" in line]


def test_shares_hold_each_test_once_and_without_one_all_run():
    shares = [collected({"SHARE": f"{k}/3"}) for k in (1, 2, 3)]
    whole = collected({"SHARE": "1/1"})
    assert sorted(chain(*shares)) == sorted(whole) == sorted(set(whole))
    assert all(len(share) > len(whole) / 5 for share in shares)
