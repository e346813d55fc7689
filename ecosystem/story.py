"""``story.yaml``: a talk made of saved views; optional in a region folder.

Every step has a title, a text, the link of a view (``state``: path and query, as the app copies it) and notes for the
speaker, in both languages. Figures in titles, texts and notes may be written as ``{actors}`` and the like
(:data:`FIGURES`); the app fills them with what the step's view counts, so that a talk never disagrees with the data.

The file is no table: it is not part of the data version, since a better sentence changes no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from ecosystem.errors import Fault, Severity, StoryError
from ecosystem.model import LANGUAGES, Label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "story.yaml"
FIGURES = ("actors", "pairs", "intercity", "municipalities", "fields", "projects", "sources", "clusters")
MOST_STEPS = 60
MOST_BYTES = 200_000
MOST_SIGNS = {"title": 300, "text": 3000, "notes": 6000, "state": 2000}
_TOP = ("title", "data_version", "steps")
_STEP = ("title", "text", "state", "notes")
_FIGURE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Step:
    """One view of a talk; ``state`` is a path with its query."""

    title: Label
    text: Label
    state: str
    notes: Label


@dataclass(frozen=True, slots=True)
class Story:
    """A talk; ``data_version`` is what its author looked at, empty where not stated."""

    title: Label
    data_version: str
    steps: tuple[Step, ...]


class _Loader(yaml.SafeLoader):
    """Plain data only: an alias could make a small file fill the memory."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "Aliases (*name) are not used here", self._here())
        return super().compose_node(parent, index)

    def _here(self) -> Any:
        return self.peek_event().start_mark  # type: ignore[no-untyped-call]


def parse(content: bytes) -> tuple[Story | None, tuple[Fault, ...]]:
    r"""Read a talk; ``None`` instead of a story where a fault makes it unusable.

    >>> story, faults = parse(b"title: Six fields\nsteps: []")
    >>> story is None, faults[0].expected
    (True, 'at least one step')
    """
    if len(content) > MOST_BYTES:
        return None, (_fault("", "", f"at most {MOST_BYTES:,} bytes", "Shorten texts or part the talk."),)
    try:
        found = yaml.load(content.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 -- a safe loader, made stricter
    except UnicodeDecodeError:
        return None, (_fault("", "", "text in UTF-8", "Save the file in UTF-8."),)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or "Not readable")
        row = None if mark is None else mark.line + 1
        cure = f"{told[0].upper()}{told[1:]}. Put texts with colons, and links, in quotes."
        return None, (_fault("", "", "valid YAML", cure, row=row),)
    except RecursionError:
        return None, (_fault("", "", "valid YAML", "Nest less deeply."),)
    return read(found)


def load(path: Path) -> Story:
    """The story of a file.

    Raises:
        StoryError: it cannot be read; says every fault with its step and cure.
    """
    try:
        found, faults = parse(path.read_bytes())
    except OSError as error:
        raise StoryError(f"{path} cannot be read ({error.strerror}).") from error
    if found is None:
        told = "\n".join(f"  {fault.sentence()}" for fault in faults if fault.severity is Severity.ERROR)
        raise StoryError(f"{path} is no story.\n{told}")
    return found


def read(found: Any) -> tuple[Story | None, tuple[Fault, ...]]:
    """The same from plain data, as JSON or YAML gives it."""
    faults = tuple(_faults(found))
    broken = any(fault.severity is Severity.ERROR for fault in faults)
    return (None if broken else _story(found)), faults


def record(story: Story) -> dict[str, Any]:
    """The story as plain data, the inverse of :func:`read`."""
    return {
        "title": _both(story.title),
        "data_version": story.data_version,
        "steps": [
            {"title": _both(one.title), "text": _both(one.text), "state": one.state, "notes": _both(one.notes)}
            for one in story.steps
        ],
    }


def text(story: Story) -> str:
    """The canonical ``story.yaml`` of a story; the inverse of :func:`parse`."""
    return str(yaml.safe_dump(record(story), allow_unicode=True, sort_keys=False, width=110))


def filled(told: str, figures: dict[str, str]) -> str:
    """A text with its figures; braces around anything else stay as they are.

    >>> filled("{actors} actors, {sic}", {"actors": "12"})
    '12 actors, {sic}'
    """
    return _FIGURE.sub(lambda match: figures.get(match[1], match[0]), told)


def _both(label: Label) -> dict[str, str]:
    return {language: label.text(language) for language in LANGUAGES}


def _faults(found: Any) -> Iterator[Fault]:
    if not isinstance(found, dict):
        yield _fault("", "", "title and steps", "Write “title: …” and “steps:” with a list below.")
        return
    yield from _unknown(found, _TOP, "")
    yield from _label_faults(found, "title", "title", stated=True)
    if not isinstance(found.get("data_version", ""), str):
        value = str(found["data_version"])
        yield _fault("data_version", value, "a text in quotes", f'Write data_version: "{value}".')
    steps = found.get("steps")
    if not isinstance(steps, list) or not steps:
        yield _fault("steps", "", "at least one step", "Add “- title: …” with text and state below “steps:”.")
        return
    if len(steps) > MOST_STEPS:
        yield _fault("steps", str(len(steps)), f"at most {MOST_STEPS} steps", "Part the talk.")
    for number, step in enumerate(steps[:MOST_STEPS], start=1):
        yield from _step_faults(step, f"steps[{number}]")


def _step_faults(step: Any, where: str) -> Iterator[Fault]:
    if not isinstance(step, dict):
        yield _fault(where, str(step)[:60], "title, text, state", "Write “- title: …” and the others below it.")
        return
    yield from _unknown(step, _STEP, f"{where}.")
    for key in ("title", "text", "notes"):
        yield from _label_faults(step, key, f"{where}.{key}", stated=key == "title")
    state = step.get("state")
    if not isinstance(state, str) or not _path(state).startswith("/") or len(state) > MOST_SIGNS["state"]:
        cure = "Copy it with “Copy link” in the app, or write a path such as /netz?f=logistics."
        yield _fault(f"{where}.state", str(state or "")[:60], "the link of a view", cure)


def _label_faults(found: dict[str, Any], key: str, where: str, *, stated: bool) -> Iterator[Fault]:
    value = found.get(key)
    if value is None and not stated:
        return
    given = value if isinstance(value, dict) else {"de": value, "en": value}
    yield from _unknown(given, LANGUAGES, f"{where}.")
    texts = {language: given.get(language) for language in LANGUAGES}
    for language, told in texts.items():
        if told is not None and not isinstance(told, str):
            yield _fault(f"{where}.{language}", str(told)[:60], "a text", "Put it in quotes.")
        elif told is not None and len(told) > MOST_SIGNS[key]:
            yield _fault(f"{where}.{language}", told[:30] + "…", f"at most {MOST_SIGNS[key]} signs", "Shorten it.")
    if stated and not any(isinstance(told, str) and told.strip() for told in texts.values()):
        yield _fault(where, "", "a text", f'Write {key}: {{de: "…", en: "…"}}.')
    elif isinstance(value, dict):
        for language in (one for one, told in texts.items() if not told and any(texts.values())):
            cure = f"Add {language}: “…”; until then the other language is shown."
            yield _fault(f"{where}.{language}", "", "a text in both languages", cure, Severity.WARNING)


def _unknown(found: dict[str, Any], known: tuple[str, ...], where: str) -> Iterator[Fault]:
    for key in found:
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            cure = f"Did you mean {near[0]}?" if near else "It is not used; remove it."
            yield _fault(f"{where}{key}", "", f"one of {', '.join(known)}", cure, Severity.WARNING)


def _fault(
    column: str, value: str, expected: str, cure: str, severity: Severity = Severity.ERROR, row: int | None = None
) -> Fault:
    return Fault(FILE, row, column, value, expected, cure, severity)


def _path(state: str) -> str:
    """A link without the host it was copied at."""
    try:
        parts = urlsplit(state.strip())
    except ValueError:
        return ""
    path = "/" + parts.path.lstrip("/") if parts.scheme in {"http", "https"} else parts.path
    if parts.netloc and not parts.scheme:
        return ""
    return path + (f"?{parts.query}" if parts.query else "")


def _story(found: dict[str, Any]) -> Story:
    steps = tuple(
        Step(_label(one, "title"), _label(one, "text"), _path(one["state"]), _label(one, "notes"))
        for one in found["steps"]
    )
    return Story(_label(found, "title"), found.get("data_version") or "", steps)


def _label(found: dict[str, Any], key: str) -> Label:
    value = found.get(key) or ""
    if isinstance(value, str):
        return Label(value, value)
    de, en = value.get("de") or "", value.get("en") or ""
    return Label(de or en, en or de)
