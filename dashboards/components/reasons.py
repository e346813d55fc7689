"""Why a number is missing and what a measure found, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.measures import NetworkReason, Reason, Support

if TYPE_CHECKING:
    from dashboards.language import Translator


def reason_words(tr: Translator) -> dict[str, str]:
    """Every reason the measures give."""
    return {
        Reason.EMPTY_PLACE: tr("no actor with a field here"),
        Reason.EMPTY_FIELD: tr("no actor on this field"),
        Reason.ONLY_PLACE: tr("there is no other place"),
        Reason.ONE_FIELD: tr("one field only"),
        Reason.ONE_MEMBERSHIP: tr("fewer than two memberships"),
        Reason.BELOW_SAMPLE: tr("smaller than the common sample"),
        Reason.NONE_HERE: tr("no actor of the field here"),
        Reason.TOO_FEW_ACTORS: tr("too few actors"),
        Reason.NOT_SPECIALISED: tr("no specialised field"),
        Reason.NEVER_SPECIALISED: tr("specialised in no place that takes part"),
        Reason.NOTHING_MISSING: tr("no missing field"),
        Reason.NOTHING_HELD: tr("no field to start from"),
        Reason.ONE_LEVEL: tr("the fields have no second level"),
        Reason.ONE_CATEGORY: tr("fewer than two categories"),
        Reason.DISCONNECTED: tr("the network falls into parts"),
        Reason.NO_SECOND_EIGENVECTOR: tr("second eigenvector not unique"),
        Reason.NO_SIGN: tr("no sign: unrelated to diversity"),
        NetworkReason.FEW_CENTRES: tr("too few centres"),
        NetworkReason.NOT_ESTIMATED: tr("not estimated: fewer than 8 centres"),
        NetworkReason.EQUAL_SIZES: tr("sizes are all equal"),
        NetworkReason.FEW_CITIES: tr("too few places"),
        NetworkReason.NO_TIES: tr("no ties"),
        NetworkReason.NO_TIES_ELSEWHERE: tr("no ties elsewhere"),
        NetworkReason.NO_DIRECTION: tr("ties have no direction"),
        NetworkReason.FOR_THESE_CENTRES: tr("undefined for these centres"),
        NetworkReason.EMPTY_PROFILE: tr("no actor with a field here"),
        NetworkReason.NO_SPECIALISATION: tr("neither is specialised"),
        NetworkReason.NO_EXPECTATION: tr("no expected ties given"),
        NetworkReason.FEW_ACTORS: tr("too few actors"),
        NetworkReason.ALREADY_SPECIALISED: tr("already specialised"),
        NetworkReason.UNRELATED_FIELD: tr("field related to no other"),
        NetworkReason.ALONE: tr("alone in its module"),
        NetworkReason.NO_GROUP: tr("no group"),
        NetworkReason.SINGLE_TIE: tr("fewer than two ties"),
        NetworkReason.NOT_BETWEEN: tr("no pair to lie between"),
        NetworkReason.FORCED: tr("forced by the margins, not tested"),
        NetworkReason.WHOLE_STRENGTH: tr("one end holds all ties"),
        NetworkReason.LITTLE_FLOW: tr("too little flow"),
    }


def reason(text: str, tr: Translator) -> str:
    """A reason, or several joined by ``"; "``, in words; one nobody foresaw stays as it is."""
    words = reason_words(tr)
    return "; ".join(dict.fromkeys(words.get(one, one) for one in text.split("; "))) if text else ""


def support_words(tr: Translator) -> dict[str, str]:
    """What can be said about a specialisation."""
    return {
        Support.SUPPORTED: tr("specialised and supported"),
        Support.TOO_FEW_ACTORS: tr("specialised, but few actors"),
        Support.NOT_SPECIALISED: tr("not specialised"),
        Support.UNDEFINED: tr("undefined"),
    }
