"""Small samples of every source in its real format and with its real quirks; what they say is invented.

Each function writes its files into a folder and gives their paths; :data:`SAMPLES` names them for the fuzzer.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# lists of operations

# titles above the header, Windows-1252, German amounts and dates, a total and a footnote below
LIST_CSV = """\
Liste der Vorhaben EFRE Musterland 2021-2027;;;;;;;;;
"Stand: 30.06.2024, gemäß Artikel 49 der Verordnung (EU) 2021/1060";;;;;;;;;
;;;;;;;;;
Name des Begünstigten;Bezeichnung des Vorhabens;Zusammenfassung des Vorhabens;Beginn;Ende;"Gesamtkosten
in €";EU-Mittel;PLZ;Durchführungsort;Interventionsbereich
Technische Hochschule Musterstadt;Wasserstofflabor;"Aufbau eines Labors;
mit ""Prüfstand"" und Schulung";01.01.2023;31.12.2025;1.234.567,89 €;493.827,16 €;01234;Musterstadt;029
Bäckerei Süßkorn GmbH & Co. KG;Energieeffiziente Öfen;Ersatz von Öfen;15.03.2023;30.09.2023;12.500;5.000;04420;Dölitz;038
Stadt Musterstadt;Radweg;;1.4.2023;31.02.2024;99.999,00 €;k. A.;01234;Musterstadt;083
=HYPERLINK("http://böse.example");<b>Fett</b>;;01.05.2023;01.06.2024;-1,00 €;;01234;Musterstadt;083
;Ohne Begünstigten;;01.05.2023;01.06.2024;5,00 €;;01234;Musterstadt;083
Verein Ohne Vorhaben e. V.;;;01.05.2023;01.06.2024;5,00 €;;01234;Musterstadt;083
Summe;;;;;1.347.071,89 €;;;;
"* Beträge gerundet; Quelle: Verwaltungsbehörde";;;;;;;;;
"""


def list_csv(folder: Path) -> list[Path]:
    path = folder / "efre_musterland.csv"
    path.write_bytes(LIST_CSV.encode("cp1252"))
    return [path]


def list_xlsx(folder: Path) -> list[Path]:
    """The header in German, English and French with the languages' names between; Excel's dates; a sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vorhaben"
    sheet["K1"], sheet["L1"] = "Datum der letzten Aktualisierung:", dt.date(2016, 8, 25)
    sheet["A3"] = "Liste der Vorhaben gem. Artikel 115 Abs. 2 i. V. m. Anhang XII der VO (EU) Nr. 1303/2013"
    rows: list[list[Any]] = [
        [],
        ["Name des Begünstigten\n(Nennung nur von juristischen Personen)", "Bezeichnung\ndes Vorhabens",
         "Datum des Beginns des Vorhabens", "Datum des Endes des Vorhabens\n(voraussichtlich)",
         "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens", "Unions-Kofinanzierungssatz\npro Prioritätsachse",
         "Postleitzahl des Vorhabens\noder andere angemessene Standortindikatoren", "Ort\ndes Vorhabens", "Land",
         "Bezeichnung der Interventions-\nkategorie"],
        ["English"],
        ["Beneficiary name\n(only of legal entities)", "Operation name", "Operation start date", "Operation end date",
         "Total eligible expenditure allocated to the operation", "Union co-financing rate,\nas per priority axis",
         "Operation postcode", "Operation city", "Country", "Name of category of intervention"],
        ["Français"],
        ["Nom du bénéficiaire", "Nom de l'opération", "Date de début de l'opération", "Date de fin de l'opération",
         "Total des dépenses éligibles attribué à l'opération", "Taux de cofinancement par l'Union",
         "Code postal de l'opération", "Ville de l'opération", "Pays", "Catégorie d'intervention"],
        ["Bildung Nord gGmbH", "3.2 Bildungsscheck", dt.date(2015, 1, 15), dt.date(2015, 6, 27), 945, 0.5, 80331,
         "München", "Deutschland, Bayern", 106],
        ["Bildung Nord gGmbH", "3.2 Bildungsscheck", dt.date(2015, 1, 15), dt.date(2015, 6, 27), 945, 0.5, 80331,
         "München", "Deutschland, Bayern", 106],
        [],
        ["Akademie Ost e. V.", "3.2 Bildungsscheck", dt.datetime(2015, 5, 4), "31.12.2015", "1.350,50", 0.5, 4420,  # noqa: DTZ001
         "Markranstädt", "Deutschland, Sachsen", 106],
        ["Gesamt", None, None, None, 3240.5],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    book.create_sheet("Hinweise").append(["Alle Angaben ohne Gewähr"])
    path = folder / "esf_liste.xlsx"
    book.save(path)
    return [path]


KOHESIO = """\
Operation_Unique_Identifier,Operation_Name_Programme_Language,Operation_Summary_Programme_Language,Beneficiary_Name,\
Operation_Start_Date,Operation_End_Date,Operation_Total_Eligible_Expenditure_Amount,Operation_EU_Contribution,\
Cofinancing_Rate,Category_Of_Intervention,Fund_Code,NUTS3_Code,Location_Indicator_Latitude,\
Location_Indicator_Longitude,Country
Q1,Laboratoire commun,"Un laboratoire, partagé",Université du Nord,2017-01-01,2019-12-31,250000.00,125000.00,50,060,ERDF,\
FRE11,50.6292,3.0573,France
Q1,Laboratoire commun,"Un laboratoire, partagé",Métropole du Nord,2017-01-01,2019-12-31,250000.00,125000.00,50,060,ERDF,\
FRE11,50.6292,3.0573,France
Q2,Pépinière,,Chambre du Nord,2018-01-01,,80000.5,,50,066,ERDF,FRE11,95.0,3.0573,France
"""

POLISH = """\
Tytuł projektu\tNazwa beneficjenta\tNumer umowy\tWartość projektu\tDofinansowanie UE\tMiejscowość\tKod pocztowy\tData rozpoczęcia
Łaźnia cyfrowa\tPolitechnika Śląska Przykładowa\tRPSL.01\t1 234 567,89\t987 654,31\tGliwice\t44-100\t2017-03-01
"""


def kohesio(folder: Path) -> list[Path]:
    path = folder / "kohesio.csv"
    path.write_text(KOHESIO, encoding="utf-8-sig")
    return [path]


def polish(folder: Path) -> list[Path]:
    path = folder / "lista_projektow.csv"
    path.write_text(POLISH, encoding="utf-16")
    return [path]


# CORDIS

H2020 = {
    "project": """\
"id";"acronym";"status";"title";"startDate";"endDate";"totalCost";"ecMaxContribution";"legalBasis";"topics";"frameworkProgramme";"masterCall";"subCall";"fundingScheme";"objective";"rcn"
"633001";"HYSTEEL";"CLOSED";"Hydrogen in steel";"2015-01-01";"2018-12-31";"1234567,5";"999999,99";"H2020-EU.3.5.";"SC5-13";"H2020";"H2020-SC5";"H2020-SC5-two";"RIA";"First line
second; ""quoted"" line";"190001"
"633002";"WATERS";"SIGNED";"Waters of tomorrow";"2016-05-01";"2019-04-31";"500000";"500000";"";"";"H2020";"";"";"CSA";"";"190002"
"633001";"HYSTEEL";"CLOSED";"Hydrogen in steel";"2015-01-01";"2018-12-31";"1";"1";"";"";"H2020";"";"";"RIA";"";"190001"
""",
    "organization": """\
"projectID";"projectAcronym";"organisationID";"vatNumber";"name";"shortName";"SME";"activityType";"street";"postCode";"city";"country";"nutsCode";"geolocation";"organizationURL";"role";"ecContribution";"netEcContribution";"totalCost";"endOfParticipation"
"633001";"HYSTEEL";"900000001";"DE000000001";"UNIVERSITAET MUSTERSTADT";"UMU";"false";"HES";"Weg 1";"44801";"MUSTERSTADT";"DE";"DEA51";"51.4,7.2";"http://www.umu.example";"coordinator";"250000,25";"200000,25";"250000,25";"false"
"633001";"HYSTEEL";"900000002";"GB000000002";"EXAMPLE STEEL LTD";"";"true";"PRC";"Road 2";"S1 1AA";"SHEFFIELD";"UK";"";"";"";"participant";"100000,5";"";"100000,5";"false"
"633002";"WATERS";"900000001";"DE000000001";"Universität Musterstadt";"UMU";"false";"HES";"Weg 1";"44801";"MUSTERSTADT";"DE";"DEA51";"51.4,7.2";"http://www.umu.example";"participant";"50000";"50000";"50000";"false"
"633002";"WATERS";"900000003";"";"WATER BOARD";"";"false";"PUB";"";"";"ATHINA";"EL";"";"somewhere";"";"participant";"abc";"";"";"false"
"699999";"LOST";"900000003";"";"WATER BOARD";"";"false";"PUB";"";"";"ATHINA";"EL";"";"";"";"participant";"1";"1";"";"false"
"633002";"WATERS";"900000004";"";"";"";"false";"OTH";"";"";"";"XX";"";"";"";"participant";"1";"1";"";"false"
""",
    "euroSciVoc": """\
"projectID";"euroSciVocCode";"euroSciVocPath";"euroSciVocTitle";"euroSciVocDescription"
"633001";"/25/67/413";"/engineering and technology/materials engineering/steel";"steel";""
"633001";"/21/41";"/social sciences/economics";"economics";""
"699999";"/21/41";"/social sciences/economics";"economics";""
""",
    "topics": """\
"projectID";"topic";"title";"rcn"
"633001";"SC5-13-2014";"Raw materials";"1"
""",
    "legalBasis": '"projectID";"legalBasis";"title"\n"633001";"H2020-EU.3.5.";"Climate"\n',
}


def h2020_zip(folder: Path) -> list[Path]:
    path = folder / "cordis-h2020projects-csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in H2020.items():
            archive.writestr(f"csv/{name}.csv", text)
    return [path]


def fp7_csv(folder: Path) -> list[Path]:
    """FP7 as first published: ``id`` for the organisation's number, days before months, empty net contributions."""
    project, organization = folder / "cordis-fp7projects.csv", folder / "cordis-fp7organizations.csv"
    project.write_text(
        "rcn;id;acronym;status;programme;topics;frameworkProgramme;title;startDate;endDate;projectUrl;objective;"
        "totalCost;ecMaxContribution;call;fundingScheme\n"
        "1;200001;OLDNET;FIN;FP7-ICT;ICT-2007;FP7;Old networks;01/02/2008;31/01/2011;;Text;2000000,00;1500000,5;"
        "FP7-ICT-2007-1;CP\n",
        encoding="utf-8-sig",
    )
    organization.write_text(
        "projectRcn;projectID;projectAcronym;role;id;name;shortName;activityType;endOfParticipation;ecContribution;"
        "country;street;city;postCode;organizationUrl\n"
        "1;200001;OLDNET;coordinator;999000001;Institut für Beispiele;IfB;REC;false;750000,25;DE;;Musterstadt;44801;\n"
        "1;200001;OLDNET;participant;;Beispiel AG;;PRC;false;;AT;;Wien;1010;\n",
        encoding="utf-8",
    )
    return [project, organization]


HORIZON = {
    "project": [
        {"id": "101000001", "acronym": "NEWSUN", "title": "New sun", "startDate": "2022-01-01", "endDate": "2025-12-31",
         "totalCost": 3000000.5, "ecMaxContribution": "2500000", "frameworkProgramme": "HORIZON",
         "masterCall": "HORIZON-CL5", "keywords": "solar, roof", "objective": "Mehr Sonne für Görlitz"},
        "no record",
    ],
    "organization": [
        {"projectID": 101000001, "organisationID": 888000001, "name": "Hochschule Görlitz Beispiel",
         "activityType": "HES", "country": "DE", "city": "Görlitz", "postCode": "02826",
         "geolocation": "(51.15,14.99)", "role": "coordinator", "netEcContribution": 1250000, "SME": False,
         "vatNumber": None, "organisationURL": "https://www.beispiel.example"},
    ],
}  # fmt: skip


def horizon_json(folder: Path) -> list[Path]:
    paths = []
    for name, records in HORIZON.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return paths


# ROR

ROR_1: list[dict[str, Any]] = [
    {"id": "https://ror.org/012345601", "name": "Example University", "types": ["Education"], "status": "active",
     "labels": [{"label": "Beispiel-Universität", "iso639": "de"}], "aliases": ["UniBsp"], "acronyms": ["EU"],
     "links": ["https://uni.example"], "country": {"country_code": "DE", "country_name": "Germany"},
     "addresses": [{"lat": 51.45, "lng": 7.01, "city": "Essen", "postcode": None}],
     "external_ids": {"GRID": {"all": "grid.1.2", "preferred": "grid.1.2"},
                      "ISNI": {"all": ["0000 0001 2345 6789"], "preferred": None}},
     "relationships": [{"label": "Institute", "type": "Child", "id": "https://ror.org/012345602"},
                       {"label": "Elsewhere", "type": "Related", "id": "https://ror.org/099999999"}]},
    {"id": "https://ror.org/012345602", "name": "Example Institute", "types": ["Facility"], "status": "inactive",
     "labels": [], "aliases": [], "acronyms": [], "links": [], "country": {"country_code": "DE"},
     "addresses": [{"lat": None, "lng": None, "city": "Essen"}], "external_ids": {},
     "relationships": [{"label": "University", "type": "Parent", "id": "https://ror.org/012345601"}]},
    {"id": "https://ror.org/012345603", "name": "Gone Institute", "types": ["Facility"], "status": "withdrawn",
     "country": {"country_code": "DE"}, "addresses": [], "relationships": []},
    {"id": "https://ror.org/012345601", "name": "Example University", "types": [], "status": "active"},
    {"id": "grid.1.2", "name": "Not ours"},
]  # fmt: skip

ROR_2: list[dict[str, Any]] = [
    {"id": "https://ror.org/012345601", "status": "active", "types": ["education", "funder"],
     "names": [{"lang": None, "types": ["acronym"], "value": "EU"},
               {"lang": "de", "types": ["label"], "value": "Beispiel-Universität"},
               {"lang": "en", "types": ["ror_display", "label"], "value": "Example University"}],
     "links": [{"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/X"},
               {"type": "website", "value": "https://uni.example"}],
     "locations": [{"geonames_id": 1, "geonames_details": {"lat": 51.45, "lng": 7.01, "name": "Essen",
                                                           "country_code": "DE"}}],
     "external_ids": [{"type": "wikidata", "all": ["Q1"], "preferred": None}],
     "relationships": [{"label": "Institute", "type": "child", "id": "https://ror.org/012345602"}]},
    {"id": "https://ror.org/012345602", "status": "active", "types": ["facility"],
     "names": [{"lang": "en", "types": ["ror_display"], "value": "Example Institute"}], "locations": [],
     "relationships": []},
]  # fmt: skip

ROR_CSV = """\
id,names.types.ror_display,names.types.label,names.types.alias,names.types.acronym,types,status,locations.geonames_details.lat,locations.geonames_details.lng,locations.geonames_details.name,locations.geonames_details.country_code,links.type.website,external_ids.type.grid.preferred,external_ids.type.wikidata.all,relationships
https://ror.org/012345601,Example University,de: Beispiel-Universität; en: Example University,,no_lang_code: EU,education; funder,active,51.45,7.01,Essen,DE,https://uni.example,grid.1.2,Q1; Q2,"child: https://ror.org/012345602; related: https://ror.org/099999999"
https://ror.org/012345602,Example Institute,,,,facility,active,,,Essen,DE,,,,parent: https://ror.org/012345601
"""


def ror_1(folder: Path) -> list[Path]:
    path = folder / "v1.json.gz"
    path.write_bytes(gzip.compress(json.dumps(ROR_1, ensure_ascii=False).encode()))
    return [path]


def ror_2(folder: Path) -> list[Path]:
    """As on Zenodo: an archive with both schemas, as JSON and CSV."""
    path = folder / "v1.50-ror-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.50-ror-data.json", json.dumps(ROR_1))
        archive.writestr("v1.50-ror-data.csv", "id,name\n")
        archive.writestr("v1.50-ror-data_schema_v2.json", json.dumps(ROR_2, ensure_ascii=False))
        archive.writestr("v1.50-ror-data_schema_v2.csv", ROR_CSV)
    return [path]


def ror_csv(folder: Path) -> list[Path]:
    path = folder / "ror_schema_v2.csv"
    path.write_text(ROR_CSV, encoding="utf-8")
    return [path]


# other tables

FOERDERKATALOG = """\
FKZ;Ressort;Referat;PT;Arb.-Einh.;Zuwendungsempfänger;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;\
Ausführende Stelle;Gemeindekennziffer;Stadt/Gemeinde;Ort;Bundesland;Staat;Thema;Leistungsplansystematik;\
Klartext Leistungsplansystematik;Laufzeit von;Laufzeit bis;Fördersumme in EUR;Förderprofil;Verbundprojekt;Förderart
="01IS00001A";="BMBF";="511";="PT-X";="A";="Musterholding AG";="05111000";="Düsseldorf, Stadt";="Düsseldorf";\
="Nordrhein-Westfalen";="Deutschland";="Muster Stahl GmbH";="05113000";="Essen, Stadt";="Essen";="Nordrhein-Westfalen";\
="Deutschland";="Teilvorhaben: Ofen";="EB1010";="Stahlforschung";="01.01.2020";="31.12.2022";="123.456,78";\
="Technologie- und Innovationsförderung";="Grüner Ofen";="PDIR"
="01IS00001B";="BMBF";="511";="PT-X";="A";="Universität Muster";="05113000";="Essen, Stadt";="Essen";\
="Nordrhein-Westfalen";="Deutschland";="Universität Muster - Lehrstuhl";="05113000";="Essen, Stadt";="Essen";\
="Nordrhein-Westfalen";="Deutschland";="Teilvorhaben: Modell";="EB1010";="Stahlforschung";="01.01.2020";="30.06.2023";\
="123.456,78";="Technologie- und Innovationsförderung";="Grüner Ofen";="PDIR"
="03XP00002";="BMWK";="2";="PT-Y";="B";="Labor Muster GmbH";="05112000";="Duisburg, Stadt";="Duisburg";\
="Nordrhein-Westfalen";="Deutschland";="Labor Muster GmbH";="05112000";="Duisburg, Stadt";="Duisburg";\
="Nordrhein-Westfalen";="Deutschland";="Einzelvorhaben";="EA";="Batterien";="01.05.2021";="30.04.2024";="1.000,00";\
="Technologie";="";="PDIR"
"""

GEPRIS = """\
Projektnummer,Projekttitel,Institution,Ort,Fachliche Zuordnung,Förderbeginn,Förderende,DFG-Verfahren,Projektbeschreibung
123456,Bögen und Brücken,Universität Muster,Essen,Bauingenieurwesen,2019,2023,Sachbeihilfen,Über Bögen
"""

WIKIDATA = """\
item,itemLabel,coord,placeLabel,countryLabel,website,ror,typeLabel
http://www.wikidata.org/entity/Q900001,Beispielinstitut,Point(7.0131 51.4508),Essen,Deutschland,https://www.institut.example,,Forschungsinstitut
http://www.wikidata.org/entity/Q900002,Beispielwerk,,Bochum,Deutschland,kein Netz,,Unternehmen
"""

OPENALEX = """\
id,ror,display_name,display_name_acronyms,display_name_alternatives,type,country_code,geo.city,geo.latitude,geo.longitude,homepage_url,works_count
https://openalex.org/I900001,https://ror.org/012345601,Example University,EU,Beispiel-Universität|Uni Beispiel,education,DE,Essen,51.450,7.010,https://uni.example,1.234
"""


def foerderkatalog(folder: Path) -> list[Path]:
    path = folder / "Suchliste.csv"
    path.write_bytes(FOERDERKATALOG.encode("cp1252"))
    return [path]


def _text_file(name: str, text: str) -> Callable[[Path], list[Path]]:
    def write(folder: Path) -> list[Path]:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return [path]

    return write


gepris = _text_file("gepris.csv", GEPRIS)
wikidata = _text_file("query.csv", WIKIDATA)
openalex = _text_file("institutions.csv", OPENALEX)

# graphs

GEXF = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node"><attribute id="0" title="Ort" type="string"/>
      <attribute id="1" title="sector" type="string"><default>industry</default></attribute>
      <attribute id="2" title="Größe" type="integer"/></attributes>
    <attributes class="edge"><attribute id="0" title="relation" type="string"/>
      <attribute id="1" title="since_year" type="integer"/></attributes>
    <nodes>
      <node id="n0" label="Werk &amp; Söhne"><attvalues><attvalue for="0" value="Essen"/></attvalues>
        <viz:color r="1" g="2" b="3"/></node>
      <node id="n1" label="Institut"><attvalues><attvalue for="0" value="Bochum"/><attvalue for="1" value="science"/>
        <attvalue for="2" value="5"/></attvalues></node>
      <node id="n1" label="Institut noch einmal"/>
      <node id="7" label=""/>
    </nodes>
    <edges>
      <edge id="e0" source="n0" target="n1" weight="2"><attvalues><attvalue for="0" value="funds"/>
        <attvalue for="1" value="2019"/></attvalues></edge>
      <edge id="e1" source="n0" target="n9"/>
      <edge id="e2" source="n0" target="n0"/>
    </edges>
  </graph>
</gexf>
"""

GRAPHML = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d0" for="node" attr.name="Stadt" attr.type="string"/>
  <key id="d1" for="edge" attr.name="label" attr.type="string"/>
  <key id="d2" for="node" yfiles.type="nodegraphics"/>
  <graph edgedefault="undirected">
    <node id="n0"><data key="d0">Essen</data><data key="d2"><y:ShapeNode><y:NodeLabel>Werk</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1"><data key="d2"><y:ShapeNode><y:NodeLabel>Institut</y:NodeLabel></y:ShapeNode></data></node>
    <edge source="n0" target="n1"><data key="d1">kooperiert</data></edge>
  </graph>
</graphml>
"""

GEPHI_NODES = "Id,Label,timeset,Ort,Typ\n1,Werk,,Essen,Unternehmen\n2,Institut,,Bochum,Forschung\n"
GEPHI_EDGES = "Source,Target,Type,Id,Label,timeset,Weight\n1,2,Undirected,0,liefert,,1.0\n1,3,Undirected,1,,,1.0\n"
KUMU_ELEMENTS = "Label,Type,Description,Tags\nWerk,Unternehmen,Ein Werk,Stahl|Wasserstoff\nInstitut,Forschung,,\n"
KUMU_CONNECTIONS = "From,To,Direction,Type\nWerk,Institut,mutual,cooperates with\n"

gexf = _text_file("netz.gexf", GEXF)
graphml = _text_file("netz.graphml", GRAPHML)


def gephi(folder: Path) -> list[Path]:
    return [*_text_file("edges.csv", GEPHI_EDGES)(folder), *_text_file("nodes.csv", GEPHI_NODES)(folder)]


def kumu(folder: Path) -> list[Path]:
    book = openpyxl.Workbook()
    for name, text in (("Elements", KUMU_ELEMENTS), ("Connections", KUMU_CONNECTIONS)):
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(","))
    del book["Sheet"]
    path = folder / "kumu.xlsx"
    book.save(path)
    return [path]


# OpenDocument


def cell(text: str, repeated: int = 1) -> str:
    more = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods(path: Path, sheets: dict[str, list[list[str]] | str]) -> Path:
    """A spreadsheet as LibreOffice writes it, in little: sheets of rows of texts, or of their XML."""
    tables = ""
    for name, rows in sheets.items():
        xml = rows if isinstance(rows, str) else "".join(
            f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows
        )  # fmt: skip
        tables += f'<table:table table:name="{name}">{xml}</table:table>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def list_ods(folder: Path) -> list[Path]:
    rows = [["Begünstigte", "Vorhaben", "Gesamtkosten"], ["Verein", "Plan", "1.234,50"], ["Verein", "Bau", "2,00"]]
    return [ods(folder / "liste.ods", {"Liste": rows})]


SAMPLES: dict[str, tuple[str, Callable[[Path], list[Path]]]] = {
    name: (kind, one)
    for kind, name, one in (
        ("operations", "list_csv", list_csv), ("operations", "list_xlsx", list_xlsx),
        ("operations", "list_ods", list_ods), ("operations", "kohesio", kohesio), ("operations", "polish", polish),
        ("cordis", "h2020_zip", h2020_zip), ("cordis", "fp7_csv", fp7_csv), ("cordis", "horizon_json", horizon_json),
        ("ror", "ror_1", ror_1), ("ror", "ror_2", ror_2), ("ror", "ror_csv", ror_csv),
        ("table", "foerderkatalog", foerderkatalog), ("table", "gepris", gepris), ("table", "wikidata", wikidata),
        ("table", "openalex", openalex), ("graph", "gexf", gexf), ("graph", "graphml", graphml),
        ("graph", "gephi", gephi), ("graph", "kumu", kumu),
    )
}  # fmt: skip
"""Name → kind of reader and the function that writes the files."""
