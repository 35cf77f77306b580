"""What a page about one city compares it with: its region, its province, its peers, cities alike.

Frames in, frames out; how many peers and cities alike there are is said in `profiles.csv`.
"""

import numpy as np
import pandas as pd

QUARTILES = {"low": 0.25, "median": 0.5, "high": 0.75}


def group_places(scores: pd.DataFrame, group: str) -> pd.DataFrame:
    """Place of every ranked city within its `group` (region or province).

    Returns `place, cities` by adcode; ties share the better place, and `cities` counts the ranked
    cities of the group.
    """
    by_group = scores.set_index("adcode").groupby(group)["rank"]
    return pd.DataFrame(
        {"place": by_group.rank(method="min").astype(int), "cities": by_group.transform("size")}
    )


def peers(size: pd.Series, count: int) -> pd.DataFrame:
    """The `count` cities nearest to each city in size, measured by ratio.

    Parameters
    ----------
    size
        A positive size by adcode, such as GDP; a city without one has no peers and is none.
    count
        Number of peers of each city.

    Returns
    -------
    pd.DataFrame
        `adcode, other, distance`, the nearest first; `distance` is the absolute difference of the
        natural logarithms. Of equally near cities the one with the lower code comes first.
    """
    if (size <= 0).any():
        wrong = ", ".join(map(str, size.index[size <= 0]))
        raise ValueError(f"profiles: sizes must be positive, those of {wrong} are not")
    logarithm = np.log(size.dropna().sort_index())
    return nearest(logarithm.to_frame(), count)


def alike(values: pd.DataFrame, count: int) -> pd.DataFrame:
    """The `count` cities nearest to each city over the columns of `values` (by adcode).

    A column that is empty for every city does not count; a city with any other gap is left out.
    Returns `adcode, other, distance`, the nearest first; `distance` is Euclidean.
    """
    return nearest(values.dropna(axis="columns", how="all").dropna().sort_index(), count)


def nearest(points: pd.DataFrame, count: int) -> pd.DataFrame:
    """For every row of `points` the `count` other rows at the smallest Euclidean distance."""
    position = points.to_numpy(float)
    distance = np.sqrt(((position[:, None, :] - position[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(distance, np.inf)
    order = np.argsort(distance, axis=1, kind="stable")[:, : min(count, len(points) - 1)]
    rows = np.repeat(np.arange(len(points)), order.shape[1])
    return pd.DataFrame(
        {
            "adcode": points.index[rows],
            "other": points.index[order.ravel()],
            "distance": distance[rows, order.ravel()],
        }
    )


def peer_values(values: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Quartiles of each column of `values` (by adcode) over the peers of each city.

    Returns `adcode, code, low, median, high`; `pairs` is as `peers` gives it.
    """
    long = pairs.merge(values, left_on="other", right_index=True)
    cells = long.melt("adcode", list(values.columns), var_name="code")
    by_node = cells.groupby(["adcode", "code"], sort=False)["value"]
    parts = {name: by_node.quantile(share) for name, share in QUARTILES.items()}
    return pd.DataFrame(parts).reset_index()


def strongest(parts: pd.DataFrame, count: int) -> pd.DataFrame:
    """The nodes of one level that move each city's index most from that of the mean city.

    Parameters
    ----------
    parts
        `adcode, code, score_part`: Shapley values of the nodes of one level.
    count
        At most so many nodes with a positive part, and as many with a negative one.

    Returns
    -------
    pd.DataFrame
        `adcode, code, score_part`, of each city the largest positive parts first, then the most
        negative ones.
    """
    gains = parts[parts["score_part"] > 0].sort_values("score_part", ascending=False)
    losses = parts[parts["score_part"] < 0].sort_values("score_part")
    some = [part.groupby("adcode", sort=False).head(count) for part in (gains, losses)]
    chosen = pd.concat(some)[["adcode", "code", "score_part"]]
    return chosen.sort_values("adcode", kind="stable", ignore_index=True)
