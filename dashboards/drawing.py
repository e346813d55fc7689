"""Pictures come with their page, and a change of the filters asks once for all of them.

Dash's browser part takes some ten milliseconds over every callback it asks for, and a page that has just arrived asks
for all of its own. So what a page draws from the stores is one callback for the browser (:class:`Drawings`), however
many functions answer it, and a page is sent with these answers filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dash import Input, Output, State, no_update
from dash.exceptions import PreventUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from dash.dependencies import DashDependency
    from dash.development.base_component import Component

# what the address says, as the browser keeps it: what pages draw from
FOLLOWED: Final = ("query", "selected", "focus", "arrangement")


def name_of(part: DashDependency) -> str:
    """A property of a component as Dash names it: ``query.data``."""
    return f"{part.component_id}.{part.component_property}"


@dataclass(frozen=True)
class Drawing:
    """A function that draws, and where its answers go; one that comes ``ready`` has them in its page already."""

    outputs: tuple[Output, ...]
    inputs: tuple[Input, ...]
    states: tuple[State, ...]
    function: Callable[..., Any]
    several: bool
    ready: bool

    def answer(self, values: Mapping[str, Any], failed: Callable[[Exception], None]) -> list[Any]:
        """One answer for each output; none where nothing changes, or where it fails and the others go on."""
        try:
            found = self.function(*(values[name_of(one)] for one in (*self.inputs, *self.states)))
        except PreventUpdate:
            return [no_update] * len(self.outputs)
        except Exception as error:  # noqa: BLE001 - told like that of a callback of its own
            failed(error)
            return [no_update] * len(self.outputs)
        return [*found] if self.several else [found]


@dataclass
class Drawings:
    """What a page draws; ``elsewhere`` are ids of the frame whose values do not come with the question for a page."""

    failed: Callable[[Exception], None]
    elsewhere: frozenset[str]
    all: list[Drawing] = field(default_factory=list)

    def take(self, parts: Iterable[DashDependency], function: Callable[..., Any], *, ready: bool) -> bool:
        """Whether the function draws from the stores, and is one of these now."""
        outputs = tuple(one for one in parts if isinstance(one, Output))
        inputs = tuple(one for one in parts if isinstance(one, Input))
        states = tuple(one for one in parts if isinstance(one, State))
        known = all(str(one.component_id) not in self.elsewhere for one in (*outputs, *inputs, *states))
        if not outputs or not known or not any(str(one.component_id) in FOLLOWED for one in inputs):
            return False
        self.all.append(Drawing(outputs, inputs, states, function, len(outputs) > 1, ready))
        return True

    @property
    def parts(self) -> list[DashDependency]:
        """Outputs, inputs and states of the one callback."""
        outputs = [one for drawing in self.all for one in drawing.outputs]
        inputs = {name_of(one): one for drawing in self.all for one in drawing.inputs}
        states = {name_of(one): one for drawing in self.all for one in drawing.states}
        return [*outputs, *inputs.values(), *(one for name, one in states.items() if name not in inputs)]

    def answers(self, given: Iterable[Any], changed: Collection[str]) -> list[Any]:
        """What the callback gives: answers of those that follow what has changed."""
        asked = [one for one in self.parts if not isinstance(one, Output)]
        values = dict(zip(map(name_of, asked), given, strict=True))
        return [
            value
            for one in self.all
            for value in (
                one.answer(values, self.failed)
                if not changed or any(name_of(part) in changed for part in one.inputs)
                else [no_update] * len(one.outputs)
            )
        ]

    def fill(self, parts: Iterable[Component], stores: Mapping[str, Any]) -> None:
        """Put into a page's components what would be asked for at once."""
        named = ((getattr(one, "id", None), one) for one in parts)
        there = {name: one for name, one in named if isinstance(name, str)}
        values = {
            name_of(one): stores[name] if (name := name_of(one)) in stores else _kept(there, one)
            for drawing in self.all
            for one in (*drawing.inputs, *drawing.states)
        }
        for drawing in self.all:
            if drawing.ready or not all(str(one.component_id) in there for one in drawing.outputs):
                continue
            for one, value in zip(drawing.outputs, drawing.answer(values, self.failed), strict=True):
                if value is not no_update:
                    setattr(there[str(one.component_id)], one.component_property, value)


def _kept(there: Mapping[str, Component], part: DashDependency) -> Any:
    return getattr(there.get(str(part.component_id)), part.component_property, None)
