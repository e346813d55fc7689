import pytest

from ecosystem.matching.sectors import EVIDENCE, RULES, rules, sector
from ecosystem.sources.record import Origin, RawActor


def of(name, country="DE", kinds=()):
    found = sector(RawActor("1", name, Origin("a.csv"), country=country, kinds=kinds))
    return found.value, found.basis, found.evidence


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Rat der Stadt Musterstadt", "DE", "politics"),
        ("Stadt Musterstadt", "DE", "administration"),
        ("Kreis Musterland", "DE", "administration"),
        ("Industrie- und Handelskammer zu Musterstadt", "DE", "administration"),
        ("Wirtschaftsförderung Musterstadt GmbH", "DE", "administration"),
        ("Universitätsklinikum Musterstadt", "DE", "science"),
        ("Hochschule Musterland", "DE", "science"),
        ("Stadtwerke Musterstadt GmbH", "DE", "industry"),
        ("Technologiezentrum Musterstadt", "DE", "industry"),
        ("Muster Maschinenbau GmbH", "DE", "industry"),
        ("Musterfreunde e.V.", "DE", "civil_society"),
        ("Muster-Stiftung", "DE", "civil_society"),
        ("Bundesministerium für Beispiele", "DE", "politics"),
        ("Marktgemeinde Muster", "AT", "administration"),
        ("FH Muster GmbH", "AT", "science"),
        ("Urząd Miasta Przykład", "PL", "administration"),
        ("Politechnika Przykładowa", "PL", "science"),
        ("Przykład sp. z o.o.", "PL", "industry"),
        ("Fundacja Przykład", "PL", "civil_society"),
        ("Ville de Exempleville", "FR", "administration"),
        ("Université d'Exemple", "FR", "science"),
        ("Exemple SAS", "FR", "industry"),
        ("Exemple Ltd", "UK", "industry"),
        ("University of Example", "UK", "science"),
    ],
)
def test_names_and_forms(name, country, expected):
    assert of(name, country)[0] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (("cordis", "PRC"), ("industry", "code", "table")),
        (("cordis", "HES"), ("science", "code", "table")),
        (("cordis", "REC"), ("science", "code", "table")),
        (("cordis", "PUB"), ("administration", "code", "table")),
        (("cordis", "OTH"), ("", "", "")),
        (("ror", "education"), ("science", "code", "table")),
        (("ror", "nonprofit"), ("civil_society", "code", "table")),
        (("ror", "other"), ("", "", "")),
    ],
)
def test_codes_of_sources(code, expected):
    assert of("Xyzzy", kinds=(code,)) == expected


def test_a_ministry_is_politics_though_cordis_calls_it_public():
    assert of("Bundesministerium für Beispiele", kinds=(("cordis", "PUB"),)) == ("politics", "name", "name")


def test_a_private_company_called_institute_is_industry():
    assert of("Institut für Proben GmbH", kinds=(("cordis", "PRC"),))[0] == "industry"


def test_a_town_whose_name_holds_a_church_is_no_church():
    assert of("Hafen Gelsenkirchen")[0] == "industry"


def test_every_rule_is_readable():
    assert {rule.kind for rule in rules()} == set(RULES)
    assert {rule.evidence for rule in rules()} == set(EVIDENCE)
    assert all(rule.note for rule in rules())
    assert {"*", "DE", "AT", "PL", "FR"} <= {rule.country for rule in rules()}
