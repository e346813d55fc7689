"""What a screen reader is told when something changes: whole sentences on the new state of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.caption import filter_sentence
from dashboards.state import FILTERS, KEYS
from dashboards.views import selected as rules
from dashboards.views.filters import subset

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def sentence(atlas: Atlas, before: Selection, now: Selection, tr: Translator, *, page: str = "") -> str:
    """What is different: page (where there is a new one), filters, selection, details, way of showing."""
    changed = {key.name for key in KEYS if getattr(before, key.attribute) != getattr(now, key.attribute)}
    told = [tr("Page {name}.", name=page)] if page else []
    if changed & {*FILTERS}:
        told += [filter_sentence(atlas, now, tr), _left(atlas, now, tr)]
    if "sel" in changed:
        told.append(_chosen(atlas, now, tr))
    if "focus" in changed:
        told.append(_details(atlas, now, tr))
    names = key_names(tr)
    other = [names[key.name] for key in KEYS if key.name in changed and key.name in names]
    if other and not page:
        told.append(tr("Changed: {names}.", names=tr.joined(dict.fromkeys(other))))
    elif changed and not told:
        told.append(tr("The view has changed."))
    return " ".join(told)


def _left(atlas: Atlas, selection: Selection, tr: Translator) -> str:
    left = subset(atlas, selection)
    return tr(
        "{actors} and {pairs} shown.",
        actors=tr.plural("{n} actor", "{n} actors", left.count),
        pairs=tr.plural("{n} linked pair", "{n} linked pairs", left.pairs),
    )


def _chosen(atlas: Atlas, selection: Selection, tr: Translator) -> str:
    if not selection.selected:
        return tr("Nothing is selected.")
    return tr.plural("{n} actor selected.", "{n} actors selected.", len(rules.ids(atlas, selection.selected)))


def _details(atlas: Atlas, selection: Selection, tr: Translator) -> str:
    actor = selection.focus.removeprefix("actor:")
    if not actor:
        return tr("Details closed.")
    names = atlas.tables.actors.set_index("actor_id")["name"]
    return tr("Details of {name} opened.", name=names.get(actor, actor))


def key_names(tr: Translator) -> dict[str, str]:
    """Controls of the pages by their key: what is said to have changed."""
    return {
        "lang": tr("Language"),
        "theme": tr("Colours"),
        "bm": tr("Projector"),
        "tab": tr("Show as"),
        "col": tr("Colour"),
        "size": tr("Size"),
        "mix": tr("Arrangement between map and network"),
        "lvl": tr("Level"),
        "lay": tr("Arrangement"),
        "ego": tr("Neighbourhood"),
        "way": tr("Path"),
        "open": tr("Opened parts"),
        "ms": tr("Measure"),
        "un": tr("Rows"),
        "sort": tr("Order"),
        "ly": tr("Layer of ties"),
        "fd": tr("Field"),
        "pl": tr("Place"),
        "ix": tr("Index"),
        "pair": tr("Pair of places"),
        "part": tr("Section"),
        "step": tr("Step"),
        "cmp": tr("Comparison"),
    }
