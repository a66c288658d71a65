#!/usr/bin/env python3
"""The guard of the actor tables must bark."""
import pathlib
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import check_tables  # noqa: E402

HEAD = "# complete_until: 2025-06-30\n"
ORGANIZATIONS = HEAD + check_tables.COLUMNS["organizations.tsv"].replace(" ", "\t") + "\n"
AGENTS = HEAD + check_tables.COLUMNS["agents.tsv"].replace(" ", "\t") + "\n"
OFFICES = HEAD + check_tables.OFFICES_COLUMNS.replace(" ", "\t") + "\n"
GUARD = "Ruritanian Guard\tITA\tMIL\tITA\tthe Guard?\tRG\tmilitary\t\t1990\t1999-12\t\tpublic record\n"
SOLDIER = "soldier\tsoldiers\tMIL\tperson\t\tpublic record\t\n"
HOLDER = "Ann Example\tITA\tPresident\tGOV\t2001-01-02\t2005-03-04\tExample\tf\tA. Example\t\tpublic record\n"


class CheckTables(unittest.TestCase):
    def faults(self, changes):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "actors"
            (folder / "offices").mkdir(parents=True)
            shutil.copy(ROOT / "data" / "actors" / "countries.tsv", folder)
            sound = {"organizations.tsv": ORGANIZATIONS + GUARD, "agents.tsv": AGENTS + SOLDIER,
                     "offices/here.tsv": OFFICES + HOLDER}
            for path, text in {**sound, **changes}.items():
                (folder / path).write_text(text, encoding="utf-8")
            return check_tables.check_tree(folder)

    def test_lets_pass_what_is_sound(self):
        self.assertEqual([], self.faults({}))

    def test_finds_each_fault(self):
        for what, changes in {
            "a code that is no country": {"organizations.tsv": ORGANIZATIONS + GUARD.replace("ITA", "QQQ", 1)},
            "a sector PLOVER does not have": {"agents.tsv": AGENTS + SOLDIER.replace("MIL", "ARM")},
            "a day that is none": {"offices/here.tsv": OFFICES + HOLDER.replace("2001-01-02", "2001-13-02")},
            "an end before the start": {"offices/here.tsv": OFFICES + HOLDER.replace("2005-03-04", "1999")},
            "an empty item of a list": {"offices/here.tsv": OFFICES + HOLDER.replace("A. Example", "A. Example|")},
            "a column too few": {"agents.tsv": AGENTS + SOLDIER.replace("\tpublic record", "")},
            "a row twice": {"agents.tsv": AGENTS + SOLDIER + SOLDIER},
            "no source": {"organizations.tsv": ORGANIZATIONS + GUARD.replace("public record", "")},
            "no word on completeness": {"agents.tsv": AGENTS.replace(HEAD, "# a table\n") + SOLDIER},
            "a table nobody knows": {"attic.tsv": HEAD + "name\n"},
            "a word with two owners": {
                "organizations.tsv": ORGANIZATIONS + GUARD + "Other Guard\tFRA\tMIL\tFRA\tRuritanian Guard\t\tmilitary"
                                                             "\t\t1995\t\t\tpublic record\n"},
        }.items():
            with self.subTest(what):
                self.assertEqual(1, len(self.faults(changes)))

    def test_a_word_may_change_its_owner_with_time(self):
        later = "Other Guard\tFRA\tMIL\tFRA\tRuritanian Guard\t\tmilitary\t\t2000\t\t\tpublic record\n"
        self.assertEqual([], self.faults({"organizations.tsv": ORGANIZATIONS + GUARD + later}))


if __name__ == "__main__":
    unittest.main()
