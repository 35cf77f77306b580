"""Small figures of one finding each: where published places lie, chances, verdicts, moves."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.chapters.robustness import NEARLY_ALL
from analysis.figures import sheet, style
from analysis.figures.keys import lone_mark
from analysis.figures.labelling import spread_out
from analysis.figures.tables import as_text
from analysis.language.facts import Speaker

LIMITS = (10, 50, 100)
SIDES = ("better", "inside", "worse")
# Letters of a list of names that fit into a line of half the text column, and its height.
LETTERS, ROW = 58, 0.36
# How a city is shown that moved between two editions: clearly up, clearly down, or not clearly.
MOVES: dict[str, dict[str, Any]] = {
    "move_unclear": {"marker": "o", "color": style.NEUTRAL, "s": 9, "linewidth": 0},
    "moved_up": {"marker": "^", "color": style.ACCENT, "s": 36, "linewidth": 0},
    "moved_down": {"marker": "v", "color": style.ACCENT, "s": 36, "linewidth": 0},
}


def inside_outside(
    places: pd.DataFrame, labels: pd.Series, speaker: Speaker, *, narrow: bool = False
) -> Figure:
    """One bar of the published places by side of the open interval, the cities outside below.

    `places` holds `adcode, rank, placed`, in the order of the list.
    """
    groups = {side: places.loc[places["placed"] == side, "adcode"] for side in SIDES}
    said = {
        side: style.lines(
            [speaker.numbers.row(speaker.towns[code] for code in groups[side])], LETTERS
        )[0]
        for side in ("better", "worse")
    }
    rows = {side: said.get(side, "").count("\n") + 1 for side in SIDES}
    width = sheet.width(narrow)
    height = 0.9 + (2.2 + ROW * sum(rows.values()) if narrow else 0.85 + ROW * max(rows.values()))
    bar = 0.3 if narrow else 0.95
    with sheet.sheet(width, height) as (_, axes):
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        start = 0.0
        for side in SIDES:
            share = width * len(groups[side]) / len(places)
            colour = style.NEUTRAL if side == "inside" else style.EVIDENCE_COLOURS["published"]
            axes.barh(bar, share, 0.55, left=start, color=colour, edgecolor=style.PAPER)
            start += share
        line = 1.0
        for x, side, align in zip(
            (0, width / 2, width), SIDES, ("left", "center", "right"), strict=True
        ):
            heading = f"{len(groups[side])} {labels[f'placed_{side}']}"
            at = (0, line, "left") if narrow else (x, 0.35, align)
            write_side(axes, at, heading, said.get(side, ""), 0.35 if narrow else 1.15)
            line += 0.75 + (ROW * rows[side] if side in said else 0)
    return axes.figure


def write_side(
    axes: Axes, at: tuple[float, float, str], heading: str, names: str, below: float
) -> None:
    """How many places lie on a side, and so far below it their cities."""
    x, y, align = at
    how: dict[str, Any] = {"ha": align, "multialignment": align}
    axes.text(x, y, heading, va="center", fontsize=8.5, **how)
    axes.text(x, y + below, names, va="top", fontsize=sheet.SMALL, linespacing=1.35, **how)


def chance_lines(
    uncertainty: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
    *,
    narrow: bool = False,
) -> Figure:
    """Chance to be among the first 10, 50 and 100 by open place, a dot a city and a smooth line.

    A limit that takes in every city has none. The line is the median of nine neighbours. For the
    largest limit it is written how many are nearly sure of it, and for how many it stays open.
    `uncertainty` holds `rank` and `p_top10, p_top50, p_top100`.
    """
    table = uncertainty.sort_values("rank")
    last = int(min(table["rank"].max(), 2 * LIMITS[-1]))
    shown = table[table["rank"] <= last]
    with sheet.sheet(sheet.width(narrow), 7.2) as (_, axes):
        left = 0.15 if narrow else 0.075
        axes.set_position((left, 0.15, 0.97 - left, 0.68 if narrow else 0.76))
        style.rule_grid(axes, "y")
        for line, (limit, colour) in enumerate(zip(LIMITS, style.OPEN_RAMP, strict=True)):
            if limit >= last:
                break
            chance = 100 * shown[f"p_top{limit}"]
            smooth = (100 * table[f"p_top{limit}"]).rolling(9, center=True, min_periods=1).median()
            axes.scatter(shown["rank"], chance, s=6, color=colour, alpha=0.5, linewidth=0)
            axes.plot(shown["rank"], smooth[: len(shown)], color=colour, linewidth=1.8)
            top = 104 + 7 * (len(LIMITS) - 1 - line if narrow else 0)
            axes.plot(
                [limit] * 2, [-2, top], color=colour, linewidth=0.8, linestyle=(0, (2, 2)),
                clip_on=False,
            )  # fmt: skip
            axes.text(
                limit, top + 3, labels[f"first_{limit}"], fontsize=8, va="center",
                ha="left" if limit < 0.9 * last else "right", color=style.INK,
            )  # fmt: skip
        chances = table[f"p_top{LIMITS[-1]}"]
        sure = (chances >= NEARLY_ALL).sum()
        unsure = ((chances > 1 - NEARLY_ALL) & (chances < NEARLY_ALL)).sum()
        said = [
            say("sure_of_the_first", limit=LIMITS[-1], count=sure),
            say("open_whether", count=unsure),
        ]
        text = "\n".join(style.wrapped(line, 24) if narrow else line for line in said)
        axes.text(last, 97, text, ha="right", va="top", fontsize=8, linespacing=1.4)
        axes.set(xlim=(0, last + 1), ylim=(-2, 102), yticks=range(0, 101, 25))
        axes.set_xticks([1, *(tick for tick in (10, 50, 100, 150, 200) if tick <= last)])
        axes.yaxis.set_major_formatter(f"{{x:.0f}}{labels['percent_sign']}")
        axes.set_xlabel(labels["open_place"])
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    return axes.figure


def statements_bar(claims: pd.DataFrame, labels: pd.Series, *, narrow: bool = False) -> Figure:
    """One bar of the ledger by verdict, the number in it, the verdict with its sign below.

    `claims` holds `verdict`.
    """
    counts = claims["verdict"].value_counts().reindex(list(style.VERDICTS), fill_value=0)
    counts = counts[counts > 0]
    width, height = sheet.width(narrow), 1.0 + 0.45 * (len(counts) if narrow else 1)
    with sheet.sheet(width, height) as (_, axes):
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        widths = width * counts / counts.sum()
        starts = widths.cumsum() - widths
        words = {
            verdict: f"{style.VERDICTS[str(verdict)][1]} {labels[f'verdict_{verdict}']}"
            for verdict in counts.index
        }
        lengths = [0.3 + 0.155 * len(word) for word in words.values()]
        centres = spread_out(list(starts + widths / 2), lengths, 0, width)
        for line, (verdict, centre) in enumerate(zip(counts.index, centres, strict=True)):
            colour = style.VERDICTS[str(verdict)][2]
            bar = {"color": colour, "edgecolor": style.PAPER}
            axes.barh(0.45, widths[verdict], 0.8, left=starts[verdict], **bar)
            axes.text(
                starts[verdict] + widths[verdict] / 2, 0.45, f"{counts[verdict]}", ha="center",
                va="center", fontsize=10, color=style.ink_on(colour),
            )  # fmt: skip
            if narrow:
                y = 1.15 + 0.45 * line
                axes.barh(y, 0.3, 0.26, left=0, **bar)
                axes.text(0.45, y, words[verdict], va="center", fontsize=8)
            else:
                axes.text(centre, 1.2, words[verdict], ha="center", va="center", fontsize=8)
    return axes.figure


def what_moved(
    comparison: pd.DataFrame, labels: pd.Series, say: style.Say, *, narrow: bool = False
) -> Figure:
    """Places gained by every city, over its place now.

    Half of the cities lie on the band. A clear move is an arrowhead in its direction, any other a
    small dot. `comparison` holds `rank_after, move, move_low, move_high`.
    """
    apart = comparison["move"].abs().median()
    last = int(comparison["rank_after"].max())
    with style.canvas(style.width(narrow) * (1.0 if narrow else 0.58), style.width(narrow)) as (
        figure,
        axes,
    ):
        axes.axhspan(-apart, apart, color=style.PALE["open"], linewidth=0, zorder=0)
        axes.axhline(0, color=style.MUTED, linewidth=0.8, zorder=1)
        for mark, some in moves_by_kind(comparison).items():
            axes.scatter(some["rank_after"], some["move"], zorder=3, **MOVES[mark])
        axes.set(xlim=(-2, last + 3), xticks=[1, *range(50, last + 1, 50)])
        axes.set(xlabel=labels["open_place"], ylabel=labels["places_gained"])
        axes.yaxis.set_major_formatter(lambda value, _: as_text(float(value), "+.0f"))
        write_moves_key(figure, comparison, say("half_within", places=apart), labels, narrow)
    return figure


def moves_by_kind(comparison: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The cities whose move is not clear, those clearly up and those clearly down.

    The direction is that of the interval: coverage can make a city end up on the other side.
    """
    up, down = comparison["move_low"] > 0, comparison["move_high"] < 0
    groups = {"move_unclear": ~up & ~down, "moved_up": up, "moved_down": down}
    return {kind: comparison[some] for kind, some in groups.items()}


def write_moves_key(
    figure: Figure, comparison: pd.DataFrame, within: str, labels: pd.Series, narrow: bool
) -> None:
    """Above the marks: what they are, with their numbers, and what the band holds."""
    marks: list[Any] = [Patch(facecolor=style.PALE["open"])]
    said = [within]
    for kind, some in moves_by_kind(comparison).items():
        look = MOVES[kind]
        marks.append(lone_mark(look["marker"], look["color"], look["s"] ** 0.5))
        said.append(f"{labels[kind]} {len(some)}")
    figure.legend(
        marks, said, loc="outside upper left", ncols=1 if narrow else 4, borderpad=0,
        handletextpad=0.4, columnspacing=1.4,
    )  # fmt: skip
