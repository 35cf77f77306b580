"""The outcome does not depend on the machine: its speed, its folders, its settings, its user."""

import re
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parent


def test_no_slow_machine_fails_a_test_of_properties():
    assert settings().deadline is None
    assert settings().derandomize


def test_no_test_has_settings_of_its_own():
    own = [
        path.name
        for path in sorted(TESTS.rglob("test_*.py"))
        if path != Path(__file__)
        and re.search(r"hypothesis import.*\bsettings\b", path.read_text("utf8"))
    ]
    assert own == []
