"""How the hundred spread: regions by stage, shares of provinces, domains of the hundred."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.chapters.regions import stage_counts
from analysis.figures import sheet, style
from analysis.figures.keys import evidence_key, evidence_marks


def region_stages(
    published: pd.DataFrame, regions: list[str], labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Published cities of each region as a bar of stages, with their numbers.

    `published` holds `region, tier`, best first.
    """
    counts = stage_counts(published, regions)
    key = 1.2 if narrow else 0.7
    height = 0.1 + key + 0.8 * len(counts)
    with sheet.sheet(sheet.width(narrow), height) as (_, axes):
        left = 0.2 if narrow else 0.12
        axes.set_position((left, 0, 0.99 - left, 1 - key / height))
        start = pd.Series(0, index=counts.index)
        for tier in counts:
            draw_stage(axes, counts[tier], start, style.TIER_COLOURS[tier])
            start = start + counts[tier]
        for row, total in enumerate(start):
            axes.text(total + 0.01 * start.max(), row, f"{total}", va="center", fontsize=9)
        axes.set(xlim=(0, start.max() * 1.07), ylim=(len(counts) - 0.5, -0.5))
        axes.set_yticks(range(len(counts)), [labels[region] for region in counts.index])
        axes.tick_params(length=0)
        axes.xaxis.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.legend(
            [Patch(color=style.TIER_COLOURS[tier]) for tier in counts],
            [labels[tier] for tier in counts], loc="lower left", bbox_to_anchor=(0, 1),
            ncols=2 if narrow else len(counts.columns), borderpad=0, borderaxespad=0.2,
            handlelength=0.9, handletextpad=0.5, columnspacing=1.6,
        )  # fmt: skip
    return axes.figure


def draw_stage(axes: Axes, counts: pd.Series, start: pd.Series, colour: str) -> None:
    """The piece of one stage in every bar, with its number where there is any."""
    rows = range(len(counts))
    axes.barh(rows, counts, 0.7, left=start, color=colour, edgecolor=style.PAPER, linewidth=1)
    for row, (left, number) in enumerate(zip(start, counts, strict=True)):
        if number:
            axes.text(
                left + number / 2, row, f"{number}", ha="center", va="center",
                color=style.ink_on(colour), fontsize=8,
            )  # fmt: skip


def province_shares(provinces: pd.DataFrame, labels: pd.Series, *, narrow: bool = False) -> Figure:
    """Share of each province's cities that is in the hundred: published ring, open dot.

    `provinces` holds `province, cities, published_cities, open_cities`; those with no city in
    either hundred stand last. Without a list there are no rings.
    """
    table = provinces.assign(
        open=100 * provinces["open_cities"] / provinces["cities"],
        published=100 * provinces["published_cities"] / provinces["cities"],
    )
    table["first"] = table["published"].fillna(table["open"])
    table = table.sort_values(["first", "open", "cities"], ascending=False, kind="stable")
    rows = np.arange(len(table))
    foot, head = (2.0 if narrow else 1.5), 0.6
    height = foot + head + 0.37 * len(table)
    words = {"published": labels["published_cities"], "open": labels["open_cities"]}
    if table["published"].isna().all():
        del words["published"]
    with sheet.sheet(sheet.width(narrow), height) as (figure, axes):
        left = 0.36 if narrow else 0.2
        axes.set_position((left, foot / height, 0.96 - left, 1 - (foot + head) / height))
        axes.grid(axis="x")
        axes.hlines(rows, table["published"], table["open"], style.MUTED, linewidth=0.9)
        for evidence in words:
            evidence_marks(axes, table[evidence], rows, evidence)
        names = [
            f"{labels[p]}  {n:.0f}" for p, n in zip(table["province"], table["cities"], strict=True)
        ]
        axes.set_yticks(rows, names, fontsize=7.5)
        axes.set(xlim=(-2, 102), ylim=(len(table) - 0.4, -0.6), xticks=range(0, 101, 25))
        axes.xaxis.set_major_formatter(f"{{x:.0f}}{labels['percent_sign']}")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel(labels["share_in_hundred"], **({"x": 1, "ha": "right"} if narrow else {}))
        covered = (
            style.wrapped(labels["provinces_covered"], 52)
            if narrow
            else labels["provinces_covered"]
        )
        figure.text(0.01, 0.1 / height, covered, fontsize=sheet.SMALL, color=style.MUTED)
        evidence_key(
            axes, words, loc="lower left", bbox_to_anchor=(-0.4 if narrow else 0, 1), ncols=2,
            borderpad=0, borderaxespad=0.2,
        )  # fmt: skip
    return figure


def domain_means(
    domains: pd.DataFrame, codes: list[str], labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Mean of every domain over the open hundred as a bar; a domain without evidence has none.

    `domains` is the results table, `codes` all domains of the framework.
    """
    means = domains[domains["group"] == "open"].set_index("domain")["mean"].reindex(codes)
    means = means.sort_values(ascending=False, kind="stable")
    with sheet.sheet(sheet.width(narrow), 0.6 + 0.62 * len(means)) as (_, axes):
        left = 0.45 if narrow else 0.27
        axes.set_position((left, 0.02, 0.97 - left, 0.96))
        rows = range(len(means))
        axes.barh(rows, means, 0.62, color=style.ACCENT)
        for row, mean in enumerate(means):
            known = pd.notna(mean)
            axes.text(
                (mean if known else 0) + 1,
                row,
                f"{mean:.0f}" if known else labels["no_evidence"],
                va="center",
                fontsize=8.5,
                color=style.INK if known else style.MUTED,
            )
        axes.set(xlim=(0, 104), ylim=(len(means) - 0.5, -0.5))
        axes.set_yticks(rows, style.short_lines([labels[code] for code in means.index], narrow))
        axes.tick_params(length=0)
        axes.xaxis.set_visible(False)
        axes.spines[["bottom"]].set_visible(False)
    return axes.figure
