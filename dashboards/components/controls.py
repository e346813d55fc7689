"""Controls that write to the URL: every one is a ``value`` under the key it has there.

One clientside callback gathers them all by pattern (``assets/ecosystem.js``), so a new control needs an id from
:func:`control` and a key in ``state.KEYS``, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboards.components.attributes import attributes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

CONTROL = "control"


def control(key: str) -> dict[str, str]:
    """The id of the control that owns a key of the URL."""
    return {"type": CONTROL, "key": key}


def labelled(label: str, component: Any, *, on_stage: bool = False) -> html.Div:
    """A control under its visible name; those not ``on_stage`` make way for the picture before a room."""
    return html.Div(
        [html.Span(label, className="control-name"), component],
        className="labelled on-stage" if on_stage else "labelled",
    )


def choice(key: str, label: str, options: Sequence[tuple[str, str]], value: str, *, on_stage: bool = False) -> html.Div:
    """One of a few, all visible."""
    segmented = dmc.SegmentedControl(
        id=control(key),
        data=[{"value": one, "label": text} for one, text in options],
        value=value,
        size="sm",
        **attributes({"aria-label": label}),
    )
    return labelled(label, segmented, on_stage=on_stage)


def several(
    key: str, label: str, options: Sequence[tuple[str, str, str | Component, str]], value: Sequence[str] | None
) -> html.Fieldset:
    """Any of some: (value, text, count, colour or ""), each with its count; none ticked means no restriction."""
    boxes = [
        dmc.Checkbox(value=one, label=_box_label(text, count, colour), size="sm")
        for one, text, count, colour in options
    ]
    group = dmc.CheckboxGroup(id=control(key), value=list(value or []), children=html.Div(boxes, className="boxes"))
    return html.Fieldset([html.Legend(label), group], className="several")


def radios(
    key: str, label: str, options: Sequence[tuple[str, str, str | Component]], value: str, *, hint: str = ""
) -> html.Fieldset:
    """Exactly one of a few under each other: (value, text, count)."""
    radios = [dmc.Radio(value=one, label=_box_label(text, count, ""), size="sm") for one, text, count in options]
    group = dmc.RadioGroup(id=control(key), value=value, children=html.Div(radios, className="boxes"))
    return html.Fieldset(
        [html.Legend(label), group, *([html.P(hint, className="hint")] if hint else [])], className="several"
    )


def _box_label(text: str, count: str | Component, colour: str) -> html.Span:
    """``colour`` is a variable of the style sheet (``--field-1``) or the shape of a sector."""
    swatch = [html.Span(className=f"swatch shape-{colour}")] if colour and not colour.startswith("--") else []
    swatch = [html.Span(className="swatch", style={"background": f"var({colour})"})] if colour[:2] == "--" else swatch
    return html.Span([*swatch, html.Span(text, className="box-text"), html.Span(count, className="count")])


def from_many(
    key: str,
    label: str,
    placeholder: str,
    options: Sequence[tuple[str, str]],
    value: Sequence[str] | None,
    nothing: str,
) -> html.Div:
    """Any of many, found by typing."""
    select = dmc.MultiSelect(
        id=control(key),
        label=label,
        placeholder=placeholder,
        data=[{"value": one, "label": text} for one, text in options],
        value=list(value or []),
        searchable=True,
        clearable=True,
        nothingFoundMessage=nothing,
        size="sm",
        limit=80,
        hidePickedOptions=True,
        clearButtonProps={"aria-label": label + " ×"},
        comboboxProps={"withinPortal": True},
    )
    return html.Div(select, className="labelled")


def one_of(
    key: str,
    label: str,
    placeholder: str,
    options: Sequence[tuple[str, str]],
    value: str,
    nothing: str,
    *,
    clearable: bool = True,
    on_stage: bool = False,
) -> html.Div:
    """One of many, found by typing; nothing chosen means ``placeholder``."""
    select = dmc.Select(
        id=control(key),
        data=[{"value": one, "label": text} for one, text in options],
        value=value,
        placeholder=placeholder,
        searchable=True,
        clearable=clearable,
        allowDeselect=clearable,
        nothingFoundMessage=nothing,
        size="sm",
        limit=80,
        clearButtonProps={"aria-label": label + " ×"},
        comboboxProps={"withinPortal": True},
        **attributes({"aria-label": label}),
    )
    return labelled(label, select, on_stage=on_stage)
