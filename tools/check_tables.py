#!/usr/bin/env python3
"""Checks the tables of data/actors and data/places: columns, codes, sectors, dates, lists, and words claimed twice.

  tools/check_tables.py            checks; prints file:line: message for every fault; exit 1 if there is one
  tools/check_tables.py --about    prints each table's row count and the date until which it is complete

A word that means two things must say so with a trailing `?` on at least one of them, or have dates that do not overlap.
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
NONSTATE = set("IGO UNO EUR NGO ISM IMG MNC".split())
DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
QID = re.compile(r"^Q[1-9]\d*$")
ISO_ROWS = 250  # ISO 3166-1 has 249; Kosovo (KOS, XK) makes 250

FEATURE_KINDS = set(
    "continent region sea lake river strait canal islands peninsula mountains desert border zone site".split()
)
ORGANIZATION_KINDS = set(
    "igo ngo armed_group party agency ministry media court legislature company movement central_bank military police "
    "intelligence religious university think_tank union hospital gang".split()
)

# The columns of each table; a file that is not listed here is not known and is reported.
COLUMNS = {
    "countries.tsv": "code iso2 name aliases demonyms adjectives capital seats former parent from until wikidata "
    "source sector kind",
    "organizations.tsv": "name code sector country aliases acronym kind parent from until wikidata source",
    "agents.tsv": "noun plural sector kind gender source note",
    "peoples.tsv": "name plural adjectives codes kind source",
    "collectives.tsv": "name aliases members from until source",
    "titles.tsv": "title aliases sector gender position source",
    "prefixes.tsv": "prefix aliases position effect source",
    "given_names.tsv": "name gender region source",
}
PLACES_COLUMNS = {
    "admin1.tsv": "code country name aliases source",
    "english_names.tsv": "name country aliases source",
    "features.tsv": "name aliases kind countries source",
}
OFFICES_COLUMNS = "person code office sector from until short gender aliases wikidata source"
OPTIONAL = {"peoples.tsv", "collectives.tsv", "titles.tsv", "prefixes.tsv", "given_names.tsv"}


class Table:
    """One table as it stands in the file: rows are dicts with the line number under `line`."""

    def __init__(self, path):
        self.path = path
        self.columns = []
        self.rows = []
        self.complete_until = ""
        self.faults = []
        self._read()

    def fault(self, line, message):
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        self.faults.append(f"{path}:{line}: {message}")

    def _read(self):
        raw = self.path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            self.fault(raw[: error.start].count(b"\n") + 1, f"not UTF-8 at byte {error.start}")
            return
        if "\r" in text:
            self.fault(1, "carriage returns; lines end in a line feed alone")
        if not text.endswith("\n"):
            self.fault(text.count("\n") + 1, "no line feed at the end of the file")
        for number, line in enumerate(text.split("\n"), 1):
            if not line:
                continue
            if line.startswith("#"):
                found = re.match(r"# complete_until:\s*(\S+)", line)
                if found:
                    self.complete_until = found.group(1)
                continue
            cells = line.split("\t")
            if not self.columns:
                self.columns = cells
                continue
            if len(cells) != len(self.columns):
                self.fault(number, f"{len(cells)} columns, the header has {len(self.columns)}")
                continue
            row = dict(zip(self.columns, cells))
            row["line"] = number
            self.rows.append(row)
            for column, cell in zip(self.columns, cells):
                if cell != cell.strip():
                    self.fault(number, f"{column}: blanks around {cell!r}")
        if not self.columns:
            self.fault(1, "no header line")
        if not DATE.match(self.complete_until):
            self.fault(1, "the first comment must be `# complete_until: YYYY-MM-DD`")


def items(cell):
    """The members of a list cell."""
    return cell.split("|") if cell else []


def bare(word):
    """A word without its context mark."""
    return word[:-1] if word.endswith("?") else word


def first_day(date):
    return (date + "-01-01" if len(date) == 4 else date + "-01" if len(date) == 7 else date) if date else "0000-00-00"


def last_day(date):
    return (date + "-12-31" if len(date) == 4 else date + "-31" if len(date) == 7 else date) if date else "9999-99-99"


def overlap(a, b):
    """Whether two rows with from and until hold on a common day (an end and a start on one day do not count)."""
    return first_day(a["from"]) < last_day(b["until"]) and first_day(b["from"]) < last_day(a["until"])


def check_columns(table, expected):
    wanted = expected.split()
    if table.columns and table.columns != wanted:
        table.fault(1, f"columns are `{' '.join(table.columns)}`, expected `{expected}`")
        table.rows = []


def check_list(table, row, column):
    cell = row[column]
    if not cell:
        return
    words = cell.split("|")
    if "" in words:
        table.fault(row["line"], f"{column}: empty item in the list {cell!r}")
    if any(word != word.strip() for word in words):
        table.fault(row["line"], f"{column}: blanks beside a separator in {cell!r}")
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        table.fault(row["line"], f"{column}: {', '.join(twice)} listed twice")
    if ";" in cell:
        table.fault(row["line"], f"{column}: `;` in a list, the separator is `|`")


def check_dates(table, row, unknown_end=False):
    for column in ("from", "until"):
        value = row[column]
        if value and not DATE.match(value) and not (unknown_end and column == "until" and value == "?"):
            table.fault(row["line"], f"{column}: {value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
            return
    if row["from"] and row["until"] not in ("", "?") and first_day(row["from"]) > last_day(row["until"]):
        table.fault(row["line"], f"from {row['from']} is after until {row['until']}")


def check_sector(table, row, needed=False):
    sector = row["sector"]
    if sector and sector not in SECTORS:
        table.fault(row["line"], f"sector {sector!r} is not one of PLOVER's")
    if needed and not sector:
        table.fault(row["line"], "no sector")


def check_common(table, row, lists=()):
    for column in lists:
        check_list(table, row, column)
    if not row.get("source"):
        table.fault(row["line"], "no source")
    if row.get("wikidata") and not QID.match(row["wikidata"]):
        table.fault(row["line"], f"wikidata {row['wikidata']!r} is not a Q-id")
    if row.get("gender", "") not in ("", "m", "f", "u"):
        table.fault(row["line"], f"gender {row['gender']!r} is not m, f or u")


def check_countries(table):
    seen_iso = {}
    for row in table.rows:
        check_common(table, row, ("aliases", "demonyms", "adjectives", "capital", "seats"))
        check_dates(table, row)
        check_sector(table, row)
        if not re.match(r"^[A-Z]{3}$", row["code"]):
            table.fault(row["line"], f"code {row['code']!r} is not three capital letters")
        if row["iso2"]:
            if not re.match(r"^[A-Z]{2}$", row["iso2"]):
                table.fault(row["line"], f"iso2 {row['iso2']!r} is not two capital letters")
            for other in (row["code"], row["iso2"]):
                if other in seen_iso:
                    table.fault(row["line"], f"{other} already in line {seen_iso[other]}")
                seen_iso[other] = row["line"]
        if row["former"] not in ("", "yes"):
            table.fault(row["line"], f"former is {row['former']!r}, not yes or empty")
        if row["kind"] not in ("state", "territory", "partial", "former", "region"):
            table.fault(row["line"], f"kind {row['kind']!r} is not state, territory, partial, former or region")
        for seat in items(row["seats"]):
            if ":" in seat and seat.rsplit(":", 1)[1].rstrip("?") not in SECTORS:
                table.fault(row["line"], f"seats: the sector of {seat!r} is not one of PLOVER's")
    codes = {row["code"] for row in table.rows if row["iso2"]}
    if len(codes) != ISO_ROWS:
        table.fault(1, f"{len(codes)} rows with an iso2 code, expected {ISO_ROWS} (ISO 3166-1 and Kosovo)")
    for row in table.rows:
        for column in ("code", "parent"):
            if row[column] and row[column] not in codes:
                table.fault(row["line"], f"{column} {row[column]!r} has no row with an iso2 code")
    return codes


def check_organizations(table, codes):
    names = {row["name"] for row in table.rows}
    for row in table.rows:
        check_common(table, row, ("aliases", "acronym"))
        check_dates(table, row)
        check_sector(table, row)
        if row["code"] not in codes and row["code"] not in NONSTATE:
            table.fault(row["line"], f"code {row['code']!r} is neither a country nor one of {' '.join(sorted(NONSTATE))}")
        if row["country"] and row["country"] not in codes:
            table.fault(row["line"], f"country {row['country']!r} is not in countries.tsv")
        if row["kind"] not in ORGANIZATION_KINDS:
            table.fault(row["line"], f"kind {row['kind']!r} is not known")
        if row["parent"] and row["parent"] not in names:
            table.fault(row["line"], f"parent {row['parent']!r} is not an organization of this table")
        if row["name"] in items(row["aliases"]) + items(row["acronym"]):
            table.fault(row["line"], f"{row['name']!r} is an alias of itself")


def check_agents(table):
    seen = {}
    for row in table.rows:
        check_common(table, row, ("note",))
        check_sector(table, row, needed=True)
        if row["kind"] not in ("person", "group", "organization", "office", "vehicle"):
            table.fault(row["line"], f"kind {row['kind']!r} is not person, group, organization, office or vehicle")
        if not row["noun"] or not row["plural"]:
            table.fault(row["line"], "noun and plural must both be given")
        if row["noun"] in seen:
            table.fault(row["line"], f"{row['noun']!r} already in line {seen[row['noun']]}")
        seen[row["noun"]] = row["line"]
        for note in items(row["note"]):
            if note not in ("context", "inherits"):
                table.fault(row["line"], f"note {note!r} is neither context nor inherits")


def check_peoples(table, codes):
    for row in table.rows:
        check_common(table, row, ("plural", "adjectives", "codes"))
        for code in items(row["codes"]):
            if bare(code) not in codes:
                table.fault(row["line"], f"code {code!r} is not in countries.tsv")
        if row["kind"] not in ("ethnic", "religious", "social", "city", "regional", "political"):
            table.fault(row["line"], f"kind {row['kind']!r} is not known")


def check_collectives(table, codes):
    for row in table.rows:
        check_common(table, row, ("aliases", "members"))
        check_dates(table, row)
        if len(items(row["members"])) == 1:
            table.fault(row["line"], "a collective has at least two members, or none: a part of the world")
        for code in items(row["members"]):
            if code not in codes and code not in NONSTATE:
                table.fault(row["line"], f"member {code!r} is not a known code")


def check_titles(table):
    for row in table.rows:
        check_common(table, row, ("aliases",))
        check_sector(table, row)
        if row["position"] not in ("before", "after", "both", "alone"):
            table.fault(row["line"], f"position {row['position']!r} is not before, after, both or alone")


def check_prefixes(table):
    for row in table.rows:
        check_common(table, row, ("aliases",))
        if row["position"] not in ("before", "after"):
            table.fault(row["line"], f"position {row['position']!r} is neither before nor after")
        if not re.match(r"^(former|late|acting|elect|incoming|outgoing|deputy|rank|faction|self_styled|exiled|honorary|"
                        r"rival|shadow|would_be|none)$", row["effect"]):
            table.fault(row["line"], f"effect {row['effect']!r} is not known")


def check_given_names(table):
    seen = {}
    for row in table.rows:
        check_common(table, row)
        if row["gender"] not in ("m", "f", "u"):
            table.fault(row["line"], "gender must be m, f or u")
        if row["name"] in seen:
            table.fault(row["line"], f"{row['name']!r} already in line {seen[row['name']]}")
        seen[row["name"]] = row["line"]


def check_places(table, codes):
    seen = {}
    for row in table.rows:
        check_common(table, row, ("aliases",))
        for code in [row["country"]] if "country" in row else items(row["countries"]):
            if code not in codes:
                table.fault(row["line"], f"country {code!r} is not in countries.tsv")
        if not row["name"] or row["name"] in items(row["aliases"]):
            table.fault(row["line"], "no name, or the name again among the aliases")
        if row.get("kind", "site") not in FEATURE_KINDS:
            table.fault(row["line"], f"kind {row['kind']!r} is not known")
        key = row.get("code") or (row["name"], row.get("country", ""))
        if key in seen:
            table.fault(row["line"], f"{key} already in line {seen[key]}")
        seen[key] = row["line"]


def check_offices(table, codes):
    for row in table.rows:
        check_common(table, row, ("short", "aliases"))
        check_dates(table, row, unknown_end=True)
        check_sector(table, row, needed=True)
        for column in ("person", "office"):
            if not row[column]:
                table.fault(row["line"], f"no {column}")
        if row["gender"] == "u":
            table.fault(row["line"], "gender is m, f or empty")
        if row["code"] not in codes and row["code"] not in NONSTATE:
            table.fault(row["line"], f"code {row['code']!r} is neither a country nor one of {' '.join(sorted(NONSTATE))}")
        if row["person"] in items(row["aliases"]):
            table.fault(row["line"], f"{row['person']!r} is an alias of itself")
    held = {}
    for row in table.rows:
        key = (row["person"], row["code"], row["office"])
        for other in held.get(key, ()):
            if row["until"] != "?" and other["until"] != "?" and overlap(row, other) and min(
                    len(row["from"]), len(other["from"])) == 10:
                table.fault(row["line"], f"{row['person']} holds {row['office']} twice at once (line {other['line']})")
        held.setdefault(key, []).append(row)


def country_words(row):
    """Unmarked words that name this country row: (word, what it is)."""
    for column in ("name", "aliases", "demonyms", "adjectives", "capital", "seats"):
        words = [row["name"]] if column == "name" else items(row[column])
        for word in words:
            if column == "seats" and ":" in word:
                word = word.rsplit(":", 1)[0]
            if not word.endswith("?") and not word.endswith("-"):
                yield word


def organization_words(row):
    for word in [row["name"]] + items(row["aliases"]) + items(row["acronym"]):
        if not word.endswith("?"):
            yield word


def check_claims(tables_and_words):
    """Reports words that unmarked rows with different codes claim for overlapping days."""
    claims = {}
    for table, words_of in tables_and_words:
        for row in table.rows:
            for word in set(words_of(row)):
                for other_table, other in claims.get(word, ()):
                    if other["code"] != row["code"] and overlap(other, row):
                        where = f"{other_table.path.name}:{other['line']}"
                        table.fault(row["line"], f"{word!r} is {row['code']} here but {other['code']} in {where}; "
                                                 "mark one with `?` or date them")
                claims.setdefault(word, []).append((table, row))


def load(folder):
    """The tables of the folder data/actors and of data/places beside it: (by name, offices, by name of places)."""
    tables = {}
    for path in sorted(folder.glob("*.tsv")):
        tables[path.name] = Table(path)
        if path.name in COLUMNS:
            check_columns(tables[path.name], COLUMNS[path.name])
        else:
            tables[path.name].fault(1, "unknown table; add its columns to tools/check_tables.py")
    offices = [Table(path) for path in sorted((folder / "offices").glob("*.tsv"))]
    for table in offices:
        check_columns(table, OFFICES_COLUMNS)
    places = []
    for name, columns in PLACES_COLUMNS.items():
        path = folder.parent / "places" / name
        if path.is_file():
            places.append(Table(path))
            check_columns(places[-1], columns)
    return tables, offices, places


def check_tree(folder):
    """All faults of the tables in the folder data/actors and beside it, each as file:line: message."""
    tables, offices, places = load(folder)
    missing = [f"{folder / name}:1: table is missing" for name in COLUMNS if name not in tables and name not in OPTIONAL]
    if missing:
        return missing
    codes = check_countries(tables["countries.tsv"])
    check_organizations(tables["organizations.tsv"], codes)
    check_agents(tables["agents.tsv"])
    for name, check in (("peoples.tsv", check_peoples), ("collectives.tsv", check_collectives)):
        if name in tables:
            check(tables[name], codes)
    for name, check in (("titles.tsv", check_titles), ("prefixes.tsv", check_prefixes),
                        ("given_names.tsv", check_given_names)):
        if name in tables:
            check(tables[name])
    for table in offices:
        check_offices(table, codes)
    for table in places:
        check_places(table, codes)
    check_claims([(tables["countries.tsv"], country_words), (tables["organizations.tsv"], organization_words)])
    return [fault for table in list(tables.values()) + offices + places for fault in table.faults]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--about", action="store_true", help="print row counts and completeness dates")
    parser.add_argument("--actors", type=pathlib.Path, default=ROOT / "data" / "actors", help="folder of the tables")
    options = parser.parse_args()
    folder = options.actors.resolve()
    if not folder.is_dir():
        print(f"{folder}: no such folder", file=sys.stderr)
        return 2

    if options.about:
        tables, offices, places = load(folder)
        every = list(tables.values()) + offices + places
        for table in every:
            print(f"{table.path.relative_to(folder.parent)}\t{len(table.rows)} rows\tcomplete until {table.complete_until}")
        print(f"all\t{sum(len(table.rows) for table in every)} rows")
        return 0

    faults = check_tree(folder)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
