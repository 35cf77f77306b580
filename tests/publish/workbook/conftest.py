from io import BytesIO

import pytest
from conftest import lay_out_tiny

from analysis.publish.workbook.book import Book, new_book
from analysis.publish.workbook.model import Model, model_of


@pytest.fixture(scope="module")
def tiny_model(built_tiny) -> Model:
    """What the workbook of the small edition shows."""
    return model_of(built_tiny)


@pytest.fixture
def by_level(tmp_path) -> Book:
    """An empty workbook of the small edition under weights renormalised level by level."""
    return new_book(
        BytesIO(), model_of(lay_out_tiny(tmp_path).choose(renormalisation="level_by_level"))
    )


@pytest.fixture
def book(tiny_model) -> Book:
    """An empty workbook of the small edition, kept in memory."""
    return new_book(BytesIO(), tiny_model)
