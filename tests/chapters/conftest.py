import pytest

from analysis.ranking.of_record import ranked_cities


@pytest.fixture(scope="module")
def ranking(built_tiny):
    """The ranking of record of the small edition."""
    return ranked_cities(built_tiny, built_tiny.result("cells"))
