"""AIS files of every format to positions, and into a lake."""
# ruff: noqa: E501

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import zstandard

from masthead.errors import SourceError
from masthead.tracks.lake import Lake, is_lake, write_positions
from masthead.tracks.load import import_files, read_positions
from masthead.tracks.load.sentences import checksum, stamp
from masthead.tracks.positions import SCHEMA, in_order, is_in_order
from tracks.ships import START, sail

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "tracks"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not there")

OLD = """\
MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass
211000001,2026-03-01T00:00:05,30.5,-40.25,12.3,90.1,91,GREEN HERON,IMO9074729,DABC,70,0,180,30,9.5,70,A
211000001,2026-03-01T00:01:05,30.5,-40.20,102.3,360.0,511,GREEN HERON,IMO9074729,DABC,70,15,180,30,9.5,70,A
211000001,2026-03-01T00:01:05,30.5,-40.20,102.3,360.0,511,GREEN HERON,IMO9074729,DABC,70,15,180,30,9.5,70,A
311000002,2026-03-02T00:00:00,91.0,181.0,1.0,1.0,1,,,,,,,,,,B
311000002,2026-03-02T00:00:01,10.0,20.0,-0.1,-4.5,,"BLUE, TERN",,,37,,14,,,,B
99,yesterday,10.0,20.0,1.0,1.0,1,,,,,,,,,,B
311000002,2026-03-02T00:00:02,10.0,200.0,1.0,1.0,1,,,,,,,,,,B
x,2026-03-02T00:00:02,10.0,20.0,1.0,1.0,1,,,,,,,,,,B
311000002,2026-03-02T00:00:03,0,0,1.0,1.0,1,,,,,,,,,,B
311000002,2026-03-02T00:00
"""

NEW = """\
mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,vessel_type,status,length,width,draft,cargo,transceiver
211000001,2026-03-01 00:00:05,-40.25,30.5,12.3,90.1,91.0,GREEN HERON,IMO9074729,DABC,70,0,180,30,9.5,70,A
"""


def nmea(payload: str, *, fill: int = 0, tag: str = "", parts: str = "1,1,") -> str:
    """A sentence with its checksum, and a tag block if one is given."""
    body = f"AIVDM,{parts},A,{payload},{fill}"
    head = f"\\{tag}*{checksum(tag.encode()):02X}\\" if tag else ""
    return f"{head}!{body}*{checksum(body.encode()):02X}"


CLASS_A = "15M67FC000G?ufbE`FepT@3n00Sa"  # MMSI 366053209, 37.80° N 122.34° W
STATIC = ("55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8", "88888888880")
SECONDS = 1_772_323_200  # 2026-03-01 00:00 UTC


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


def test_marinecadastre_values_and_reasons(tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(OLD)
    report = import_files([file], tmp_path / "lake")
    assert (report.rows, report.positions, report.duplicates, report.ships) == (10, 3, 1, 2)
    assert report.days == (date(2026, 3, 1), date(2026, 3, 2))
    assert report.rejects == {
        "position not available (latitude 91 or longitude 181)": 1,
        "time missing or not readable": 1,
        "latitude or longitude is not on Earth": 1,
        "MMSI missing or not a number": 1,
        "position is exactly 0, 0, as a receiver without a fix gives": 1,
        "fewer fields than the header has": 1,
    }
    assert {r.where for r in report.first_rejects} >= {"line 5", "line 11"}
    first, second, third = Lake(tmp_path / "lake").scan().collect().iter_rows(named=True)
    assert first["t"] == datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC)
    assert (first["lat"], first["lon"], first["heading"], first["status"]) == (30.5, -40.25, 91, 0)
    assert [second[n] for n in ("sog", "cog", "heading", "status")] == [None] * 4
    assert [third[n] for n in ("sog", "cog", "heading", "status")] == [None] * 4
    heron, tern = Lake(tmp_path / "lake").identities().iter_rows(named=True)
    assert (heron["name"], heron["imo"], heron["length_m"]) == ("GREEN HERON", 9074729, 180)
    assert heron["last"] == datetime(2026, 3, 1, 0, 1, 5, tzinfo=UTC)
    assert tern["name"] == "BLUE, TERN"
    rejects = pl.read_ndjson(tmp_path / "lake" / "rejects.jsonl")
    assert rejects.height == sum(report.rejects.values())
    assert rejects.columns == ["path", "where", "reason", "sample"]


def test_both_generations_agree(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("\n".join(OLD.splitlines()[:2]))
    new.write_text(NEW)
    assert read_positions(old).equals(read_positions(new))
    assert dict(read_positions(old).schema) == SCHEMA


def test_packed_files_read_alike(tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_text(OLD)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(OLD.encode()))
    (tmp_path / "a.csv.zst").write_bytes(zstandard.compress(OLD.encode()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/a.csv", OLD)
        archive.writestr("__MACOSX/._a.csv", b"junk")
    write_positions(read_positions(plain), tmp_path / "a.parquet")
    files = [plain, *(tmp_path / n for n in ("a.csv.gz", "a.csv.zst", "a.zip", "a.parquet"))]
    for file in files:
        assert read_positions(file).equals(read_positions(plain)), file.name
    report = import_files(files, tmp_path / "lake")
    assert report.positions == 3, "the same positions from five files are stored once"


def test_taking_a_file_again_adds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(OLD)
    import_files([file], tmp_path / "lake")
    before = Lake(tmp_path / "lake").digest()
    copy = tmp_path / "b.csv"
    copy.write_text(OLD)
    again = import_files([file, copy], tmp_path / "lake")
    assert (again.positions, again.rows, len(again.skipped_files)) == (0, 0, 2)
    copy.write_text(OLD.replace("\n", "\r\n"))
    assert import_files([copy], tmp_path / "lake").positions == 0
    assert Lake(tmp_path / "lake").digest() == before


def test_own_columns_and_separators(tmp_path: Path) -> None:
    file = write(tmp_path / "own.csv", "ship;when;y;x;v", "211000001;1772323200;30.5;-40.25;7")
    columns = {"mmsi": "ship", "t": "when", "lat": "y", "lon": "x", "sog": "v"}
    assert read_positions(file, columns).row(0)[1:5] == (START, 30.5, -40.25, 7.0)
    with pytest.raises(SourceError, match="its columns are not known"):
        read_positions(file)
    with pytest.raises(SourceError, match="no column 'boat' for mmsi"):
        read_positions(file, {**columns, "mmsi": "boat"})


def test_days_are_sorted_and_a_track_may_lie_in_many_files(tmp_path: Path) -> None:
    whole = sail(211000001, [(0, 0.5, 1.0), (50, 5.0, 1.0)])
    parts = [whole[i::3].sample(fraction=1.0, shuffle=True, seed=i) for i in range(3)]
    for n, part in enumerate(parts):
        write_positions(part, tmp_path / f"{n}.parquet")
    import_files(sorted(tmp_path.glob("*.parquet"), reverse=True), tmp_path / "lake")
    lake = Lake(tmp_path / "lake")
    assert lake.days() == [date(2026, 3, n) for n in (1, 2, 3)]
    assert in_order(lake.scan().collect()).equals(whole)
    assert lake.ships() == [211000001]
    assert is_lake(lake.path)


def test_a_killed_import_leaves_whole_days_and_is_made_good(tmp_path: Path) -> None:
    rng = np.random.default_rng(8)
    files = []
    for n in range(6):
        whole = pl.concat(
            [sail(211000000 + 10 * n + k, [(k, 0.5, 1.0), (70, 9.0, 1.0)], 1) for k in range(6)]
        )
        write_positions(whole, tmp_path / f"{n}.parquet")
        files.append(tmp_path / f"{n}.parquet")
    straight = tmp_path / "straight"
    import_files(files, straight)
    lake = tmp_path / "lake"
    program = (
        "import sys; from masthead.tracks.load import import_files; print('ready', flush=True)\n"
        "for file in sys.argv[2:]: import_files([file], sys.argv[1])"
    )
    for _ in range(3):
        run = subprocess.Popen(
            [sys.executable, "-c", program, lake, *files], stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(rng.uniform(0.05, 0.6))
        run.kill()
        run.wait()
        run.stdout.close()
        if is_lake(lake):
            for day in Lake(lake).days():
                assert is_in_order(Lake(lake).scan([day]).collect())
    import_files(files, lake)
    assert in_order(Lake(lake).scan().collect()).equals(in_order(Lake(straight).scan().collect()))
    assert not list(lake.rglob("*.tmp"))


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        (nmea(CLASS_A, tag=f"s:1,c:{SECONDS}"), 0),
        (nmea(CLASS_A, tag=f"c:{SECONDS}250,s:1"), 250),
        (nmea(CLASS_A, tag=f"s:1,c:{SECONDS},t:{SECONDS + 60}"), 0),
        (f"{SECONDS} {nmea(CLASS_A)}", 0),
        (f"{SECONDS}.5,{nmea(CLASS_A)}", 500),
        (f"2026-03-01T00:00:00Z {nmea(CLASS_A)}", 0),
        (f"[2026-03-01 02:00:00.250+02:00] {nmea(CLASS_A)}", 250),
        (f"20260301 000000 {nmea(CLASS_A)}", 0),
        (f"{nmea(CLASS_A)},r003669945,{SECONDS}", 0),
    ],
)
def test_time_stamps_as_loggers_write_them(tmp_path: Path, line: str, moment: int) -> None:
    (row,) = read_positions(write(tmp_path / "a.nmea", line)).iter_rows(named=True)
    assert row["mmsi"] == 366053209
    assert (row["t"] - START).total_seconds() * 1000 == moment


def test_what_is_wrong_with_a_sentence_is_said(tmp_path: Path) -> None:
    good = nmea(CLASS_A, tag=f"c:{SECONDS}")
    file = write(
        tmp_path / "a.nmea",
        good,
        nmea(CLASS_A),
        good[:-2] + "00",
        f"{SECONDS} !AIVDM,1,1,,A,{CLASS_A}*00",
        nmea(CLASS_A[:12], tag=f"c:{SECONDS}"),
        nmea(STATIC[0], tag=f"c:{SECONDS}", parts="2,1,7"),
        f"{SECONDS} {nmea('~' + CLASS_A[1:])}",
        "some words",
        nmea("177KQJ5000G?tO`K>RA1wUbN0TKH"[:20] + "~~" + "0" * 6, tag=f"c:{SECONDS}"),
    )
    report = import_files([file], tmp_path / "lake")
    assert report.positions == 1
    assert report.rejects == {
        "no time stamp: neither the logger nor a base station says when": 1,
        "checksum of the sentence does not match": 1,
        "sentence is cut short or has a wrong number of fields": 1,
        "message of type 1 is cut short": 1,
        "not all parts of the message are there": 1,
        "no AIVDM or AIVDO sentence in the line": 1,
        "payload has a character that AIS does not use": 1,
    }


@pytest.mark.parametrize("tagged", [True, False])
def test_messages_in_two_parts(tmp_path: Path, tagged: bool) -> None:
    tags = (f"g:1-2-99,s:1,c:{SECONDS}", "g:2-2-99") if tagged else ("", "")
    stamps = ("", "") if tagged else (f"{SECONDS} ", f"{SECONDS} ")
    between = nmea(CLASS_A, tag=f"c:{SECONDS}")
    file = write(
        tmp_path / "a.nmea",
        stamps[0] + nmea(STATIC[0], tag=tags[0], parts="2,1,3"),
        between,
        stamps[1] + nmea(STATIC[1], fill=2, tag=tags[1], parts="2,2,3"),
    )
    import_files([file], tmp_path / "lake")
    (ship,) = Lake(tmp_path / "lake").identities().iter_rows(named=True)
    assert (ship["mmsi"], ship["imo"], ship["ship_type"]) == (351759000, 9134270, "70")
    assert ship["name"] == "EVER DIADEM"
    assert ship["first"] == START


def test_a_base_station_gives_the_time_where_no_logger_did(tmp_path: Path) -> None:
    from pyais import encode_dict

    clock = encode_dict({"msg_type": 4, "mmsi": 2115000, "year": 2026, "month": 3, "day": 1,
                         "hour": 0, "minute": 0, "second": 2})[0]  # fmt: skip
    ship = encode_dict({"msg_type": 1, "mmsi": 211000001, "lat": 54.0, "lon": 8.0, "second": 58})[0]
    early, late = read_positions(write(tmp_path / "a.nmea", clock, ship)), nmea(CLASS_A)
    assert early["t"][0] == datetime(2026, 2, 28, 23, 59, 58, tzinfo=UTC)
    assert read_positions(write(tmp_path / "b.nmea", late, clock)).is_empty()


def test_stamp_takes_no_noise_for_a_time() -> None:
    assert stamp(b"17:03 receiver 4 ") is None
    assert stamp(b"2026-13-41T00:00:00Z") is None


def test_files_that_are_no_ais_data(tmp_path: Path) -> None:
    words = write(tmp_path / "README", "Some words about the files.")
    with pytest.raises(SourceError, match="README: is no AIS data"):
        import_files([words], tmp_path / "lake")
    good = tmp_path / "a.csv"
    good.write_text(OLD)
    report = import_files([good, words], tmp_path / "lake")
    assert report.files == 1
    assert any(r.where == "file" for r in report.first_rejects)
    with pytest.raises(SourceError, match="no such file or folder"):
        import_files([tmp_path / "nowhere.csv"], tmp_path / "lake")
    with pytest.raises(SourceError, match="neither a lake nor an empty folder"):
        import_files([good], tmp_path)
    (tmp_path / "begun" / "positions").mkdir(parents=True)
    assert import_files([good], tmp_path / "begun").positions == 3


def test_a_broken_archive_keeps_what_was_read(tmp_path: Path) -> None:
    lines = [
        f"211000001,2026-03-01T{i // 60:02d}:{i % 60:02d}:00,30.5,{i / 100 - 40:.2f}"
        for i in range(900)
    ]
    whole = gzip.compress("\n".join(["mmsi,t,lat,lon", *lines * 400]).encode(), 1)
    file = tmp_path / "a.csv.gz"
    file.write_bytes(whole[:-2000])
    report = import_files([file], tmp_path / "lake")
    assert report.positions == 900
    assert report.rejects["file is damaged from here"] == 1


DMA = """\
# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D
01/03/2026 00:00:00,Class A,219000001,55.5,12.5,Under way using engine,0.0,11.2,180.5,181,9074729,OXAB2,GREY SKUA,Cargo,,16,110,GPS,5.5,AARHUS,,AIS,80,30,8,8
01/03/2026 00:00:01,Base Station,2190047,55.1,12.1,Unknown value,,,,,Unknown,Unknown,,Undefined,,,,GPS,,,,AIS,,,,
13/03/2026 00:00:09,Class B,219000002,91.000000,0.000000,Unknown value,,,,,Unknown,Unknown,,Undefined,,,,GPS,,,,AIS,,,,
"""
SPIRE = """\
created_at,timestamp,mmsi,msg_type,latitude,longitude,speed,course,heading,rot,imo,name,call_sign,flag,draught,ship_type,length,width,eta,destination,status,maneuver,accuracy,collection_type
2026-03-01 00:00:09 UTC,2026-03-01 00:00:00 UTC,219000001,1,55.5,12.5,11.2,180.5,181,0,9074729,GREY SKUA,OXAB2,DK,5.5,Cargo,110,16,,AARHUS,under_way_using_engine,0,1,terrestrial
"""
GFW = """\
mmsi,timestamp,distance_from_shore,distance_from_port,speed,course,lat,lon,is_fishing,source
219000001.0,1772323200.0,232994.28,311748.65,11.2,180.5,55.5,12.5,-1.0,dalhousie_longliner
1.2639560807591e+14,1772323200.0,0,0,11.2,180.5,55.5,12.5,-1.0,dalhousie_longliner
"""
STREAM = """\
{"MessageType":"PositionReport","MetaData":{"MMSI":219000001,"ShipName":"GREY SKUA  ","latitude":55.5,"longitude":12.5,"time_utc":"2026-03-01 00:00:00.000353 +0000 UTC"},"Message":{"PositionReport":{"Cog":180.5,"Latitude":55.5,"Longitude":12.5,"MessageID":1,"NavigationalStatus":0,"Sog":11.2,"TrueHeading":181,"UserID":219000001,"Valid":true}}}
{"MessageType":"ShipStaticData","MetaData":{"MMSI":219000001,"time_utc":"2026-03-01 00:00:00 +0000 UTC"},"Message":{"ShipStaticData":{"CallSign":"OXAB2","Destination":"AARHUS","Dimension":{"A":80,"B":30,"C":8,"D":8},"ImoNumber":9074729,"MaximumStaticDraught":5.5,"Name":"GREY SKUA","Type":70,"UserID":219000001,"Valid":true}}}
{"MessageType":"BaseStationReport","MetaData":{},"Message":{}}
{"mmsi": 219000002, "timestamp": 1772323200, "lat": 55.5, "lon": 12.5}
{"mmsi": 219000002, "timestamp": 1772323200
"""


@pytest.mark.parametrize(
    ("text", "ships", "rejects"),
    [(DMA, 1, 1), (SPIRE, 1, 0), (GFW, 1, 1), (STREAM, 2, 1)],
    ids=["dma", "spire", "gfw", "aisstream"],
)
def test_other_layouts(tmp_path: Path, text: str, ships: int, rejects: int) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a").write_text(text)
    report = import_files([tmp_path / "in"], tmp_path / "lake")
    assert (report.ships, sum(report.rejects.values())) == (ships, rejects)
    row = Lake(tmp_path / "lake").scan().collect().row(0, named=True)
    assert (row["mmsi"], row["t"], row["lat"], row["lon"]) == (219000001, START, 55.5, 12.5)
    assert (row["sog"], row["cog"]) == (pytest.approx(11.2), pytest.approx(180.5))
    said = Lake(tmp_path / "lake").identities()
    if text != GFW:
        assert row["status"] == 0
        assert (said["name"][0], said["imo"].drop_nulls()[0]) == ("GREY SKUA", 9074729)
        assert said["destination"].drop_nulls().to_list() == ["AARHUS"]


def test_events_of_a_file_carry_the_names_of_its_ships(tmp_path: Path) -> None:
    from masthead.tracks.engine import detect

    lines = OLD.splitlines()
    later = lines[1].replace("2026-03-01T00:00:05,30.5", "2026-03-01T20:00:05,31.5")
    (found,) = detect(write(tmp_path / "a.csv", *lines[:3], later), only=["gap"])
    assert (found.objects[0].name, found.objects[0].imo) == ("GREEN HERON", 9074729)
    assert found.objects[0].flag == "DEU"


@needs_data
def test_real_marinecadastre(tmp_path: Path) -> None:
    file = DATA / "marinecadastre_2022-01-03_100k.csv.gz"
    report = import_files([file], tmp_path / "lake")
    assert report.rows == 99_999
    assert report.positions + report.duplicates + sum(report.rejects.values()) == 99_999
    assert report.rejects == {"MMSI is not a number of up to nine digits": 5}


@needs_data
def test_real_tag_blocks_take_c_before_t() -> None:
    found = read_positions(DATA / "tagblock_2021-11-01.nm4")
    assert found.height > 900
    times = found["t"]
    assert str(times.min()) == "2021-11-01 01:58:07+00:00", "c:, not t: which is 75 s later"
