"""A made-up download in the format CORDIS publishes Horizon 2020 in: same columns, same quirks, one seed.

Semicolons, every cell of text quoted, objectives with line breaks and doubled quotes, decimal commas, UK and EL.
"""

from __future__ import annotations

import csv
import json
import random
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    "regional",
    "network",
    "hydrogen",
    "steel",
    "logistics",
    "health",
    "data",
    "energy",
    "storage",
    "chain",
    "circular",
    "learning",
    "sensor",
    "water",
    "urban",
    "model",
    "cell",
    "policy",
    "climate",
    "material",
    "robot",
    "photonic",
    "quantum",
    "protein",
    "vaccine",
    "wind",
    "turbine",
    "membrane",
    "catalyst",
]
KINDS = ("PRC", "HES", "REC", "PUB", "OTH")
COUNTRIES = ("DE", "FR", "IT", "ES", "UK", "NL", "EL", "BE", "PL", "SE")
PROJECT = [
    "id",
    "acronym",
    "status",
    "title",
    "startDate",
    "endDate",
    "totalCost",
    "ecMaxContribution",
    "legalBasis",
    "topics",
    "ecSignatureDate",
    "frameworkProgramme",
    "masterCall",
    "subCall",
    "fundingScheme",
    "nature",
    "objective",
    "contentUpdateDate",
    "rcn",
    "grantDoi",
]
ORGANIZATION = [
    "projectID",
    "projectAcronym",
    "organisationID",
    "vatNumber",
    "name",
    "shortName",
    "SME",
    "activityType",
    "street",
    "postCode",
    "city",
    "country",
    "nutsCode",
    "geolocation",
    "organizationURL",
    "contactForm",
    "contentUpdateDate",
    "rcn",
    "order",
    "role",
    "ecContribution",
    "netEcContribution",
    "totalCost",
    "endOfParticipation",
    "active",
]
SUBJECT = ["projectID", "euroSciVocCode", "euroSciVocPath", "euroSciVocTitle", "euroSciVocDescription"]
TOPIC = ["projectID", "topic", "title", "rcn"]


@dataclass(frozen=True)
class Size:
    """How much there is; the default is all of Horizon 2020."""

    projects: int = 35_000
    organisations: int = 35_000
    participations: int = 180_000
    subjects: int = 120_000


def make(folder: Path, size: Size = Size(), seed: int = 7) -> dict[str, Path]:
    """The files of a download as CSV, and archives with all of them as CSV and as JSON."""
    chance = random.Random(seed)
    tables = {
        "project": (PROJECT, [_project(chance, place) for place in range(size.projects)]),
        "organization": (ORGANIZATION, list(_parts(chance, size))),
        "euroSciVoc": (SUBJECT, [_subject(chance, size) for _ in range(size.subjects)]),
        "topics": (TOPIC, [[_id(place), f"SC5-{place % 97}-2014", "A topic", place] for place in range(size.projects)]),
    }
    made = {}
    for name, (header, rows) in tables.items():
        made[name] = folder / f"{name}.csv"
        with made[name].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    made["csv"], made["json"] = folder / "cordis-h2020projects-csv.zip", folder / "cordis-h2020projects-json.zip"
    with zipfile.ZipFile(made["csv"], "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in tables:
            archive.write(made[name], f"csv/{name}.csv")
    with zipfile.ZipFile(made["json"], "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, (header, rows) in tables.items():
            records = [dict(zip(header, row, strict=True)) for row in rows]
            archive.writestr(f"json/{name}.json", json.dumps(records, ensure_ascii=False))
    return made


def _id(place: int) -> int:
    return 633_000 + place


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def _money(chance: random.Random, most: float) -> str:
    return f"{chance.random() * most:.2f}".replace(".", ",").removesuffix(",00")


def _project(chance: random.Random, place: int) -> list[object]:
    objective = f'{_text(chance, 90)}\nThe “{_text(chance, 2)}” of "{_text(chance, 2)}"; {_text(chance, 90)}'
    year, month = chance.randint(2014, 2020), chance.randint(1, 12)
    return [
        _id(place), f"ACRO{place}", "CLOSED", _text(chance, 9).capitalize(), f"{year}-{month:02}-01",
        f"{year + 3}-{month:02}-28", _money(chance, 5e6), _money(chance, 4e6), "H2020-EU.3.5.",
        f"SC5-{place % 97}-2014", f"{year}-01-01", "H2020", f"H2020-SC5-{year}", f"H2020-SC5-{year}-two", "RIA", "",
        objective,
        "2022-08-15 14:35:26", 190_000 + place, f"10.3030/{_id(place)}",
    ]  # fmt: skip


def _parts(chance: random.Random, size: Size) -> list[list[object]]:
    organisations = [_organisation(chance, place) for place in range(size.organisations)]
    rows = []
    for place in range(size.participations):
        project = place % size.projects
        # few take part often, most once or twice
        who = place if place < size.organisations else int(size.organisations * chance.random() ** 3)
        money = _money(chance, 8e5)
        role = "coordinator" if place < size.projects else "participant"
        rows.append([
            _id(project), f"ACRO{project}", *organisations[who], "", "2022-08-15 14:35:26", place, 1 + place % 9, role,
            money, money, money, "false", "",
        ])  # fmt: skip
    return rows


def _organisation(chance: random.Random, place: int) -> list[object]:
    kind, country = chance.choice(KINDS), chance.choice(COUNTRIES)
    lat, lon = 36 + 24 * chance.random(), -9 + 33 * chance.random()
    name = f"{_text(chance, 3).upper()} {place} {'GMBH' if kind == 'PRC' else 'INSTITUTE'}"
    return [
        900_000_000 + place, f"{country}{place:09}", name, f"ORG{place}", "true" if kind == "PRC" else "false", kind,
        f"{_text(chance, 2)} {place % 99}", f"{place % 100_000:05}", _text(chance, 1).upper(), country, f"{country}A13",
        f"{lat:.7f},{lon:.7f}", f"http://www.org{place}.example",
    ]  # fmt: skip


def _subject(chance: random.Random, size: Size) -> list[object]:
    code = chance.choice(WORDS)
    number = WORDS.index(code)
    return [_id(chance.randrange(size.projects)), f"/2{number % 9}/{number}", f"/natural sciences/{code}", code, ""]
