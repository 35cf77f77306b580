"""Writing the explorer: the ranked cities as inert data, and the script and style that show them.

It is one file, `_build/explorer.html`, that both renderers put behind the body as it is. The script
stands it before the static table of all cities, which stays, and is all there is without a script.
"""

import json
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.editions.validation.input_faults import validate_method
from analysis.index.composite import CompositeIndex
from analysis.index.decomposition import share_present
from analysis.index.framework import root, sibling_weights
from analysis.index.ranking import TIE_TOLERANCE
from analysis.language.names import city_names, words
from analysis.language.sentences import PAGES, Sentences
from analysis.publish.documents import document_in
from analysis.publish.report.source import read_report
from analysis.ranking import cleaning, of_record

SNIPPET = Path("_build", "explorer.html")
FOLDER = Path(__file__).parent
SCRIPTS = ("ranking.js", "state.js", "view.js")
# Sentences of the explorer, each with the values that the script writes into it.
SENTENCES: dict[str, tuple[str, ...]] = {
    "intro": (), "weights_note": (), "as_recorded": (), "no_interval": (), "shown": ("shown", "of"),
    "reweighed": ("moved",), "up": ("cities",), "down": ("cities",),
}  # fmt: skip
# Digits of the values: enough for the ranks of the engine under any weights.
DIGITS = 13
# The end of the sliders, unless a weight of record lies beyond it.
LARGEST_WEIGHT = 5


def write_explorer(edition: Edition, language: str = "en") -> Path:
    """Write the explorer of an edition; returns its place."""
    target = edition.root / SNIPPET
    written = explorer_html(explorer_data(edition, language))
    if not target.is_file() or target.read_text("utf8") != written:
        write_whole(target, written)
    return target


def explorer_html(data: dict[str, Any]) -> str:
    """Style, data and script; nothing in the data can end its element or run."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    inert = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    style = (FOLDER / "explorer.css").read_text("utf8")
    script = "\n".join((FOLDER / name).read_text("utf8") for name in SCRIPTS)
    return (
        f"<style>\n{style}</style>\n"
        f'<script type="application/json" id="explorer-data">{inert}</script>\n'
        f'<script type="module">\n{script}</script>\n'
    )


def explorer_data(edition: Edition, language: str = "en") -> dict[str, Any]:
    """Words, the two levels whose weights may be changed, and the ranked cities, best first.

    Weights and means are those of the index itself.

    Raises
    ------
    InputRefusedError
        Before any work, if the method of the edition cannot be carried out.
    """
    validate_method(edition)
    labels = words(edition, language)
    version = read_report(edition.root, document_in(edition, language)).front.get("version", "")
    composite = of_record.ranked_cities(edition, cleaning.clean(edition)).composite
    domains = domain_records(composite, labels)
    parts = [part["code"] for domain in domains for part in domain["parts"]]
    values, present = composite.nodes[parts], present_shares(composite, parts)
    weights = [node["weight"] for domain in domains for node in (domain, *domain["parts"])]
    return {
        "file": f"digital-cities-{edition.name}-{version}.csv",
        "language": str(labels["html_language"]),
        "words": explorer_words(labels) | explorer_sentences(edition, language),
        "mean": composite.means[root(composite.framework)],
        "tolerance": TIE_TOLERANCE,
        "largest_weight": max(LARGEST_WEIGHT, *map(ceil, weights)),
        "domains": domains,
        "cities": [
            record | present.get(record["id"], {})
            for record in city_records(edition, edition.result("scores"), values, labels, language)
        ],
    }


def explorer_words(labels: pd.Series) -> dict[str, str]:
    """Names of columns and controls."""
    return {
        key.removeprefix("explorer_"): word
        for key, word in labels.items()
        if str(key).startswith("explorer_")
    }


def explorer_sentences(edition: Edition, language: str) -> dict[str, str]:
    """What the explorer says; values that only the script knows stand as names in braces."""
    said = Sentences(PAGES, language, edition.root)
    return {
        name: said.say(f"explorer_{name}", **{value: f"{{{value}}}" for value in values})
        for name, values in SENTENCES.items()
    }


def domain_records(composite: CompositeIndex, labels: pd.Series) -> list[dict[str, Any]]:
    """Every domain with figures: its node, mean and short name, and its sub-domains as nodes."""
    tree, means = composite.framework, composite.means
    return [
        node
        | {
            "mean": means[node["code"]],
            "short": str(labels[f"{node['code']}_short"]),
            "parts": node_records(tree, node["code"], labels),
        }
        for node in node_records(tree, root(tree), labels)
    ]


def node_records(tree: pd.DataFrame, above: str, labels: pd.Series) -> list[dict[str, Any]]:
    """Code, name and weight of the nodes below another; the weights have the mean 1."""
    shares = sibling_weights(tree)[above]
    return [
        {"code": code, "name": str(labels[code]), "weight": share / shares.mean()}
        for code, share in shares.items()
    ]


def present_shares(composite: CompositeIndex, parts: list[str]) -> dict[str, dict[str, Any]]:
    """What share of each part a city has, by adcode, where its gaps leave their weight to all.

    Cities that have everything are left out.
    """
    if composite.method.renormalisation != "once":
        return {}
    shares = share_present(composite.normalised, composite.framework, "once")[parts]
    lacking = shares[(shares < 1).any(axis=1)]
    return {
        str(city): {"has": [number(share) for share in row]} for city, row in lacking.iterrows()
    }


def city_records(
    edition: Edition, scores: pd.DataFrame, values: pd.DataFrame, labels: pd.Series, language: str
) -> list[dict[str, Any]]:
    """The ranked cities: names, place, score, interval, published place, sub-domain values."""
    cities = edition.reference_table("cities").set_index("adcode")
    shown = city_names(cities.reset_index(), language)
    intervals = optional(edition, "uncertainty")
    published = optional(edition, "published")
    records = []
    for row in scores.to_dict("records"):
        adcode, city = row["adcode"], cities.loc[row["adcode"]]
        between = intervals.get(adcode)
        records.append(
            {
                "id": adcode,
                "name": str(shown[adcode]),
                "search": f"{city['name_zh_hans']} {city['name_zh_hant']} {city['name_en']}",
                "province": str(labels.get(row["province"], row["province"])),
                "region": str(labels[row["region"]]),
                "tier": str(labels[row["tier"]]),
                "rank": row["rank"],
                "score": round(row["score"], 1),
                "low": between["rank_low"] if between else None,
                "high": between["rank_high"] if between else None,
                "published": published[adcode]["rank"] if adcode in published else None,
                "values": [number(value) for value in values.loc[adcode]],
            }
        )
    return records


def optional(edition: Edition, name: str) -> dict[str, dict[str, Any]]:
    """Rows of a results table by adcode; none if the edition does not have it."""
    if not edition.has_result(name):
        return {}
    return edition.result(name).set_index("adcode").to_dict("index")


def number(value: float) -> float | None:
    """A value in as many digits as are sent; None for a gap."""
    return None if pd.isna(value) else float(f"{value:.{DIGITS}g}")
