"""The commands for a workshop: open or resume a room, delete one."""

from __future__ import annotations

import os
import secrets
import socket
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ecosystem.cli.common import Region, app, err, loading, out
from ecosystem.regions import DEFAULT_REGION

if TYPE_CHECKING:
    from ecosystem.workshop import Database, Room

SECRET = "ECOSYSTEM_OPERATOR_SECRET"  # noqa: S105 -- the name of a variable
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- phones in the room have to reach it
# never answers (RFC 5737); nothing is sent there either: the system only says which way it would go
ELSEWHERE = ("192.0.2.1", 9)

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="ECOSYSTEM_DATABASE",
        help="Where rooms are kept: sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME.",
        show_default="a file in your data folder",
    ),
]


@app.command(
    epilog="Examples: [bold]ecosystem workshop ruhr[/] · [bold]ecosystem workshop --resume K7MQ2X[/] · "
    "[bold]ecosystem workshop --host 127.0.0.1 --code TRYOUT[/]\n\nThe operator's secret is taken from "
    "ECOSYSTEM_OPERATOR_SECRET, or made up and shown once."
)
def workshop(
    region: Region = DEFAULT_REGION,
    host: Annotated[
        str, typer.Option(help="Address to listen on.", show_default="0.0.0.0: the local network may join")
    ] = "",
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535, show_default="8050")] = None,
    database: DatabaseOption = "",
    resume: Annotated[str, typer.Option(metavar="CODE", help="Go on with the room of this code.")] = "",
    code: Annotated[str, typer.Option(help="Code of a new room.", show_default="made up")] = "",
    address: Annotated[
        str, typer.Option(help="Where phones find this machine, e.g. http://192.168.178.20:8050.", show_default="found")
    ] = "",
) -> None:
    """Open a room in which people propose with their phones what the region is missing; the dashboard runs beside."""
    from dashboards import server
    from dashboards.room.hall import Hall
    from ecosystem.errors import WorkshopError
    from ecosystem.workshop import Database
    from ecosystem.workshop import resume as resumed

    rooms = Database.open(database)
    secret = os.environ.get(SECRET, "")
    shown = ""
    if resume:
        if code:
            raise WorkshopError("--code is for a new room, --resume for one that is there. Give one of them.")
        room = resumed(rooms, resume, secret)
        host, port, region = host or room.host, port or room.port, region if region != DEFAULT_REGION else room.region
        server.require_free(host, port)
    else:
        host, port = host or EVERYWHERE, port or 8050
        server.require_free(host, port)
        shown = "" if secret else secrets.token_urlsafe(9)
        room = None
    with loading(region) as atlas:
        if room is None:
            room = _opened(rooms, atlas.region.region_id, atlas.version, atlas.region.name.de, secret or shown,
                           host, port, code, address or _address(host, port))  # fmt: skip
        elif room.region != atlas.region.region_id:
            raise WorkshopError(
                f"Room {room.code} is about “{room.region}”, not “{atlas.region.region_id}”. Name its region."
            )
        hall = Hall(rooms, atlas, room.code, apart=True)
        ready = server.bind(atlas, host, port, hall=hall)
    _tell(room, shown, secret)
    if room.base != atlas.version:
        unfit = hall.lookout.at(hall.standing(hall.pulse()).scenario.steps).unfit
        err.print(f"The data are newer than the room ({room.base} → {atlas.version}); {len(unfit)} step(s) do not fit.")
        for one in unfit:
            err.print("  " + escape(one.sentence()), highlight=False)
    ready.run()


def _opened(
    rooms: Database, region: str, base: str, title: str, secret: str, host: str, port: int, code: str, address: str
) -> Room:
    from ecosystem.workshop import open_room

    return open_room(
        rooms, region=region, base=base, title=title, secret=secret, host=host, port=port, address=address, code=code
    )


def _tell(room: Room, shown: str, secret: str) -> None:
    err.print(f"Room [bold]{room.code}[/]: [bold]{room.address}/r/{room.code}[/]  (Ctrl+C stops it)", highlight=False)
    err.print(f"Operator: {room.address}/r/{room.code}/operator · projector: {room.address}/r/{room.code}/screen",
              highlight=False)  # fmt: skip
    if shown:
        err.print(f"Operator's secret, shown this once: [bold]{escape(shown)}[/]", highlight=False)
    elif secret:
        err.print(f"Operator's secret: the one in {SECRET}", highlight=False)
    else:
        err.print("Operator's secret: the one shown when the room was opened", highlight=False)
    err.print(f"Go on after a stop: ecosystem workshop --resume {room.code}", highlight=False)


def _address(host: str, port: int) -> str:
    """Where phones find this machine: its address on the way to the network, else itself."""
    named = host
    if host in {"", EVERYWHERE, "::"}:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(ELSEWHERE)
                named = str(probe.getsockname()[0])
            except OSError:
                named = "127.0.0.1"
    return f"http://[{named}]:{port}" if ":" in named else f"http://{named}:{port}"


@app.command(
    "workshop-delete",
    epilog="Example: [bold]ecosystem workshop-delete K7MQ2X[/]",
)
def workshop_delete(
    code: Annotated[str, typer.Argument(help="Code of the room.", metavar="CODE")],
    database: DatabaseOption = "",
) -> None:
    """Delete a room with everything in it, for good."""
    from ecosystem.workshop import Database, delete_room

    rooms = Database.open(database)
    delete_room(rooms, code)
    rooms.close()
    out.print(f"Room {escape(code.upper())} and everything in it is deleted.", highlight=False)
