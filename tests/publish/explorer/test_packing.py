"""Tables of numbers as short texts: what comes out on the page is what went in."""

import numpy as np
import pandas as pd
import pytest

from analysis.publish.explorer.packing import EXACT, SHOWN, packed

from .conftest import calculated

TABLE = pd.DataFrame({"a": [0.0, 100.0, np.nan, 33.3], "b": [7.0] * 4, "c": [np.nan] * 4})


def test_a_number_takes_as_many_bytes_as_are_asked_for_the_largest_is_a_gap():
    found = packed(pd.DataFrame({"a": [0.0, np.nan, 254.0, 1.0]}), 1)
    assert found == {"size": 1, "low": [0.0], "step": [1.0], "text": "AP/+AQ=="}


@pytest.mark.parametrize(("size", "off"), [(SHOWN, 100 / 65534 / 2), (EXACT, 1e-10)])
def test_the_page_reads_what_was_written(tab, size, off):
    found = calculated(tab, "unpacked(a)", packed(TABLE, size))
    back = pd.DataFrame(found, columns=list(TABLE)).astype(float)
    assert np.allclose(back, TABLE, rtol=0, atol=off, equal_nan=True)
    assert (back["b"].tolist(), back["a"].tolist()[:2]) == ([7.0] * 4, [0.0, pytest.approx(100)])
