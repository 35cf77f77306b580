import pytest

from analysis.ranking import method as methods
from analysis.ranking import scores


@pytest.fixture(scope="module")
def ranking(built_tiny):
    """The ranking of record of the small edition."""
    framework, measures, cities = (
        built_tiny.reference_table(name) for name in ("framework", "measures", "cities")
    )
    cells = built_tiny.result("cells")
    return scores.rank_cities(cells, framework, measures, cities, methods.load(built_tiny))
