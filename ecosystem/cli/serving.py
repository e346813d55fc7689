"""The command that starts the app."""

from __future__ import annotations

import gc
from typing import Annotated

import typer
from rich.markup import escape

from ecosystem.cli.common import Region, app, err, loading
from ecosystem.regions import DEFAULT_REGION, locate


@app.command(epilog="Examples: [bold]ecosystem serve --open[/] · [bold]ecosystem serve ./my-region --port 8060[/]")
def serve(
    region: Region = DEFAULT_REGION,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets the local network in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8050,
    allow_import: Annotated[
        bool,
        typer.Option("--allow-import", help="Let everybody who reaches the app read data in, not only this machine."),
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the default browser.")] = False,
) -> None:
    """Start the dashboard on a region; its bar leads to the other known ones (ECOSYSTEM_DATA)."""
    # what is imported and loaded here stays: to look for garbage among it takes a tenth of the start, and of every
    # look that would come later
    gc.disable()
    from dashboards import server

    server.require_free(host, port)
    folder = locate(region)
    with loading(region) as atlas:
        ready = server.bind(atlas, host, port, folder, allow_import=allow_import)
    gc.freeze()
    gc.enable()
    err.print(f"{escape(atlas.region.name.en)}: [bold]{ready.address}[/]  (Ctrl+C stops it)", highlight=False)
    if open_browser:
        typer.launch(ready.address)
    ready.run()
