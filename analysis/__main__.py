"""`python -m analysis`: the command line, with its own packages and in a Python that can run it."""

import os
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the command line, or say in one line what keeps this Python from running it."""
    found = sys.version_info[:2]
    if found < OLDEST:
        needed, version = (".".join(map(str, numbers)) for numbers in (OLDEST, found))
        sys.exit(f"Python {needed} or newer is needed, and {sys.executable} is {version}")
    import_own_packages_alone()
    try:
        from analysis.commands.cli import main as run
    except ModuleNotFoundError as error:
        if str(error.name).startswith("analysis"):
            raise
        sys.exit(
            f"{sys.executable} has no {error.name}: `make .venv/ready` installs what is needed; "
            "then use .venv/bin/digital-city, or .venv/bin/python -m analysis"
        )
    run()


def import_own_packages_alone() -> None:
    """Take what PYTHONPATH names out of the path, here and for every Python that is started."""
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    foreign = {str(Path(entry).absolute()) for entry in named}
    sys.path[:] = [str(ROOT), *(entry for entry in sys.path if entry not in foreign)]
    os.environ["PYTHONPATH"] = str(ROOT)


if __name__ == "__main__":
    main()
