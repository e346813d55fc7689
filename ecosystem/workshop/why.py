"""Why the room refuses something: one sentence each, in words for the people in the room.

The sentences are English message ids; an app that speaks other languages translates them by :class:`Why`.
"""

from __future__ import annotations

from enum import StrEnum

from ecosystem.errors import WorkshopError


class Why(StrEnum):
    """The reasons; each has its sentence in :data:`SENTENCES`."""

    NO_ROOM = "no_room"
    CLOSED = "closed"
    NOT_JOINED = "not_joined"
    NOT_OPERATOR = "not_operator"
    WRONG_SECRET = "wrong_secret"  # noqa: S105 -- the name of a reason
    STALE = "stale"
    FOREIGN = "foreign"
    REPLAYED = "replayed"
    TOO_OFTEN = "too_often"
    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"
    NOT_NOW = "not_now"
    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    SIGNS = "signs"
    UNKNOWN = "unknown"
    SAME = "same"
    KNOWN_TIE = "known_tie"
    KNOWN_ACTOR = "known_actor"
    PARTNERS = "partners"
    FULL = "full"
    DOTS = "dots"
    SETTLED = "settled"
    UNFIT = "unfit"
    NEEDED = "needed"
    BUSY = "busy"


SENTENCES = {
    Why.NO_ROOM: "There is no open room “{code}”. Check the code on the screen.",
    Why.CLOSED: "The workshop is over; nothing can be added any more.",
    Why.NOT_JOINED: "Choose a table and a role first.",
    Why.NOT_OPERATOR: "Only the operator can do this. Sign in with the operator's secret.",
    Why.WRONG_SECRET: "This is not the operator's secret.",
    Why.STALE: "This page is out of date. Reload it and try again.",
    Why.FOREIGN: "This was sent from another website. Open the room's own page.",
    Why.REPLAYED: "This was received already.",
    Why.TOO_OFTEN: "That was too quick. Try again in {seconds} seconds.",
    Why.TOO_LARGE: "That is too large. Shorten the text.",
    Why.NOT_UNDERSTOOD: "This was not understood. Reload the page and try again.",
    Why.NOT_NOW: "It is not the time for this: the agenda stands at “{phase}”.",
    Why.MISSING: "“{field}” is missing. Fill it in.",
    Why.TOO_LONG: "“{field}” may have at most {most} characters.",
    Why.TOO_MANY: "“{field}”: choose at most {most}.",
    Why.SIGNS: "“{field}” has signs that cannot be read. Write plain text.",
    Why.UNKNOWN: "“{value}” is not known as “{field}”. Choose from the list.",
    Why.SAME: "Name two different actors.",
    Why.KNOWN_TIE: "This tie is recorded already.",
    Why.KNOWN_ACTOR: "“{name}” is recorded already.",
    Why.PARTNERS: "A joint project needs 2 to {most} different partners.",
    Why.FULL: "The room takes no more of this.",
    Why.DOTS: "There are {most} dots to give, not {given}.",
    Why.SETTLED: "This was decided already.",
    Why.UNFIT: "This does not fit the data: {reason}",
    Why.NEEDED: "Other accepted proposals need this one. Take those back first.",
    Why.BUSY: "The room's memory does not answer; nothing was saved. Try again in a moment.",
}


class Refused(WorkshopError):  # noqa: N818 -- said to people, who made no error
    """Something the room does not do; ``why`` and ``values`` let an app say it in another language."""

    def __init__(self, why: Why, **values: object) -> None:
        self.why, self.values = why, values
        super().__init__(SENTENCES[why].format(**values))
