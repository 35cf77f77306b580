"""What the audit workbook shows: the cells, the index with every step, and its tables."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.editions import Edition
from analysis.editions.validation.input_faults import validate_method
from analysis.index.framework import children, root, sibling_weights
from analysis.index.ranking import piecewise_score, rank
from analysis.language.facts import Speaker
from analysis.language.sentences import WORKBOOK, Sentences
from analysis.publish.workbook.formulas import refuse_unknown
from analysis.ranking import cleaning, of_record
from analysis.ranking.indicators import coverage, measure_matrix

LEVELS = ("domain", "subdomain", "indicator", "measure")


@dataclass(frozen=True)
class Model(of_record.RankedEdition):
    """An edition computed from its raw files, ordered as the sheets need it.

    Attributes
    ----------
    language
        Language of all words and sentences.
    """

    language: str = "en"

    @cached_property
    def framework(self) -> pd.DataFrame:
        """The tree depth first, so that siblings stand side by side: `code, parent, level, …`."""
        tree = self.ranking.composite.framework
        order: list[str] = []
        waiting = [root(tree)]
        while waiting:
            code = waiting.pop(0)
            order.append(code)
            waiting = children(tree, code) + waiting
        return tree.set_index("code", drop=False).loc[order].reset_index(drop=True)

    @cached_property
    def weighed(self) -> pd.DataFrame:
        """All nodes but the top, with their weights: the rows of the framework."""
        return self.framework[self.framework["parent"].isin(sibling_weights(self.framework))]

    def codes(self, level: str) -> list[str]:
        """Codes of one level, siblings side by side."""
        return self.codes_by_level[level]

    def children(self, code: str) -> list[str]:
        """Children of a node, side by side as in `codes`."""
        return self.children_by_node.get(code, [])

    @cached_property
    def codes_by_level(self) -> dict[str, list[str]]:
        """The codes of every level, asked for once for every formula."""
        return self.framework.groupby("level")["code"].agg(list).to_dict()

    @cached_property
    def children_by_node(self) -> dict[str, list[str]]:
        """The children of every inner node."""
        return self.framework.groupby("parent")["code"].agg(list).to_dict()

    @cached_property
    def speaker(self) -> Speaker:
        """Who says names, units and values in the language."""
        return Speaker(self.edition, self.language)

    @property
    def names(self) -> pd.Series:
        """Every word by key."""
        return self.speaker.labels

    @cached_property
    def sentences(self) -> Sentences:
        """What the workbook says."""
        return Sentences(WORKBOOK, self.language, self.edition.root)

    def say(self, key: str, **values: object) -> str:
        """A sentence with its values."""
        return self.sentences.say(key, **values)

    @cached_property
    def cities(self) -> pd.DataFrame:
        """All cities of the edition by adcode."""
        return self.edition.reference_table("cities").set_index("adcode")

    @cached_property
    def means(self) -> dict[str, str]:
        """The mean at every inner node."""
        return self.ranking.composite.means

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The measures of the index by code, in the order of the sheets."""
        listed = self.edition.reference_table("measures").set_index("measure")
        return listed.loc[self.codes("measure")]

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """All cities × measures before the coverage rule."""
        listed = self.measures.reset_index()
        return measure_matrix(self.cells, listed).reindex(self.cities.index)

    @cached_property
    def averaged(self) -> pd.DataFrame:
        """The figures that enter means over several years, as `cleaning.averaged_figures`."""
        readings = cleaning.judged_readings(self.edition)
        table = cleaning.averaged_figures(readings, self.edition)
        return table[table["measure"].isin(self.codes("measure"))].reset_index(drop=True)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Share of the measures present, all and by domain."""
        return coverage(self.matrix, self.framework)[["all", *self.codes("domain")]]

    def step(self, name: str) -> pd.DataFrame:
        """All cities × measures or nodes of one step of the engine; cities without a rank empty.

        `name` is ``used``, ``treated``, ``normalised`` or ``nodes``.
        """
        composite = self.ranking.composite
        table = self.ranking.matrix if name == "used" else getattr(composite, name)
        return table.reindex(self.cities.index)

    @cached_property
    def anchors(self) -> pd.DataFrame:
        """Anchors of the score, highest first: `place` (empty if frozen), `score, index`."""
        bands = self.edition.reference_table("tiers")
        table = of_record.score_anchors(self.edition, self.ranking.composite.index, bands)
        ordered = table.sort_values("score", ascending=False, ignore_index=True)
        own = self.edition.settings["score_anchors"] == self.edition.name
        places = bands.dropna(subset="last_place").set_index("minimum")["last_place"]
        return ordered.assign(place=ordered["score"].map(places) if own else float("nan"))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """All cities: `index, score, rank` of the engine, `published` place, `reason` if any."""
        index = self.ranking.composite.index
        table = pd.DataFrame(
            {"index": index, "score": piecewise_score(index, self.anchors), "rank": rank(index)}
        ).reindex(self.cities.index)
        listed = self.edition.published_list
        places = (
            self.edition.reference_table(listed.removesuffix(".csv")).set_index("adcode")["rank"]
            if listed
            else pd.Series(dtype=float)
        )
        reasons = self.speaker.shortfalls(self.ranking.shortfalls)
        return table.assign(
            published=table.index.map(places), reason=table.index.map(reasons).fillna("")
        )


def model_of(edition: Edition, language: str = "en") -> Model:
    """The model of an edition, from its raw files.

    Raises
    ------
    InputRefusedError
        If the method cannot be carried out, or the workbook has no formula for a part of it.
    """
    edition.labels(language)  # a language that there is not is refused before any work
    validate_method(edition)
    ranked = of_record.ranked_edition(edition)
    refuse_unknown(ranked.ranking.composite)
    return Model(ranked.edition, ranked.cells, ranked.ranking, language)
