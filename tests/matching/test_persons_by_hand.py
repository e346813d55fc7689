import pytest

from ecosystem.matching.persons import given_names, is_person


@pytest.mark.parametrize(
    "name",
    [
        "Erika Mustermann",
        "ERIKA MUSTERMANN",
        "MUSTERMANN ERIKA",
        "Mustermann, Erika",
        "Mustermann, Erika c/o Musterakademie",
        "Musterfrau, Erika - Musterinstitut",
        "Erika von Mustermann",
        "Anna-Lena Musterfrau",
        "E. Mustermann",
        "Dr. med. E. Mustermann",
        "Prof. Dr. Mustermann",
        "Max Mustermann e.K.",
        "Ingenieurbüro Max Mustermann",
        "Zahnarztpraxis Erika Mustermann",
        "Erika Mustermann Coaching",
        "Blumen Muster, Inh. Erika Mustermann",
        "Erika Mustermann & Max Mustermann GbR",
        "Jan Przykładowy",
        "Marie Exemple",
    ],
)
def test_persons_and_traders_in_their_own_name_are_left_out(name):
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Erika Mustermann GmbH",
        "Mustermann & Söhne KG",
        "Erika-Mustermann-Stiftung",
        "Anton-Beispiel-Schule",
        "Erika Mustermann Krankenhaus",
        "Dr. Muster Laboratorium GmbH & Co. KG",
        "Blumen Muster e.K.",
        "Stadt Essen",
        "Beispiel Maschinenfabrik",
        "Universität Musterland",
        "3D-Druck-Zentrum",
        "",
    ],
)
def test_organisations_stay(name):
    assert not is_person(name)


def test_the_sources_own_word_decides():
    assert is_person("Beispiel", kinds=(("legal_form", "Natürliche Person"),))
    assert not is_person("Erika Mustermann", kinds=(("cordis", "HES"),))


def test_given_names_of_several_countries_are_known():
    assert {"erika", "jurgen", "agnieszka", "margaux", "harry"} <= given_names()
