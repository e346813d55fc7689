"""A scenario as a short text for a link: its JSON, compressed against words that most scenarios have.

The text has letters, digits, "-" and "_" only. What was undone goes along, so that a link can be redone, too.
"""

from __future__ import annotations

import base64
import json
import zlib

from ecosystem.errors import ScenarioError
from ecosystem.scenario.files import loads, told
from ecosystem.scenario.record import Scenario

FORM = "1"
MOST_BYTES = 1024 * 1024
"""What a text may unfold to: a link of a few letters could otherwise ask for all memory."""
WORDS = (
    b'"author":"","time":"","reason":"","table":"actor_fields","cells":{"actor_id":"","field_id":"","weight":""'
    b'{"action":"fund","cells":{"title":"","fields":"","partners":"","projects":"1","call":"","year":"","funding_eur":""'
    b'{"action":"move","key":"","cells":{"place_id":"05"}},{"action":"merge","key":"","cells":{"others":""}},'
    b'{"action":"add","table":"actors","key":"","cells":{"name":"","sector":"civil_society","place_id":"05'
    b"administration politics science industry universitaet-duisburg-essen ruhr-universitaet-bochum stadt-"
    b'{"action":"remove","table":"actors","key":"","cells":{}},{"action":"remove","table":"ties","key":"","cells":{}},'
    b'{"action":"add","table":"ties","cells":{"source_actor_id":"","relation":"cooperates_with","target_actor_id":""}},'
    b'{"schema":1,"region":"ruhr","base":"","title":"","assumptions":[],"steps":[],"undone":[]}'
)


def pack(scenario: Scenario) -> str:
    """The scenario as text for a link; :func:`unpack` gives it back.

    >>> from ecosystem.scenario.record import Action, Step
    >>> one = Scenario("toy", "0123456789").doing(Step(Action.REMOVE, "actors", "a-town")).undoing()
    >>> unpack(pack(one)) == one
    True
    """
    told_all = told(scenario) | ({"undone": told(Scenario("", "", steps=scenario.undone))["steps"]})
    text = json.dumps(told_all, ensure_ascii=False, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, WORDS)
    return FORM + base64.urlsafe_b64encode(packer.compress(text) + packer.flush()).decode().rstrip("=")


def unpack(text: str) -> Scenario:
    """The scenario of a link.

    Raises:
        ScenarioError: the text was cut or changed, comes from another version, or unfolds to more than a megabyte.
    """
    broken = "The link holds no whole scenario: it was cut or changed. Copy it again, or load the scenario as a file."
    if not text.startswith(FORM):
        raise ScenarioError(broken)
    body = text.removeprefix(FORM)
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj(-15, WORDS)
        plain = opener.decompress(packed, MOST_BYTES)
        if opener.unconsumed_tail or not opener.eof:
            raise ScenarioError(broken)
        whole = json.loads(plain.decode())
    except (ValueError, zlib.error, RecursionError) as error:
        raise ScenarioError(broken) from error
    if not isinstance(whole, dict):
        raise ScenarioError(broken)
    undone = whole.pop("undone", [])
    one = loads(json.dumps(whole), "link")
    return Scenario(
        one.region, one.base, one.title, one.assumptions, one.steps,
        loads(json.dumps(whole | {"steps": undone}), "link, undone").steps,
    )  # fmt: skip
