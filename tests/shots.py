"""Screenshots of every page × size × language × theme, to be looked at: ``poe shots [folder]``."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from chromium import executable, launched, served

from dashboards.server import application
from ecosystem.scenario import Action, Scenario, Step, pack

SIZES = {"1920": (1920, 1080), "1024": (1024, 768)}
# a tie, an actor that leaves, a joint project
STEPS = pack(
    Scenario(
        "ruhr",
        "",
        "Mehr Brücken",
        ("Alle wollen mitmachen",),
        (
            Step(
                Action.ADD,
                "ties",
                cells={
                    "source_actor_id": "universitaet-duisburg-essen",
                    "relation": "cooperates_with",
                    "target_actor_id": "solvay-chemicals-gmbh",
                },
                author="Tisch 3",
                reason="treffen sich ohnehin",
            ),
            Step(Action.REMOVE, "actors", "wirtschaftsfoerderungsgesellschaft-fuer-den-kreis-unna-mbh"),
            Step(
                Action.FUND,
                cells={
                    "title": "Wasserstoff regional",
                    "fields": "green",
                    "partners": "stadt-essen|stadt-bochum|ruhr-universitaet-bochum|duisburger-hafen-ag",
                },
            ),
        ),
    )
)
VIEWS = {
    "overview": "?",
    "network": "netz?",
    "network-map": "netz?mix=0&",
    "network-place": "netz?lvl=place&col=cluster&",
    "network-round": "netz?lay=places&",
    "network-actors": "netz?lvl=actor&col=cluster&",
    "network-open": "netz?open=cell:05911.health&",
    "network-marks": "netz?lvl=actor&br=1&stab=1&",
    "network-way": "netz?way=ruhr-universitaet-bochum~duisburger-hafen-ag&",
    "network-years": "netz?y=2015-2026&nd=0&val=q&",
    "network-focus": "netz?lvl=actor&col=cluster&focus=actor:ruhr-universitaet-bochum&",
    "network-table": "netz?tab=1&f=logistics&",
    "network-empty": "netz?f=health&r=05978004&s=politics&",
    "overview-evidence": "?mp=evidence&f=logistics&",
    "overview-table": "?tab=1&",
    "polycentric": "polyzentrik?",
    "polycentric-commuters": "polyzentrik?com=1&ms=share&",
    "polycentric-fields": "polyzentrik?part=fields&min=2&",
    "polycentric-measures": "polyzentrik?part=measures&",
    "polycentric-gini": "polyzentrik?part=measures&ix=effective_centres&un=municipality&f=green&",
    "polycentric-clusters": "polyzentrik?part=clusters&",
    "polycentric-table": "polyzentrik?tab=1&",
    "polycentric-lq": "polyzentrik?ms=lq&sel=cell:05913.logistics&",
    "polycentric-cluster": "polyzentrik?un=municipality&cl=c03&",
    "specialisation": "spezialisierung?",
    "specialisation-cell": "spezialisierung?sel=cell:05112.logistics&sort=similarity&",
    "specialisation-intervals": "spezialisierung?ci=1&sort=size&",
    "specialisation-municipalities": "spezialisierung?un=municipality&sort=size&",
    "specialisation-related": "spezialisierung?part=related&",
    "specialisation-nearest": "spezialisierung?part=nearest&pl=05911&",
    "specialisation-indices": "spezialisierung?part=indices&",
    "specialisation-helix": "spezialisierung?part=helix&",
    "specialisation-table": "spezialisierung?tab=1&",
    "coordination": "abstimmung?",
    "coordination-pair": "abstimmung?pair=05112.05562&",
    "coordination-municipality": "abstimmung?un=municipality&fd=health&",
    "coordination-table": "abstimmung?tab=1&call=Logistik.NRW&",
    "consortium": "konsortium?fd=green&",
    "consortium-call": "konsortium?fd=logistics&call=Logistik.NRW&k=4&pin=universitaet-duisburg-essen&",
    "scenario": "szenario?",
    "scenario-steps": f"szenario?sc={STEPS}&",
    "scenario-near": f"szenario?sc={STEPS}&gr=map&vp=near&un=municipality&",
    "scenario-table": f"szenario?sc={STEPS}&tab=1&",
    "projector-scenario": f"szenario?bm=1.25&sc={STEPS}&",
    "projector-coordination": "abstimmung?bm=1.25&",
    "projector-consortium": "konsortium?bm=1.25&",
    "data": "daten?",
    "import": "einlesen?",
    "compare": "vergleich?",
    "compare-table": "vergleich?tab=1&un=municipality&",
    "region": "polyzentrik?rg=toy&",
    "region-unknown": "netz?rg=atlantis&",
    "projector-compare": "vergleich?bm=1.25&",
    "methods": "methode?",
    "methods-specialisation": "methode?part=specialisation&",
    "methods-polycentricity": "methode?part=polycentricity&",
    "accessibility": "barrierefreiheit?",
    "filters": "netz?f=logistics,digital&y=2008-2015&ev=2&",
    "projector-network": "netz?bm=1.25&",
    "projector-actors": "netz?bm=1.25&lvl=actor&col=cluster&",
    "story": "story?",
    "story-step": "polyzentrik?ms=lq&step=3&",
    "projector-story": "netz?bm=1.25&f=logistics&col=place&mix=0&step=5&",
    "projector-polycentric": "polyzentrik?bm=1&ms=lq&",
    "projector-fields": "polyzentrik?bm=1.25&part=fields&",
    "projector-measures": "polyzentrik?bm=1.25&part=measures&",
    "projector-overview": "?bm=1&",
    "projector-specialisation": "spezialisierung?bm=1.25&",
    "projector-specialisation-related": "spezialisierung?bm=1.25&part=related&",
    "projector-specialisation-helix": "spezialisierung?bm=1.25&part=helix&",
}


def main(folder: str = "shots", only: str = "", languages: str = "de,en", themes: str = "light,dark") -> None:
    """Write the pictures to ``folder``; ``only`` keeps the views whose name contains it."""
    out = Path(folder)
    out.mkdir(exist_ok=True)
    app = application()
    # pictures show regions, not how they are read
    app.regions.ask("toy", 600.0)
    path = executable()
    if path is None:
        sys.exit("No Chromium: install Debian's chromium or set CHROMIUM to its path.")
    with served(app) as address, launched(path) as browser:
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.on("console", lambda message: print(message.type, message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: print("pageerror", error))
            for (name, view), language, theme in itertools.product(
                VIEWS.items(), languages.split(","), themes.split(",")
            ):
                if only not in name:
                    continue
                page.goto(f"{address}{view}lang={language}&theme={theme}")
                page.wait_for_selector("#content h1, #content .nothing")
                if "compare" in name:
                    page.wait_for_selector(".sides-table", state="attached", timeout=120_000)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1200)
                page.screenshot(path=out / f"{name}-{size}-{language}-{theme}.png")


if __name__ == "__main__":
    if any(one.startswith("-") for one in sys.argv[1:]):
        sys.exit("usage: shots.py [FOLDER] [ONLY] [LANGUAGES] [THEMES]")
    main(*sys.argv[1:])
