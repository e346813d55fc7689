"""One record of the Research Organization Registry, in schema 1 or 2, of the JSON or the CSV dump."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ecosystem.sources import values
from ecosystem.sources.record import Code, RawActor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.sources.record import Origin

_ID = re.compile(r"https://ror\.org/0[a-z0-9]{6}\d{2}")
_LANGUAGE = re.compile(r"^(?:[a-z]{2,3}|no_lang_code): ")
_SCHEMES = {"grid": "grid", "isni": "isni", "wikidata": "wikidata", "fundref": "fundref"}

Found = tuple[RawActor, tuple[tuple[str, str], ...], str]
"""An organisation, its relations as ``(word, id of the other)``, and the state of its record."""


class NotOurs(ValueError):  # noqa: N818 - it is caught where it arises
    """Not a record of the registry: which column, what stood there, what is wrong."""

    def __init__(self, column: str, value: object, reason: str) -> None:
        self.column, self.value, self.reason = column, values.line(value)[:200], reason
        super().__init__(reason)


def of_json(record: Any, origin: Origin) -> Found:
    """A record of the JSON dump; schema 2 has ``names``, schema 1 has ``name``.

    Raises:
        NotOurs: no id, no name, or another shape.
    """
    if not isinstance(record, dict):
        raise NotOurs("", record, "no record of the registry")
    raw_id = _checked(record.get("id"))
    found = _second(record) if "names" in record else _first(record)
    names, ids, place, url = found
    if not names:
        raise NotOurs("name", raw_id, "a record without a name")
    state = _word(record.get("status")) or "active"
    types = [_word(one) for one in _list(record.get("types"))]
    lat, lon = _point(place.get("lat"), place.get("lng"))
    relations = tuple(
        (_word(one.get("type")), str(one.get("id")))
        for one in _dicts(record.get("relationships"))
        if _ID.fullmatch(str(one.get("id"))) and one.get("type")
    )
    return _actor(raw_id, names, origin, ids, types, state, place, url, lat, lon), relations, state


def of_csv(record: dict[str, Any], origin: Origin) -> Found:
    """A row of the CSV dump of either schema.

    Raises:
        NotOurs: no id or no name.
    """
    told = {name: values.line(cell) for name, cell in record.items()}
    raw_id = _checked(told.get("id"))
    second = "names.types.ror_display" in told
    prefix = "names.types." if second else ""
    shown = told.get("names.types.ror_display" if second else "name", "")
    names = [shown, *(one for part in ("label", "labels", "alias", "aliases", "acronym", "acronyms")
                      for one in told.get(prefix + part, "").split(";"))]  # fmt: skip
    names = [cleaned for one in names if (cleaned := _LANGUAGE.sub("", one.strip()))]
    if not _LANGUAGE.sub("", shown):
        raise NotOurs("name", raw_id, "a record without a name")
    place = {
        "lat": _of(told, "locations.geonames_details.lat", "addresses[0].lat"),
        "lng": _of(told, "locations.geonames_details.lng", "addresses[0].lng"),
        "city": _of(told, "locations.geonames_details.name", "addresses[0].geonames_city.city", "addresses[0].city"),
        "country": _of(told, "locations.geonames_details.country_code", "country.country_code"),
    }
    ids = [(scheme, one) for scheme in _SCHEMES.values() if (one := _preferred(told, scheme))]
    types = [_word(one) for one in told.get("types", "").split(";") if one.strip()]
    state = _word(told.get("status")) or "active"
    url = _of(told, "links.type.website", "links").split(";")[0].strip()
    lat, lon = _point(place["lat"].split(";")[0], place["lng"].split(";")[0])
    place = {name: value.split(";")[0].strip() for name, value in place.items()}
    stated = (part.partition(":") for part in told.get("relationships", "").split(";"))
    relations = tuple((_word(word), other) for word, _, others in stated for other in _ID.findall(others))
    return _actor(raw_id, names, origin, ids, types, state, place, url, lat, lon), relations, state


def _actor(
    raw_id: str, names: list[str], origin: Origin, ids: Iterable[Code], types: Iterable[str], state: str,
    place: dict[str, Any], url: str, lat: float | None, lon: float | None,
) -> RawActor:  # fmt: skip
    kinds = [("ror", one) for one in types if one]
    kinds += [] if state == "active" else [("ror_status", state)]
    return RawActor(
        raw_id=raw_id, name=names[0], origin=origin,
        other_names=tuple(one for one in dict.fromkeys(names) if one != names[0]),
        ids=(("ror", raw_id), *ids), kinds=tuple(kinds), municipality=values.line(place.get("city")),
        postcode=values.line(place.get("postcode")), country=values.country(values.line(place.get("country"))),
        lat=lat, lon=lon, url=_url(url),
    )  # fmt: skip


def _first(record: dict[str, Any]) -> tuple[list[str], list[Code], dict[str, Any], str]:
    labels = [one.get("label") for one in _dicts(record.get("labels"))]
    names = [record.get("name"), *labels, *_list(record.get("aliases")), *_list(record.get("acronyms"))]
    ids = []
    outer = record.get("external_ids")
    for scheme, told in (outer if isinstance(outer, dict) else {}).items():
        if scheme.lower() in _SCHEMES and isinstance(told, dict):
            ids += _external(scheme.lower(), told)
    address: dict[str, Any] = next(iter(_dicts(record.get("addresses"))), {})
    country = record.get("country")
    code = country.get("country_code") if isinstance(country, dict) else ""
    place = {**{name: address.get(name) for name in ("lat", "lng", "city", "postcode")}, "country": code}
    return _texts(names), ids, place, _texts(_list(record.get("links")))[0] if record.get("links") else ""


def _second(record: dict[str, Any]) -> tuple[list[str], list[Code], dict[str, Any], str]:
    told = _dicts(record.get("names"))
    ordered = sorted(told, key=_prominence)
    ids = [
        code
        for one in _dicts(record.get("external_ids"))
        if (scheme := _word(one.get("type"))) in _SCHEMES
        for code in _external(scheme, one)
    ]
    location: dict[str, Any] = next(iter(_dicts(record.get("locations"))), {})
    details = location.get("geonames_details")
    details = details if isinstance(details, dict) else {}
    place = {"lat": details.get("lat"), "lng": details.get("lng"), "city": details.get("name"),
             "country": details.get("country_code")}  # fmt: skip
    sites = [one.get("value") for one in _dicts(record.get("links")) if one.get("type") == "website"]
    return _texts([one.get("value") for one in ordered]), ids, place, next(iter(_texts(sites)), "")


def _prominence(name: dict[str, Any]) -> tuple[bool, bool]:
    """The name the registry shows first, acronyms last."""
    types = _list(name.get("types"))
    return "ror_display" not in types, "acronym" in types


def _external(scheme: str, told: dict[str, Any]) -> list[Code]:
    """The preferred id of a scheme, else the first."""
    every = _texts([told.get("preferred"), *_list(told.get("all"))])
    return [(scheme, every[0].replace(" ", "") if scheme == "isni" else every[0])] if every else []


def _preferred(told: dict[str, str], scheme: str) -> str:
    upper = {"grid": "GRID", "isni": "ISNI", "wikidata": "Wikidata", "fundref": "FundRef"}[scheme]
    places = [f"external_ids.type.{scheme}.preferred", f"external_ids.type.{scheme}.all"]
    places += [f"external_ids.{upper}.preferred", f"external_ids.{upper}.all"]
    found = _of(told, *places).split(";")[0].strip()
    return found.replace(" ", "") if scheme == "isni" else found


def _checked(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise NotOurs("id", value, "no id of the registry (https://ror.org/0…)")
    return value


def _point(lat: object, lon: object) -> tuple[float | None, float | None]:
    """None for both where either is missing or not on earth: the registry's own mistakes stay out of maps."""
    try:
        return values.degrees(lat, 90.0), values.degrees(lon, 180.0)
    except ValueError:
        return None, None


def _url(told: str) -> str:
    """What is no address of the web is left out: it would become a link."""
    try:
        return values.url(told)
    except ValueError:
        return ""


def _of(told: dict[str, str], *names: str) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _word(value: object) -> str:
    return values.line(value).lower()


def _list(value: object) -> list[Any]:
    """Schema 1 has a single id where schema 2 has a list of one."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, str) and value else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _texts(found: Iterable[object]) -> list[str]:
    return [text for one in found if isinstance(one, str) and (text := values.line(one))]
