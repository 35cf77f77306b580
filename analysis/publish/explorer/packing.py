"""Tables of numbers as short texts: every column in whole steps between its ends, a gap apart."""

import base64

import numpy as np
import pandas as pd

# Bytes of a number: those of ranks keep twelve digits, those that are only shown keep four.
EXACT, SHOWN = 5, 2


def packed(values: pd.DataFrame, size: int) -> dict[str, object]:
    """A table, row by row, as base64 of whole numbers of `size` bytes, the largest one first.

    Parameters
    ----------
    values
        Numbers; gaps as NaN.
    size
        Bytes of a number. The largest whole number of that size stands for a gap, the others
        divide each column from its lowest to its highest value into equal steps.

    Returns
    -------
    dict
        ``size``, ``low`` and ``step`` by column, ``text``.
    """
    table = values.to_numpy(dtype=float)
    gap = 256**size - 1
    low, high = (end.fillna(0).to_numpy(float) for end in (values.min(), values.max()))
    step = np.where(high > low, (high - low) / (gap - 1), 1.0)
    steps = np.where(np.isnan(table), gap, np.round((np.nan_to_num(table) - low) / step))
    whole = steps.astype(">u8").reshape(-1, 1).view(np.uint8)
    text = base64.b64encode(whole[:, 8 - size :].tobytes()).decode()
    return {"size": size, "low": low.tolist(), "step": step.tolist(), "text": text}
