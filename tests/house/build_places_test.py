#!/usr/bin/env python3
"""The gazetteer from a package of three towns."""
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import build_places  # noqa: E402


def town(number, name, country, admin1, population, names=()):
    return {"geonameid": number, "name": name, "countrycode": country, "admin1code": admin1, "population": population,
            "latitude": 10.0 + number, "longitude": 20.0, "alternatenames": list(names)}


COUNTRIES = {"UA": {"iso3": "UKR", "name": "Ukraine", "capital": "Kyiv", "geonameid": 690791, "population": 40000000}}
TOWNS = {
    "1": town(1, "Kyiv", "UA", "12", 3000000, ["Kiev", "КИЇВ", "KBP", "kiwu", "Chiovia"]),
    "2": town(2, "Kharkiv", "UA", "07", 1400000, ["Kharkov", "Charkow", "Ksarkovia on the River of Stones"]),
    "3": town(3, "Hamlet", "UA", "07", 10),
}


class BuildPlaces(unittest.TestCase):
    def rows(self, min_population=0):
        with tempfile.TemporaryDirectory() as scratch:
            data = pathlib.Path(scratch)
            (data / "cities500.json").write_text(json.dumps(TOWNS), encoding="utf-8")
            (data / "countries.json").write_text(json.dumps(COUNTRIES), encoding="utf-8")
            return [row for row in build_places.build(data, min_population) if row[9] != "A.ADM1"]

    def test_capitals_and_countries_are_told_from_towns(self):
        self.assertEqual({"Kyiv": "P.PPLC", "Kharkiv": "P.PPL", "Hamlet": "P.PPL", "Ukraine": "A.PCLI"},
                         {row[0]: row[9] for row in self.rows()})

    def test_keeps_the_spellings_of_the_news_alone(self):
        names = {row[0]: row[2].split("|") for row in self.rows()}
        self.assertIn("Kiev", names["Kyiv"])
        self.assertIn("Kharkov", names["Kharkiv"])
        for noise in ("КИЇВ", "KBP", "kiwu"):
            self.assertNotIn(noise, names["Kyiv"])
        self.assertNotIn("Ksarkovia on the River of Stones", names["Kharkiv"])

    def test_leaves_out_small_places_when_asked(self):
        self.assertNotIn("Hamlet", [row[0] for row in self.rows(500)])

    def test_the_same_input_gives_the_same_rows_in_order(self):
        rows = self.rows()
        self.assertEqual(rows, self.rows())
        self.assertEqual(rows, sorted(rows, key=lambda row: row[1]))


if __name__ == "__main__":
    unittest.main()
