"""Names of the model's fixed vocabulary in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.model import Relation, Sector
from ecosystem.projections import CO_PARTICIPATION

if TYPE_CHECKING:
    from dashboards.language import Translator


def sector_names(tr: Translator) -> dict[str, str]:
    """The five sectors."""
    return {
        Sector.INDUSTRY: tr("Business"),
        Sector.SCIENCE: tr("Research"),
        Sector.POLITICS: tr("Politics"),
        Sector.ADMINISTRATION: tr("Administration"),
        Sector.CIVIL_SOCIETY: tr("Civil society"),
    }


def sector_letters(tr: Translator) -> list[str]:
    """One letter per sector, in the model's order."""
    return tr("B R P A C").split()


def relation_names(tr: Translator) -> dict[str, str]:
    """Kinds of ties, the joint projects among them."""
    return {
        Relation.MEMBER_OF: tr("Membership"),
        Relation.SHAREHOLDER_OF: tr("Shareholding"),
        Relation.HOSTS: tr("Site or unit"),
        Relation.FUNDS: tr("Funding"),
        Relation.PARTNER_IN: tr("Partner in an initiative"),
        Relation.COOPERATES_WITH: tr("Cooperation"),
        Relation.SPIN_OFF_OF: tr("Spin-off"),
        CO_PARTICIPATION: tr("Joint project"),
    }


def relation_phrase(relation: str, outgoing: bool | None, tr: Translator) -> str:
    """A tie seen from one end, as the beginning of a sentence that ends with the other actor."""
    phrases = {
        (Relation.MEMBER_OF, True): tr("member of"),
        (Relation.MEMBER_OF, False): tr("has as a member"),
        (Relation.SHAREHOLDER_OF, True): tr("holds shares in"),
        (Relation.SHAREHOLDER_OF, False): tr("is held by"),
        (Relation.HOSTS, True): tr("hosts"),
        (Relation.HOSTS, False): tr("is a part or guest of"),
        (Relation.FUNDS, True): tr("funds"),
        (Relation.FUNDS, False): tr("is funded by"),
        (Relation.PARTNER_IN, True): tr("partner in"),
        (Relation.PARTNER_IN, False): tr("has as a partner"),
        (Relation.COOPERATES_WITH, None): tr("cooperates with"),
        (Relation.SPIN_OFF_OF, True): tr("spin-off of"),
        (Relation.SPIN_OFF_OF, False): tr("has as a spin-off"),
    }
    return phrases[Relation(relation), outgoing]


def evidence_names(tr: Translator) -> dict[str, str]:
    """How an actor's place is known."""
    return {
        "table": tr("a register or funding list"),
        "page": tr("a page names the town"),
        "name": tr("the town is in the name"),
        "statute": tr("by law"),
        "knowledge": tr("general knowledge, not re-checked"),
        "doubtful": tr("doubtful"),
    }


def source_kind_names(tr: Translator) -> dict[str, str]:
    """Kinds of sources."""
    return {
        "page": tr("public page"),
        "register": tr("register"),
        "statute": tr("statute"),
        "statistics": tr("statistics"),
        "package": tr("data package"),
    }


def confidence_names(tr: Translator) -> list[str]:
    """Levels 0 … 3 of :mod:`ecosystem.confidence`."""
    return [tr("none"), tr("weak"), tr("medium"), tr("strong")]
