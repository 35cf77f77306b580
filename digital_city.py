"""The command `digital-city`, whatever other package called `analysis` there may be."""

import sys
from pathlib import Path


def main() -> None:
    """Run the package that lies beside this file."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from analysis.__main__ import main as start

    start()
