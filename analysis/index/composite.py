"""The composite index: the steps of the engine, in order, under one named method."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import Parameter, signature

import pandas as pd

from analysis.index import shape, treatment
from analysis.index.aggregation import aggregate, means_by_node
from analysis.index.framework import check_data, check_tree, leaves, root
from analysis.index.normalisation import NORMALISATIONS, normalise


@dataclass(frozen=True)
class Method:
    """The choices that turn data and a framework into an index.

    Attributes
    ----------
    skewness_limit, kurtosis_limit, maximum_winsorised
        See `treatment.treat`; a skewness limit of infinity leaves all columns untreated.
    untreated
        Columns that are never treated.
    normalisation, normalisation_options
        A name in `normalisation.NORMALISATIONS` and the parameters of that function.
    aggregation
        A name in `aggregation.AGGREGATIONS`, or names by node (arithmetic where not named).
    renormalisation
        What becomes of the weight of a gap, one of `aggregation.RENORMALISATIONS`.

    Examples
    --------
    >>> Method(normalisation="min_max", normalisation_options={"lower": 1.0}).scale
    {'lower': 1.0, 'upper': 100.0}
    """

    skewness_limit: float = shape.SKEWNESS_LIMIT
    kurtosis_limit: float = shape.KURTOSIS_LIMIT
    maximum_winsorised: int = treatment.MAXIMUM_WINSORISED
    untreated: tuple[str, ...] = ()
    normalisation: str = "min_max"
    normalisation_options: Mapping[str, float] = field(default_factory=dict)
    aggregation: str | Mapping[str, str] = "arithmetic"
    renormalisation: str = "level_by_level"

    @cached_property
    def limits(self) -> dict[str, float]:
        """The shape from which on a column is treated, as `treatment` takes it."""
        return {"skewness_limit": self.skewness_limit, "kurtosis_limit": self.kurtosis_limit}

    @property
    def scale(self) -> dict[str, float]:
        """All parameters of the normalisation: those given, and the defaults of the others."""
        parameters = signature(NORMALISATIONS[self.normalisation]).parameters.values()
        defaults = {p.name: p.default for p in parameters if p.default is not Parameter.empty}
        return defaults | dict(self.normalisation_options)


@dataclass(frozen=True)
class CompositeIndex:
    """An index and every step on the way to it; all frames have one row per unit.

    Attributes
    ----------
    treated, normalised
        One column per leaf: in the units of measurement of the data, and on one scale.
    treatment
        One row per leaf, as `treatment.treat` describes it.
    rulers
        The transformation of every leaf, as `treatment.fit` returns them: with `method` all that
        is needed to put the figures of other units on the same scales.
    nodes
        One column per inner node, on the scale of the leaves.
    framework
        The framework table that was used: `code, parent, weight, direction`.
    method
        The choices that were made.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a"], "parent": ["", "top"], "weight": 1})
    >>> tree["direction"] = 1
    >>> made = build(pd.DataFrame({"a": [3.0, 1.0]}, index=["u", "v"]), tree, method=Method())
    >>> made.index.to_dict(), made.means
    ({'u': 100.0, 'v': 0.0}, {'top': 'arithmetic'})
    >>> made.limits.to_dict("index")
    {'a': {'lowest': 1.0, 'highest': 3.0}}
    """

    treated: pd.DataFrame
    treatment: pd.DataFrame
    rulers: pd.DataFrame
    normalised: pd.DataFrame
    nodes: pd.DataFrame
    framework: pd.DataFrame
    method: Method

    @property
    def index(self) -> pd.Series:
        """The index itself: the root of the framework."""
        return self.nodes[root(self.framework)]

    @property
    def means(self) -> dict[str, str]:
        """The mean at every inner node, a name in `aggregation.AGGREGATIONS`."""
        return means_by_node(self.framework, self.method.aggregation)

    @cached_property
    def limits(self) -> pd.DataFrame:
        """``lowest, highest`` by leaf: the treated figures that the ends of its scale stand for."""
        return ends(self.rulers)


def build(
    data: pd.DataFrame,
    framework: pd.DataFrame,
    *,
    method: Method,
    rulers: pd.DataFrame | None = None,
) -> CompositeIndex:
    """Check, treat, normalise and aggregate.

    The order of the steps is that of the OECD/JRC Handbook on Constructing Composite Indicators
    (2008); which units are ranked and how gaps are filled has been decided before.

    Parameters
    ----------
    data
        One row per unit, a numeric column for each leaf in any unit of measurement, gaps as NaN;
        other columns are left out. Leaves without a column are refused: `framework.prune` drops
        them on purpose.
    framework
        A framework table with the weights to use: `code, parent, weight, direction`.
    method
        The choices for each step.
    rulers
        Transformations of other units (`CompositeIndex.rulers`), which then hold for the leaves
        that they name in place of those fitted to `data`, with the ends of the scales. Nothing is
        cut off at these ends: values may lie beyond the scale. Rulers of columns that are no
        leaves are left out. A scale without ends (`normalisation.GIVEN_ENDS`) remains that of the
        units at hand.

    Returns
    -------
    CompositeIndex
        The index by unit, with all steps on the way to it.

    Raises
    ------
    ValueError
        Listing what is wrong with the framework, the data or a choice.

    Examples
    --------
    Of a more is better, of b less: v is best in both, and u halfway in b.

    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "weight": [1, 3, 1], "direction": [1, 1, -1],
    ... })
    >>> data = pd.DataFrame({"a": [2.0, 4, 3], "b": [15.0, 10, 20]}, index=["u", "v", "w"])
    >>> build(data, tree, method=Method()).index.to_dict()
    {'u': 12.5, 'v': 100.0, 'w': 37.5}

    The same figures a year later, by the same rulers: x has passed the best of a.

    >>> first = build(data, tree, method=Method())
    >>> later = pd.DataFrame({"a": [3.0, 5], "b": [15.0, 10]}, index=["u", "x"])
    >>> build(later, tree, method=Method(), rulers=first.rulers).index.to_dict()
    {'u': 50.0, 'x': 137.5}
    """
    check_tree(framework)
    check_data(data, framework)
    figures = data[leaves(framework)].astype(float)
    used = rulers_for(figures, method, rulers)
    treated = treatment.apply(figures, used)
    details = treatment.details(figures, treated, used, **method.limits)
    directions = framework.set_index("code")["direction"].astype(float)
    normalised = normalise(
        treated,
        directions,
        method.normalisation,
        # A column on its own scale reaches its ends to the last digit.
        ends=None if rulers is None else ends(used),
        **method.normalisation_options,
    )
    nodes = aggregate(normalised, framework, method.aggregation, method.renormalisation)
    return CompositeIndex(treated, details, used, normalised, nodes, framework, method)


def ends(rulers: pd.DataFrame) -> pd.DataFrame:
    """``lowest, highest`` by column: what transformations make of the extreme figures.

    Examples
    --------
    >>> rulers = treatment.fit(pd.DataFrame({"a": [1.0, 2, 3, 4, 100]}))
    >>> ends(rulers).to_dict("index")
    {'a': {'lowest': 1.0, 'highest': 4.0}}
    """
    extremes = rulers.set_index("column")[["lowest", "highest"]].T
    return treatment.apply(extremes, rulers).T


def rulers_for(
    figures: pd.DataFrame,
    method: Method,
    given: pd.DataFrame | None,
    names: Mapping[Hashable, str] | None = None,
) -> pd.DataFrame:
    """The given rulers, and for the other columns those that a method fits to their figures.

    Parameters
    ----------
    figures
        One row per unit, numeric columns, gaps as NaN.
    method
        The method; its untreated columns are among those of the figures.
    given
        Transformations of other units, as `treatment.fit` returns them, if there are any.
    names
        By which name of the given rulers a column goes, if not by its own.

    Returns
    -------
    pd.DataFrame
        As `treatment.fit` returns it, one row for each column of the figures.

    Raises
    ------
    ValueError
        If an untreated column is none of the figures.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 5.0]})
    >>> given = treatment.fit(pd.DataFrame({"a": [0.0, 9.0], "c": [1.0, 2.0]}))
    >>> rulers_for(data, Method(), given)[["column", "lowest", "highest"]].values.tolist()
    [['a', 0.0, 9.0], ['b', 3.0, 5.0]]
    """
    unknown = [column for column in method.untreated if column not in figures.columns]
    if unknown:
        raise ValueError(f"method: the untreated columns {unknown} are not leaves")
    own = treatment.fit(
        figures,
        maximum_winsorised=method.maximum_winsorised,
        columns=[column for column in figures.columns if column not in method.untreated],
        **method.limits,
    )
    if given is None:
        return own
    known = own["column"] if names is None else own["column"].map(names)
    fixed = given.set_index("column").reindex(known).reset_index(drop=True)
    found = fixed["method"].notna()
    return own.where(~found, fixed.assign(column=own["column"])[own.columns])
