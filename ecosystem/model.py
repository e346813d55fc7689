"""The vocabulary everything else uses: the five sectors, kinds of nodes and edges, and a region's description.

Sectors and relations are the model's own and the same everywhere (the quintuple helix of Carayannis and
Campbell, 2010); fields, places, programmes and names belong to a region and come from its folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sector(StrEnum):
    """The five sectors of the quintuple helix, in the order used for tables and legends."""

    INDUSTRY = "industry"
    SCIENCE = "science"
    POLITICS = "politics"
    ADMINISTRATION = "administration"
    CIVIL_SOCIETY = "civil_society"


class NodeKind(StrEnum):
    """Kinds of nodes of the heterogeneous graph; a node's id is ``kind:id-in-its-table``."""

    ACTOR = "actor"
    PLACE = "place"
    FIELD = "field"
    PROJECT = "project"

    def node(self, key: str) -> str:
        """The graph's id of the record ``key``.

        >>> NodeKind.PLACE.node("05113000")
        'place:05113000'
        """
        return f"{self.value}:{key}"


class Relation(StrEnum):
    """Relations between two actors; all have a direction (source → target) except ``COOPERATES_WITH``."""

    MEMBER_OF = "member_of"
    SHAREHOLDER_OF = "shareholder_of"
    HOSTS = "hosts"
    FUNDS = "funds"
    PARTNER_IN = "partner_in"
    COOPERATES_WITH = "cooperates_with"
    SPIN_OFF_OF = "spin_off_of"

    @property
    def directed(self) -> bool:
        """Whether source and target may not be swapped."""
        return self is not Relation.COOPERATES_WITH


class Link(StrEnum):
    """Relations of the graph that are no tie between two actors."""

    LOCATED_IN = "located_in"
    WORKS_ON = "works_on"
    PARTICIPATES_IN = "participates_in"
    PROFILED_ON = "profiled_on"


class Basis(StrEnum):
    """How it is known that an actor works on a field."""

    STATED = "stated"
    DERIVED = "derived"


LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages of the app."""

    de: str
    en: str

    def text(self, language: str) -> str:
        """The name in ``language`` (``de`` or ``en``)."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Field:
    """A thematic field of the region's smart-specialisation strategy."""

    field_id: str
    name: Label
    short: Label


@dataclass(frozen=True, slots=True)
class Region:
    """What ``region.toml`` says: identity, fields in the pack's order, and (topic, text) of the data's vintages.

    ``contact`` takes reports of barriers and errors; empty where the region names none.
    """

    region_id: str
    name: Label
    description: Label
    fields: tuple[Field, ...]
    vintage: tuple[tuple[Label, Label], ...] = ()
    contact: str = ""

    @property
    def field_ids(self) -> tuple[str, ...]:
        """Ids of the fields in the pack's order."""
        return tuple(field.field_id for field in self.fields)

    def field(self, field_id: str) -> Field:
        """The field with this id; ``KeyError`` where there is none."""
        for field in self.fields:
            if field.field_id == field_id:
                return field
        raise KeyError(field_id)
