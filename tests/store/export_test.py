#!/usr/bin/env python3
"""The formats that others read: their columns and types, held against the producers' own files where they are at hand.

    export_test.py EXE MODEL [unittest arguments]
"""
import json
import pathlib
import re
import sys
import unittest

import store_test

ROOT = store_test.ROOT
PEERS = ROOT.parent / "shared" / "peer-data"
REFERENCE = ROOT.parent / "shared" / "reference"
REPORTS = [
    {"id": "a", "published": "2024-03-14", "publisher": "Morning Post", "url": "https://morning.example/1",
     "text": "The president of Ghana met the president of Togo in Lome on Monday."},
    {"id": "b", "published": "2024-03-15", "publisher": "Evening News", "url": "https://evening.example/2",
     "text": "On Monday the president of Ghana met the president of Togo, it was learnt. Police in Kenya arrested protesters."},
    {"id": "c", "published": "2024-03-16", "text": "Soldiers of Chad attacked rebels in Sudan on Friday.\tThey killed 12 people."},
]


def table(path):
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def columns_of(name):
    return [row["column"] for row in table(ROOT / "data" / "export" / f"{name}.tsv")]


class Export(store_test.StoreTest):
    def setUp(self):
        super().setUp()
        self.ingest(self.file(REPORTS))

    def rows(self, form, file=None, header=False):
        out = self.folder / f"out-{form}"
        self.run_it("export", "--format", form, "--store", self.store, "-o", out)
        text = (out / file if file else out).read_text(encoding="utf-8")
        self.assertTrue(text.endswith("\n"))
        self.assertNotIn("\r", text)
        lines = [line.split("\t") for line in text.split("\n")[:-1]]
        self.assertEqual({len(lines[0])}, {len(line) for line in lines})
        return lines[1:] if header else lines

    def assert_like(self, reference, rows, empty=("",)):
        """Every field has the type that the producer's column has."""
        types = [row["type"].split("/")[0] for row in table(REFERENCE / reference)]
        self.assertEqual(len(types), len(rows[0]))
        shapes = {"int": r"-?\d+", "float": r"-?\d+(\.\d+)?([eE][-+]?\d+)?", "date": r"\d{4}-\d\d-\d\d"}
        for row in rows:
            for kind, value in zip(types, row):
                if value not in empty and kind in shapes:
                    self.assertRegex(value, rf"^{shapes[kind]}$")

    def test_gdelt_events_have_gdelts_columns(self):
        rows = self.rows("gdelt", "detente.export.CSV")
        self.assertEqual(61, len(rows[0]))
        by_name = [dict(zip(columns_of("gdelt_events"), row)) for row in rows]
        self.assertEqual([str(i + 1) for i in range(len(rows))], [row["GLOBALEVENTID"] for row in by_name])
        talks = [row for row in by_name if {"GHA", "TGO"} == {row["Actor1CountryCode"], row["Actor2CountryCode"]}]
        self.assertEqual(2, len(talks), "a meeting stands once in each direction, and once for both papers")
        self.assertEqual(("20240311", "2024.1945", "2", "2"),
                         tuple(talks[0][name] for name in ("SQLDATE", "FractionDate", "NumSources", "NumArticles")))
        self.assertEqual("04", talks[0]["EventRootCode"])
        for row in by_name:
            self.assertRegex(row["EventCode"], r"^\d{3,4}$")
            self.assertRegex(row["GoldsteinScale"], r"^-?\d+\.\d$")
            self.assertRegex(row["DATEADDED"], r"^\d{14}$")
            self.assertEqual(row["ActionGeo_Type"] == "0", row["ActionGeo_FullName"] == "")
            self.assertIn(row["QuadClass"], "1234")

    def test_gdelt_mentions_belong_to_events(self):
        events = self.rows("gdelt", "detente.export.CSV")
        mentions = [line.split("\t") for line in (self.folder / "out-gdelt" / "detente.mentions.CSV").read_text().splitlines()]
        self.assertEqual({16}, {len(row) for row in mentions})
        self.assertEqual({row[0] for row in events}, {row[0] for row in mentions})
        self.assertIn("https://evening.example/2", {row[5] for row in mentions})

    def test_icews_polecat_and_phoenix(self):
        for form, n, header in ("icews", 20, True), ("polecat", 40, True), ("phoenix", 26, False):
            with self.subTest(form):
                rows = self.rows(form, header=header)
                self.assertEqual(n, len(rows[0]))
                self.assertGreaterEqual(len(rows), 2)
        first = (self.folder / "out-icews").read_text().splitlines()[0].split("\t")
        self.assertEqual(columns_of("icews"), first)
        self.assertTrue(any("None" in row for row in self.rows("polecat", header=True)))

    def test_plover_is_what_events_prints(self):
        out = self.folder / "plover.jsonl"
        self.run_it("export", "--format", "plover", "--store", self.store, "-o", out)
        self.assertEqual(self.run_it("events", "--store", self.store, "--json").out, out.read_text(encoding="utf-8"))
        for line in out.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            for field in "id", "date", "actor", "event", "cite_info":
                self.assertIn(field, event)

    def test_parquet_and_csv_are_folders_with_every_table(self):
        for form, events in ("parquet", "events"), ("csv", "events.csv"):
            out = self.folder / f"all-{form}"
            self.run_it("export", "--format", form, "--store", self.store, "-o", out)
            self.assertTrue((out / events).exists())
            self.assertTrue((out / f"entities.{form}").exists())
            again = self.run_it("export", "--format", form, "--store", self.store, "-o", out, status=store_test.WRONG_USAGE)
            self.assertIn("D1109", again.err)
        self.assertTrue(list((self.folder / "all-parquet" / "events").glob("year=2024/month=3/*.parquet")))

    def test_filters_hold_for_exports(self):
        out = self.run_it("export", "--format", "plover", "--store", self.store, "--actor", "GHA", "-o", "-").out
        self.assertTrue(out)
        self.assertTrue(all("GHA" in line for line in out.splitlines()))

    @unittest.skipUnless(REFERENCE.is_dir(), "the producers' columns are not at hand")
    def test_columns_and_types_are_the_producers(self):
        for form, file, name, header in (("gdelt", "detente.export.CSV", "gdelt_events", False),
                                         ("icews", None, "icews", True), ("polecat", None, "polecat", True),
                                         ("phoenix", None, "phoenix", False)):
            with self.subTest(name):
                reference = "gdelt_events_columns.tsv" if form == "gdelt" else f"{name}_columns.tsv"
                wanted = [re.sub(r"\W", "", row["name"]).lower() for row in table(REFERENCE / reference)]
                self.assertEqual(wanted, [re.sub(r"\W", "", column).lower() for column in columns_of(name)])
                rows = self.rows(form, file, header)
                self.assert_like(reference, rows, empty=("", "None", "NA"))
        mentions = [re.sub(r"\W", "", row["name"]).lower() for row in table(REFERENCE / "gdelt_mentions_columns.tsv")]
        self.assertEqual(mentions, [column.lower() for column in columns_of("gdelt_mentions")])

    @unittest.skipUnless(PEERS.is_dir(), "the producers' files are not at hand")
    def test_the_producers_rows_pass_the_same_checks(self):
        """What is asked of our files must hold for theirs, or the test asks for the wrong thing."""
        for file, reference in ("gdelt/events.csv", "gdelt_events_columns.tsv"), ("gdelt/mentions.csv", "gdelt_mentions_columns.tsv"), \
                ("icews/events.2018.sample.tab", "icews_columns.tsv"):
            with self.subTest(file):
                lines = (PEERS / file).read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
                rows = [line.rstrip("\r").split("\t") for line in lines]
                self.assert_like(reference, rows[1:] if "icews" in file else rows, empty=("", "NA"))


if __name__ == "__main__":
    store_test.EXE, store_test.MODEL = sys.argv[1:3]
    del sys.argv[1:3]
    unittest.main()
