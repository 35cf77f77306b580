"""How the hundred spread: regions by stage, shares of provinces, domains of the hundred."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.chapters.regions import stage_counts
from analysis.figures import sheet, style


def region_stages(published: pd.DataFrame, regions: list[str], labels: pd.Series) -> Figure:
    """Published cities of each region as a bar of stages, with their numbers.

    `published` holds `region, tier`, best first.
    """
    counts = stage_counts(published, regions)
    tiers = list(counts)
    with sheet.sheet(sheet.FULL, 1.1 + 0.8 * len(counts)) as (_, axes):
        axes.set_position((0.12, 0, 0.87, 1))
        start = pd.Series(0, index=counts.index)
        for tier in tiers:
            colour = style.TIER_COLOURS[tier]
            axes.barh(
                range(len(counts)),
                counts[tier],
                0.7,
                left=start,
                color=colour,
                edgecolor=style.PAPER,
                linewidth=1,
            )
            for row, (left, number) in enumerate(zip(start, counts[tier], strict=True)):
                if number:
                    axes.text(
                        left + number / 2,
                        row,
                        f"{number}",
                        ha="center",
                        va="center",
                        color=style.ink_on(colour),
                        fontsize=8,
                    )
            start = start + counts[tier]
        for row, total in enumerate(start):
            axes.text(total + 0.01 * start.max(), row, f"{total}", va="center", fontsize=9)
        last = start.max()
        for place, tier in enumerate(tiers):
            x = last * 0.36 * place
            axes.barh(-0.95, last * 0.02, 0.3, left=x, color=style.TIER_COLOURS[tier])
            axes.text(x + last * 0.03, -0.95, labels[tier], va="center", fontsize=8)
        axes.set(xlim=(0, last * 1.07), ylim=(len(counts) - 0.5, -1.4))
        axes.set_yticks(range(len(counts)), [labels[region] for region in counts.index])
        axes.tick_params(length=0)
        axes.xaxis.set_visible(False)
        axes.spines[:].set_visible(False)
    return axes.figure


def province_shares(provinces: pd.DataFrame, labels: pd.Series) -> Figure:
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
    with sheet.sheet(sheet.FULL, 2.6 + 0.37 * len(table)) as (figure, axes):
        foot = 1.6 / (2.6 + 0.37 * len(table))
        axes.set_position((0.2, foot, 0.76, 1 - 1.5 * foot))
        axes.grid(axis="x")
        axes.hlines(rows, table["published"], table["open"], style.MUTED, linewidth=0.9)
        ring, dot = style.EVIDENCE_COLOURS["published"], style.EVIDENCE_COLOURS["open"]
        axes.scatter(
            table["published"],
            rows,
            s=40,
            facecolor=style.PAPER,
            edgecolor=ring,
            linewidth=1.5,
            zorder=3,
        )
        axes.scatter(table["open"], rows, s=14, color=dot, linewidth=0, zorder=4)
        names = [
            f"{labels[p]}  {n:.0f}" for p, n in zip(table["province"], table["cities"], strict=True)
        ]
        axes.set_yticks(rows, names, fontsize=7.5)
        axes.set(xlim=(-2, 102), ylim=(len(table) - 0.4, -0.6), xticks=range(0, 101, 25))
        axes.xaxis.set_major_formatter("{x:.0f} %")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel(labels["share_in_hundred"])
        figure.text(
            0.01, 0.1 * foot, labels["provinces_covered"], fontsize=sheet.SMALL, color=style.MUTED
        )
        key = figure.add_axes((0.2, 1 - 0.45 * foot, 0.76, 0.4 * foot))
        key.set(xlim=(0, 10), ylim=(0, 1))
        key.set_axis_off()
        if table["published"].notna().any():
            key.scatter(3.5, 0.5, s=40, facecolor="none", edgecolor=ring, linewidth=1.5)
            key.text(3.7, 0.5, labels["published_cities"], va="center", fontsize=8)
        key.scatter(0.2, 0.5, s=14, color=dot, linewidth=0)
        key.text(0.4, 0.5, labels["open_cities"], va="center", fontsize=8)
    return figure


def domain_means(domains: pd.DataFrame, codes: list[str], labels: pd.Series) -> Figure:
    """Mean of every domain over the open hundred as a bar; a domain without evidence has none.

    `domains` is the results table, `codes` all domains of the framework.
    """
    means = domains[domains["group"] == "open"].set_index("domain")["mean"].reindex(codes)
    means = means.sort_values(ascending=False, kind="stable")
    with sheet.sheet(sheet.FULL, 0.6 + 0.62 * len(means)) as (_, axes):
        axes.set_position((0.27, 0.02, 0.7, 0.96))
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
        axes.set_yticks(rows, [labels[code] for code in means.index])
        axes.tick_params(length=0)
        axes.xaxis.set_visible(False)
        axes.spines[["bottom"]].set_visible(False)
    return axes.figure
