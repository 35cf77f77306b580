"""The sheets of the outcome: index, score, rank and stage; the ranking in order; the check."""

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from analysis.index.ranking import TIE_TOLERANCE
from analysis.publish.workbook.book import (
    FIRST,
    NAME,
    SCORES,
    START,
    UNIT,
    Book,
    write_formula,
)
from analysis.publish.workbook.sources import ANCHOR_ROW, METHOD, TIER_ROW, tiers
from analysis.publish.workbook.steps import node_formula

RANKING, CHECK = "ranking", "check"
COLUMNS = ("index", "score", "rank", "stage", "order", "engine_score", "engine_rank",
           "published_place", "reason", "sorted", "sorted_place")  # fmt: skip
HIDDEN = ("order", "sorted", "sorted_place")
PLACE = {name: START + number for number, name in enumerate(COLUMNS)}


def write_scores(book: Book) -> None:
    """Index, score, rank and stage by formula, beside those of the engine."""
    model = book.model
    note = model.say("note_scores", published=model.edition.published_list)
    sheet = book.step(SCORES, note, COLUMNS)
    stages = stage_names(book)
    for row, (adcode, city) in enumerate(model.scores.iterrows(), FIRST):
        ranked = not pd.isna(city["rank"])
        values = (city["index"], city["score"], city["rank"], stages.get(str(adcode), ""))
        shown = values if ranked else ("", "", "", "")
        looks = ("value", "value", "whole", "text")
        formulas = (
            node_formula(book, model.framework["code"].iloc[0], "index", row),
            score_formula(book, row),
            rank_formula(book, row),
            stage_formula(book, row),
        )
        for column, parts in enumerate(zip(formulas, looks, shown, strict=True), START):
            formula, look, value = parts
            write_formula(sheet, (row, column), formula, book.formats[look], value)
        place = book.near(SCORES, row, PLACE["rank"])
        order = city["rank"] + (row + 1) / 1e6 if ranked else ""
        sheet.write_formula(
            row, PLACE["order"], f'=IF({place}="","",{place}+ROW()/1000000)', None, order
        )
        write_known(book, sheet, row, city)
    write_places(book, sheet)
    for name in HIDDEN if model.edition.published_list else (*HIDDEN, "published_place"):
        sheet.set_column(PLACE[name], PLACE[name], None, None, {"hidden": True})
    sheet.set_column(PLACE["stage"], PLACE["stage"], 24)
    sheet.set_column(PLACE["reason"], PLACE["reason"], 60)
    sheet.autofilter(UNIT, 0, book.last, PLACE["reason"])


def write_known(book: Book, sheet: Worksheet, row: int, city: pd.Series) -> None:
    """What is not computed here: score and rank of the engine, published place, reason."""
    known = {"engine_score": "score", "engine_rank": "rank", "published_place": "published"}
    for column, name in known.items():
        if not pd.isna(city[name]):
            sheet.write_number(row, PLACE[column], city[name], book.formats["quiet"])
    sheet.write_string(row, PLACE["reason"], city["reason"], book.formats["quiet"])


def stage_names(book: Book) -> dict[str, str]:
    """Stage of every ranked city by the engine's score."""
    from analysis.ranking.bands import score_tier

    bands = tiers(book)
    scores = book.model.scores["score"].dropna()
    return score_tier(scores, bands).map(book.model.names).to_dict()


def score_formula(book: Book, row: int) -> str:
    """The index through the anchors, linearly between them and beyond the outer ones."""
    x, count = book.near(SCORES, row, PLACE["index"]), len(book.model.anchors)

    def line(high: int) -> str:
        (top, end), (low, start) = (
            (book.cell(METHOD, ANCHOR_ROW + at, 0), book.cell(METHOD, ANCHOR_ROW + at, 1))
            for at in (high, high + 1)
        )
        return f"{low}+({x}-{start})*({top}-{low})/({end}-{start})"

    mapped = line(count - 2)
    for high in range(count - 3, -1, -1):
        mapped = f"IF({x}>={book.cell(METHOD, ANCHOR_ROW + high + 1, 1)},{line(high)},{mapped})"
    return f'=IF({x}="","",{mapped})'


def rank_formula(book: Book, row: int) -> str:
    """Descending rank of the index; ties share the better place."""
    x, ranked = (
        book.near(SCORES, row, PLACE["index"]),
        book.down(SCORES, PLACE["index"], FIRST, book.last),
    )
    places = book.down(SCORES, PLACE["sorted_place"], FIRST, book.last)
    return f'=IF({x}="","",INDEX({places},RANK({x},{ranked},0)))'


def write_places(book: Book, sheet: Worksheet) -> None:
    """The indices in falling order and the place of each, hidden: what ties is as near as there."""
    ranked = book.down(SCORES, PLACE["index"], FIRST, book.last)
    ordered = book.model.scores.sort_values("index", ascending=False)
    for number, city in enumerate(ordered.to_dict("records"), 1):
        row, known = FIRST + number - 1, not pd.isna(city["rank"])
        here, above = (book.near(SCORES, at, PLACE["sorted"]) for at in (row, row - 1))
        place = str(number)
        if number > 1:
            tied = f"{above}-{here}<={repr(TIE_TOLERANCE).upper()}"
            place = f"IF({tied},{book.near(SCORES, row - 1, PLACE['sorted_place'])},{number})"
        formulas = {
            "sorted": (f'=IF({number}>COUNT({ranked}),"",LARGE({ranked},{number}))', "index"),
            "sorted_place": (f'=IF({here}="","",{place})', "rank"),
        }
        for column, (formula, shown) in formulas.items():
            sheet.write_formula(row, PLACE[column], formula, None, city[shown] if known else "")


def stage_formula(book: Book, row: int) -> str:
    """The highest stage whose lowest score is reached."""
    x, bands = book.near(SCORES, row, PLACE["score"]), tiers(book)
    stage = book.cell(METHOD, TIER_ROW + len(bands) - 1, 0)
    for at in range(len(bands) - 2, -1, -1):
        limit = book.cell(METHOD, TIER_ROW + at, 1)
        stage = f"IF({x}>={limit},{book.cell(METHOD, TIER_ROW + at, 0)},{stage})"
    return f'=IF({x}="","",{stage})'


def write_ranking(book: Book) -> None:
    """The ranking in order, which follows every change."""
    heads = ("rank", "adcode", "city", "province", "score", "stage", "published_place")
    sheet = book.sheet(RANKING, book.model.say("note_ranking"))
    book.heads(sheet, UNIT, heads)
    ordered = book.model.scores.dropna(subset="rank").sort_values("rank", kind="stable")
    stages, keys = stage_names(book), book.down(SCORES, PLACE["order"], FIRST, book.last)
    for number in range(len(book.model.cities)):
        row, known = FIRST + number, number < len(ordered)
        place = f"MATCH(SMALL({keys},{number + 1}),{keys},0)"
        adcode = ordered.index[number] if known else ""
        shown = city_row(book, str(adcode), stages) if known else [""] * len(heads)
        columns = (PLACE["rank"], 0, 1, None, PLACE["score"], PLACE["stage"],
                   PLACE["published_place"])  # fmt: skip
        for column, source in enumerate(columns):
            if source is None:
                continue
            cells = book.down(SCORES, source, FIRST, book.last)
            found = f"INDEX({cells},{place})"
            if heads[column] == "published_place":
                found = f'IF({found}="","",{found})'
            formula = f'=IF({number + 1}>COUNT({keys}),"",{found})'
            look = "value" if heads[column] == "score" else "text"
            sheet.write_formula(row, column, formula, book.formats[look], shown[column])
    sheet.set_column(0, 1, 9)
    sheet.set_column(2, 2, 22)
    sheet.set_column(3, 3, None, None, {"hidden": True})
    sheet.set_column(5, 6, 24)
    if not book.model.edition.published_list:
        sheet.set_column(6, 6, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST, 3)


def city_row(book: Book, adcode: str, stages: dict[str, str]) -> list:
    """The present row of a city in the ranking."""
    city, name = book.model.scores.loc[adcode], book.model.speaker.towns[adcode]
    published = "" if pd.isna(city["published"]) else city["published"]
    return [city["rank"], adcode, name, "", city["score"], stages[adcode], published]


def write_check(book: Book) -> None:
    """How far the formulas are from the engine: nothing, until something is changed."""
    sheet = book.sheet(CHECK, book.model.say("note_check"))
    score, rank, engine, known = (
        book.down(SCORES, PLACE[name], FIRST, book.last)
        for name in ("score", "rank", "engine_score", "engine_rank")
    )
    both = f"ISNUMBER({score})*ISNUMBER({engine})"
    ranked = int(book.model.scores["rank"].notna().sum())
    rows = (
        ("cities_by_formulas", f"=COUNT({rank})", ranked),
        ("cities_by_engine", f"=COUNT({known})", ranked),
        ("largest_difference", f"{{=MAX(IF({both}=1,ABS({score}-{engine}),0))}}", 0),
        ("ranks_that_differ", f"=SUMPRODUCT(--({rank}<>{known}),{both})", 0),
    )  # fmt: skip
    for row, (key, formula, value) in enumerate(rows, NAME):
        sheet.write_string(row, 0, book.word(key))
        write_formula(sheet, (row, 1), formula, None, value)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 14)
