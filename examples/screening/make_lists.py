"""Writes lists/: small invented lists in each real layout. `python make_lists.py`.

Every ship, person, firm and number is invented; IMO numbers have valid check digits.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

HERE = Path(__file__).parent / "lists"
EU = [
    "fileGenerationDate",
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_UnitedNationId",
    "Entity_DesignationDate",
    "Entity_DesignationDetails",
    "Entity_Remark",
    "Entity_SubjectType",
    "Entity_SubjectType_ClassificationCode",
    "Entity_Regulation_PublicationDate",
    "Entity_Regulation_Programme",
    "NameAlias_LastName",
    "NameAlias_FirstName",
    "NameAlias_MiddleName",
    "NameAlias_WholeName",
    "Address_CountryIso2Code",
]
UK = ["Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1",
      "Name 2", "Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title",
      "Name non-latin script", "Regime Name", "Individual, Entity, Ship", "Other Information",
      "Address Country", "Date Designated", "Nationality(/ies)", "IMO number",
      "Current believed flag of ship", "Previous flags", "Type of ship"]  # fmt: skip


def main() -> None:
    """Write every list."""
    null = "-0- "
    write("ofac/SDN.CSV", [
        [90001, "AMBER TERN", "vessel", "EXAMPLE1] [EXAMPLE2", null, "5LXX9",
         "Crude Oil Tanker", null, null, "Liberia", null,
         "Former Vessel Flag Panama; Vessel Registration Identification IMO 9100009; "
         "MMSI 636021440."],
        [90002, "MARENKO, Yuriy Olegovich", "individual", "EXAMPLE1", null, null, null, null,
         null, null, null, "DOB 02 Jan 1961; nationality Russia."],
    ])  # fmt: skip
    write("ofac/ALT.CSV", [[90001, 70001, "fka", "GREY HERON", null]])
    write("ofac/ADD.CSV", [[90002, 80001, null, "Port Example", "Russia", null]])
    row = ["2026-05-20", "5001", "EU.5001.1", "", "2025-02-24", "", "", "enterprise", "E",
           "2025-02-24", "EXA", "", "", "", "Halcyon Bunkering LLC", "AE"]  # fmt: skip
    write("eu.csv", [EU, row], delimiter=";")
    ship = dict.fromkeys(UK, "") | {
        "Unique ID": "EXA0001", "Name 6": "CEDAR LARK", "Name type": "Primary Name",
        "Regime Name": "Example", "Individual, Entity, Ship": "Ship", "IMO number": "9200005",
        "Date Designated": "15/06/2026", "Type of ship": "Bulk Carrier",
        "Current believed flag of ship": "Panama",
    }  # fmt: skip
    write("uk.csv", [["Report Date: 20-Jun-2026"], UK, [ship[c] for c in UK]])
    sanction = {
        "schema": "Sanction",
        "properties": {
            "program": ["Example"],
            "startDate": ["2024-01-10"],
            "endDate": ["2026-01-10"],
        },
    }
    entity = {"id": "ex-1", "caption": "Opal Terrace", "schema": "Vessel", "target": True,
              "first_seen": "2024-01-11T00:00:00", "last_seen": "2026-05-30T00:00:00",
              "properties": {"name": ["Opal Terrace"], "imoNumber": ["IMO9300001"],
                             "flag": ["pa"], "sanctions": [sanction]}}  # fmt: skip
    (HERE / "opensanctions.json").write_text(json.dumps(entity) + "\n", "utf-8")
    (HERE / "own.csv").write_text(
        "# Our own watch list, 2026-05-01\nname,imo,former_names,flag,programme,listed_on\n"
        "Doric Pennant,9400007,Old Pennant|Pennant II,TUR,watch,2026-04-01\n",
        "utf-8",
    )


def write(name: str, rows: list[list[object]] | list[list[str]], delimiter: str = ",") -> None:
    """One CSV file."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


if __name__ == "__main__":
    main()
