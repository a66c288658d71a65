#!/usr/bin/env python3
"""The command `detente` as its users meet it: help, exit statuses, and input that nobody wishes for.

    cli_test.py EXE MODEL [--slow] [--sanitized] [unittest arguments]

Status: 0 done, 1 nothing found, 2 wrong usage, 3 bad input (named), 4 our own fault. Results go to standard output,
talk to standard error.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXE = MODEL = None
SLOW = SANITIZED = False
REPORT = ROOT / "examples" / "exchange-of-notes.txt"
SCREEN_LINES, SCREEN_COLUMNS = 40, 100
DONE, NOTHING_FOUND, WRONG_USAGE, BAD_INPUT = 0, 1, 2, 3


class Ran:
    """A finished process: status, out, err, and the most memory it held."""

    def __init__(self, *args, stdin=b"", timeout=120, env=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as into:
            into.write(stdin)
            into.seek(0)
            process = subprocess.Popen([EXE, *map(str, args)], stdin=into, stdout=out, stderr=err,
                                       env={**os.environ, "DETENTE_MODEL": str(MODEL), "LC_ALL": "C", **(env or {})})
            self.status, self.peak_mb = self._wait(process, timeout * (8 if SANITIZED else 1))
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(), err.read().decode("utf-8", "replace")

    @staticmethod
    def _wait(process, timeout):
        import threading
        timer = threading.Timer(timeout, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage.ru_maxrss / 1024


class CliTest(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name="report.txt"):
        path = pathlib.Path(self.folder.name, name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def status(self, ran, *allowed):
        self.assertIn(ran.status, allowed, f"standard error: {ran.err[-1500:]}")
        self.assertNotIn("terminate called", ran.err)
        return ran

    def annotate(self, content, **options):
        """The reading of one text with its tokens, and the process that made it."""
        path = self.file(content)
        out = pathlib.Path(self.folder.name, "out")
        ran = Ran("annotate", path, "--tokens", "--out", out, "--published", "2024-03-14", **options)
        self.status(ran, DONE, NOTHING_FOUND)
        return json.loads((out / "report.json").read_text(encoding="utf-8")), ran

    def assert_sound(self, reading):
        """Laws of every reading: offsets are code points into `text`, tokens cover what is not white space, sentences
        follow each other, heads lie within their sentence."""
        text, tokens, sentences = reading["text"], reading["tokens"], reading["sentences"]
        covered = bytearray(len(text))
        end = 0
        for token in tokens:
            self.assertLessEqual(end, token["start"])
            end = token["end"]
            self.assertLess(token["start"], end)
            self.assertEqual(text[token["start"]:end], token["text"])
            covered[token["start"]:end] = b"\1" * (end - token["start"])
        bare = [i for i, c in enumerate(text) if not covered[i] and c != " "]
        self.assertEqual([], bare[:5], "characters that no token covers")
        self.assertEqual(bool(tokens), bool(sentences))
        place = 0
        for first, last in sentences:
            members = []
            while place < len(tokens) and tokens[place]["start"] < last:
                members.append(place)
                place += 1
            self.assertTrue(members)
            self.assertLessEqual(first, tokens[members[0]]["start"])
            for i in members:
                self.assertTrue(members[0] <= tokens[i]["head"] <= members[-1], "a head lies in its sentence")
        self.assertEqual(place, len(tokens))


class Usage(CliTest):
    def subcommands(self):
        text = Ran("--help").out.decode()
        return [name for name in ("code", "annotate", "read", "ingest", "events", "claims", "commitments", "expectations", "stories", "explain", "timeline", "export",
                                 "model", "eval", "bench", "actors", "import-dictionary")
                if re.search(rf"^  {name}\b", text, re.MULTILINE)]

    def test_help_exits_0_starts_with_an_example_and_fits_a_screen(self):
        for command in [], *[[name] for name in self.subcommands()]:
            with self.subTest(command):
                ran = self.status(Ran(*command, "--help"), DONE)
                lines = ran.out.decode().splitlines()
                self.assertLessEqual(len(lines), SCREEN_LINES)
                self.assertLessEqual(max(map(len, lines)), SCREEN_COLUMNS)
                self.assertTrue(any("detente " in line for line in lines[:4]), "a working example comes first")
                self.assertEqual("", ran.err)

    def test_the_tables_of_actors_tell_what_they_hold(self):
        table = self.status(Ran("actors", "--about"), DONE).out.decode()
        self.assertRegex(table, r"countries\.tsv +\d{3}  20\d\d-\d\d-\d\d")
        rows = [json.loads(line) for line in self.status(Ran("actors", "--about", "--json"), DONE).out.splitlines()]
        asia = next(row for row in rows if row["table"] == "offices/east-asia.tsv")
        self.assertGreater(asia["states"]["KOR"]["rows"], 50)
        self.assertEqual(sum(asia["sources"].values()), asia["rows"])
        self.assertIn("D0404", self.status(Ran("actors", "--about", "--actors", self.folder.name), BAD_INPUT).err)
        self.status(Ran("actors"), WRONG_USAGE)

    def test_dictionaries_become_tables_that_the_reading_takes(self):
        actors = self.file("LOMONIA_ [LOM]\n+LOMONIAN_\n\nADA_BERG_\n\t[LOMGOV 970101-011231]\n\t[LOMELI]\n\t[LOMGOV x]\n",
                           "own.actors.txt")
        verbs = self.file("GREET [040]\n- * WITH + [041]\n", "own.verbs.txt")
        out = pathlib.Path(self.folder.name, "tables")
        ran = self.status(Ran("import-dictionary", actors, verbs, "--out", out), DONE)
        self.assertIn("own.actors.txt:7: not imported: 'x' is no day", ran.out.decode())
        self.assertIn("actors, 5 of 6 lines imported", ran.out.decode())
        self.assertIn("--ontology petrarch:", ran.out.decode())
        report = self.file("Ada Berg met a farmer in Lomonia on Monday.")
        reading = json.loads(Ran("annotate", report, "--published", "1998-05-05", "--actors", out).out)
        people = {m["identifier_text"]: m["code"] + m.get("sector", "") for m in reading["mentions"] if "identifier_text" in m}
        self.assertEqual("LOMGOV", people["Ada Berg"])
        self.assertEqual("LOM", people["Lomonia"])
        self.assertIn("D0403", self.status(Ran("import-dictionary", verbs, "--out", out), BAD_INPUT).err)

    def test_version_is_the_projects(self):
        version = re.search(r"project\(detente VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        ran = self.status(Ran("--version"), DONE)
        self.assertIn(version, ran.out.decode())

    def test_wrong_option_exits_2_and_is_named(self):
        for command in ["--frobnicate"], ["annotate", "--frobnicate", REPORT], ["frobnicate"]:
            with self.subTest(command):
                ran = self.status(Ran(*command), WRONG_USAGE)
                self.assertIn("frobnicate", ran.err)
                self.assertEqual(b"", ran.out)

    def test_no_file_and_no_command_exit_2(self):
        for command in [], ["annotate"]:
            with self.subTest(command):
                self.status(Ran(*command), WRONG_USAGE)

    def test_wrong_day_exits_2_and_is_named(self):
        ran = self.status(Ran("annotate", REPORT, "--published", "2024-02-30"), WRONG_USAGE)
        self.assertIn("2024-02-30", ran.err)

    def test_missing_file_exits_3_with_its_name(self):
        ran = self.status(Ran("annotate", "no/such/report.txt"), BAD_INPUT)
        self.assertIn("no/such/report.txt", ran.err)
        self.assertRegex(ran.err, r"\bD\d{4}\b")

    def test_missing_or_broken_model_exits_3_with_its_name(self):
        broken = self.file(b"DTNMODEL" + bytes(100), "broken.dtm")
        for model in "no/such/model.dtm", str(broken):
            with self.subTest(model):
                ran = self.status(Ran("annotate", REPORT, env={"DETENTE_MODEL": model}), BAD_INPUT)
                self.assertIn(model, ran.err)


class Readings(CliTest):
    """What is odd is read all the same."""

    def setUp(self):
        super().setUp()
        if not pathlib.Path(MODEL).exists():
            self.skipTest(f"no model at {MODEL}: run ./dev setup")

    def test_the_example_is_read_whole(self):
        reading, ran = self.annotate(REPORT.read_bytes())
        self.assertEqual(DONE, ran.status)
        self.assertEqual(REPORT.read_text(encoding="utf-8"), reading["text"])
        self.assert_sound(reading)
        self.assertIn("Senegal", {t["text"] for t in reading["tokens"] if t["ent"]})

    def test_a_dictionary_of_petrarch_takes_the_place_of_the_rules(self):
        text = self.file("Zambia lent Malawi maize on Monday. Kenya scolded Uganda. Ghana scolded Togo mildly. "
                         "Chad attacked Niger.")
        dictionary = pathlib.Path(__file__).with_name("village.verbs")
        ran = self.status(Ran("code", text, "--ontology", f"petrarch:{dictionary}", "--only", "events", "--format", "json"), DONE)
        found = [(e["actor"][0]["code"], e["cameo"], [r["code"] for r in e["recipient"]]) for e in map(json.loads, ran.out.splitlines())]
        self.assertEqual([("ZMB", "071", ["MWI"]), ("KEN", "111", ["UGA"])], found)
        for line in 9, 10, 15:
            self.assertIn(f"line {line} of the dictionary is not taken: ", ran.err)
        self.assertIn("2 patterns and 2 verbs of the dictionary are in use; 3 lines were not taken", ran.err)

    def test_rules_beside_a_dictionary_are_wrong_usage(self):
        dictionary = pathlib.Path(__file__).with_name("village.verbs")
        ran = self.status(Ran("code", REPORT, "--ontology", f"petrarch:{dictionary}", "--ontology", self.folder.name), WRONG_USAGE)
        self.assertIn("D0803", ran.err)

    def test_the_readme_shows_what_happens(self):
        """Each `$ command` of README's session, run in a folder of its own, prints what the page says."""
        session = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
        env = {**os.environ, "DETENTE_MODEL": str(MODEL), "PATH": f"{pathlib.Path(EXE).parent}:{os.environ['PATH']}"}
        steps = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE)
        self.assertGreaterEqual(len(steps), 2)
        for command, expected in steps:
            with self.subTest(command):
                ran = subprocess.run(["bash", "-c", command], cwd=self.folder.name, env=env, check=False, text=True,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                self.assertEqual(expected, ran.stdout)

    def test_promises_and_expectations_are_printed_and_can_be_asked_for_alone(self):
        everything = self.status(Ran("code", REPORT, "--published", "2024-03-14", "--format", "json"), DONE).out.splitlines()
        for only, kind, words in (("commitments", "commitment", "12 inspectors"), ("expectations", "expectation", "joint patrols")):
            with self.subTest(only):
                alone = self.status(Ran("code", REPORT, "--published", "2024-03-14", "--only", only, "--format", "json"), DONE)
                records = [json.loads(line) for line in alone.out.splitlines()]
                self.assertEqual({kind}, {r["kind"] for r in records})
                self.assertEqual(alone.out.splitlines(), [line for line in everything if json.loads(line)["kind"] == kind])
                text = REPORT.read_text(encoding="utf-8")
                told = [text[e["start"]:e["end"]] for r in records for e in (r["evidence"] if only == "commitments" else [r["evidence"]])]
                self.assertTrue(any(words in each for each in told), told)

    def test_standard_input_is_a_file_too(self):
        ran = self.status(Ran("annotate", "-", "--tokens", stdin=REPORT.read_bytes()), DONE)
        self.assertTrue(json.loads(ran.out.splitlines()[0])["tokens"])

    def test_the_same_bytes_come_out_twice(self):
        first, second = (Ran("annotate", REPORT, "--tokens").out for _ in range(2))
        self.assertTrue(first)
        self.assertEqual(first, second)

    def test_empty_files_are_bad_input_with_their_name(self):
        for content in b"", b" \n\t\n":
            with self.subTest(content):
                ran = self.status(Ran("annotate", self.file(content, "hollow.txt")), BAD_INPUT)
                self.assertIn("hollow.txt", ran.err)

    def test_one_bad_file_does_not_take_the_others_along(self):
        good, out = self.file("Ministers met in Lima.", "good.txt"), pathlib.Path(self.folder.name, "out")
        ran = self.status(Ran("annotate", self.file(b"", "hollow.txt"), good, "--out", out), BAD_INPUT)
        self.assertIn("hollow.txt", ran.err)
        self.assertEqual("Ministers met in Lima.", json.loads((out / "good.json").read_text())["text"])

    def test_what_is_no_news_is_read(self):
        for text in ("int main() { return f(x, y[3]) ? 0 : -1; }\n// TODO\n", "2 eggs\n100 g flour\n\nWhisk. Fry.\n",
                     "a,b,c\n1,2,3\n", "?????!!!!!......", "\u00ad\u200b\ufeff\u2028x"):
            with self.subTest(text):
                self.assert_sound(self.annotate(text)[0])

    def test_a_format_that_is_not_read_is_named(self):
        ran = self.status(Ran("annotate", self.file(b"%PDF-1.7\n%\xe2\xe3", "scan.txt")), BAD_INPUT)
        self.assertIn("scan.txt", ran.err)
        self.assertIn("PDF", ran.err)

    def test_invalid_utf8_is_repaired_with_a_remark(self):
        reading, ran = self.annotate(b"The pr\xe9sident of C\xf4te d'Ivoire met \xff\xfe envoys in Paris.")
        self.assertIn("\ufffd", reading["text"])
        self.assertIn("Paris", reading["text"])
        self.assert_sound(reading)
        self.assertRegex(ran.err + json.dumps(reading.get("remarks", "")), r"(?i)utf-?8")

    def test_nul_bytes_are_survived(self):
        reading, _ = self.annotate(b"Chad\0 closed\0\0 its border with Sudan.\0")
        self.assertIn("border with Sudan.", reading["text"])
        self.assert_sound(reading)

    def test_only_emoji(self):
        reading, _ = self.annotate("\U0001F1F0\U0001F1F7\U0001F600\U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F44D\U0001F3FD\n")
        self.assert_sound(reading)

    def test_right_to_left_text(self):
        reading, _ = self.annotate("The minister of foreign affairs travelled: \u0648\u0635\u0644 \u0648\u0632\u064a\u0631 \u0627\u0644\u062e\u0627\u0631\u062c\u064a\u0629"
                                   " \u0625\u0644\u0649 Cairo \u200f\u05d1\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd\u200f.\n")
        self.assert_sound(reading)
        self.assertIn("Cairo", {t["text"] for t in reading["tokens"]})

    def test_offsets_are_code_points(self):
        reading, _ = self.annotate("\U0001F30D\u00e9\u4e2d Brazil and Peru signed a treaty.")
        brazil = next(t for t in reading["tokens"] if t["text"] == "Brazil")
        self.assertEqual(4, brazil["start"])

    def test_a_word_of_a_million_letters(self):
        reading, ran = self.annotate("a" * 1_000_000)
        self.assert_sound(reading)
        self.assert_memory(ran, 600)

    def test_a_sentence_of_20_000_words(self):
        words = "the envoys who met the ministers of the states that the council of the union named".split()
        text = " ".join(words[i % len(words)] for i in range(20_000)) + "."
        reading, ran = self.annotate(text)
        self.assertGreaterEqual(len(reading["tokens"]), 20_000)
        self.assert_sound(reading)
        self.assert_memory(ran, 600)

    def assert_memory(self, ran, bound_mb):
        if not SANITIZED:
            self.assertLessEqual(ran.peak_mb, bound_mb, "most memory held, MB")


class Formats(CliTest):
    """What `detente read` makes of files that are not plain text."""
    PAGE = (b"<html><head><title>Ferry talks open</title></head><body><p>The ministers of both islands met in Praia on "
            b"Monday, the harbour office said in a note.</p></body></html>")

    def record(self, block=None, length=None):
        block = block or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + self.PAGE
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://island.example/a\r\nWARC-Date: "
                f"2021-02-08T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {length or len(block)}\r\n\r\n")
        return head.encode() + block + b"\r\n\r\n"

    def test_a_broken_record_is_named_with_its_byte_and_the_rest_goes_on(self):
        good = self.record()
        path = self.file(good + self.record(length=40) + good, "crawl.warc")
        ran = self.status(Ran("read", path), BAD_INPUT)
        self.assertIn("D0114", ran.err)
        self.assertRegex(ran.err, rf"crawl\.warc at byte {len(good)}|crawl\.warc at byte \d+")
        self.assertEqual(["http://island.example/a"] * 2, [json.loads(line)["url"] for line in ran.out.splitlines()][-2:])

    def test_pages_feeds_and_packed_files_of_a_folder_are_read_by_name(self):
        import gzip
        self.file(gzip.compress(self.PAGE), "b.html.gz")
        self.file("<rss><channel><item><title>Talks open in Praia</title></item></channel></rss>", "a.xml")
        ran = self.status(Ran("read", self.folder.name), DONE)
        self.assertEqual(["Talks open in Praia", "Ferry talks open"], [json.loads(line)["title"] for line in ran.out.splitlines()])

    def test_standard_input_may_be_a_packed_archive(self):
        import gzip
        ran = self.status(Ran("read", "-", stdin=gzip.compress(self.record()) + gzip.compress(self.record())), DONE)
        self.assertEqual(2, len(ran.out.splitlines()))

    def test_another_language_is_passed_over_by_name(self):
        swahili = ("Mawaziri wa uchukuzi wa visiwa vyote viwili walikutana mjini Praia siku ya Jumatatu na kukubaliana kufungua "
                   "njia ya pili kabla ya majira ya joto. Tume ya watu sita itaamua nauli hadi mwezi wa Mei, kwa mujibu wa "
                   "taarifa iliyotiwa saini na pande zote mbili mwishoni mwa mazungumzo hayo.")
        path = self.file(json.dumps({"text": swahili}) + "\n" + json.dumps({"text": "Ministers met in Lima."}) + "\n", "a.jsonl")
        ran = self.status(Ran("annotate", path), DONE)
        self.assertIn("Swahili", ran.err)
        self.assertEqual(1, len(ran.out.splitlines()))
        self.assertEqual(["sw", ""], [json.loads(line)["language"] for line in Ran("read", path).out.splitlines()])


class Giants(CliTest):
    """Input far larger than a news item: refused by name or read piece by piece, in bounded memory."""

    BOUND_MB = 300
    SENTENCE = b"The ministers of Kenya and Uganda met in Kampala on Monday to discuss the price of maize. "

    def giant(self, name, before=b"", after=b""):
        path = pathlib.Path(self.folder.name, name)
        with path.open("wb") as file:
            file.write(before)
            for _ in range(100):
                file.write(self.SENTENCE * (1_000_000 // len(self.SENTENCE)))
            file.write(after)
        return path

    def assert_bounded(self, ran):
        if not SANITIZED:
            self.assertLessEqual(ran.peak_mb, self.BOUND_MB, "most memory held, MB")

    def test_one_line_of_100_mb_is_refused_by_name(self):
        ran = self.status(Ran("annotate", self.giant("giant.txt")), BAD_INPUT)
        self.assertIn("giant.txt", ran.err)
        self.assert_bounded(ran)

    def test_one_record_of_100_mb_does_not_take_the_others_along(self):
        path = self.giant("giant.jsonl", b'{"text": "', b'"}\n{"id": "small", "text": "Ministers met in Lima."}\n')
        ran = self.status(Ran("annotate", path), BAD_INPUT)
        self.assertIn("giant.jsonl:1", ran.err)
        self.assertEqual("small", json.loads(ran.out)["document_id"])
        self.assert_bounded(ran)

    def test_a_document_of_4_mb_is_read(self):
        path = self.file(self.SENTENCE * (4_000_000 // len(self.SENTENCE)))
        ran = self.status(Ran("annotate", path, "--out", pathlib.Path(self.folder.name, "out"), timeout=600), DONE)
        if not SANITIZED:
            self.assertLessEqual(ran.peak_mb, 1000, "most memory held, MB")


def main():
    global EXE, MODEL, SLOW, SANITIZED
    args = sys.argv[1:]
    SLOW, SANITIZED = "--slow" in args, "--sanitized" in args
    EXE, MODEL, *rest = [a for a in args if a not in ("--slow", "--sanitized")]
    names = rest or (["Giants"] if SLOW else ["Usage", "Readings", "Formats"])
    unittest.main(argv=[sys.argv[0], *names])


if __name__ == "__main__":
    main()
