#!/usr/bin/env python3
"""The store as its users meet it: what goes in comes out, again is nothing new, and whatever ends the program, whole
documents stay and the next run finishes the job.

    store_test.py EXE MODEL [--slow] [unittest arguments]
"""
import json
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXE = MODEL = None
DONE, NOTHING_FOUND, WRONG_USAGE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 3, 130
STATES = ["Ghana", "Togo", "Kenya", "Uganda", "France", "Germany", "Japan", "Peru", "Chile", "Norway", "Sweden", "Egypt"]
DEEDS = ["met", "criticised", "threatened", "praised", "condemned", "thanked"]


def reports(n, seed=1):
    """Short reports of our own, all different."""
    chance = random.Random(seed)
    for i in range(n):
        a, b = chance.sample(STATES, 2)
        day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield {"id": f"r{i}", "published": day, "publisher": f"Paper {i % 7}",
               "text": f"The government of {a} {chance.choice(DEEDS)} the government of {b} on Monday, officials said. "
                       f"Report number {i} of {seed}.\n"}


def lines(documents):
    return "".join(json.dumps(document) + "\n" for document in documents)


def command(*args, env=None):
    return subprocess.Popen([EXE, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, "DETENTE_MODEL": str(MODEL), "LC_ALL": "C.UTF-8", **(env or {})})


class Ran:
    def __init__(self, *args, **options):
        process = command(*args, **options)
        self.out, self.err = process.communicate(timeout=300)
        self.status = process.returncode


class StoreTest(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "news.duckdb"

    def file(self, documents, name="news.jsonl"):
        path = self.folder / name
        path.write_text(documents if isinstance(documents, str) else lines(documents), encoding="utf-8")
        return path

    def run_it(self, *args, status=DONE, **options):
        ran = Ran(*args, **options)
        self.assertEqual(status, ran.status, ran.err[-1500:])
        return ran

    def ingest(self, *files, status=DONE, options=()):
        return self.run_it("ingest", *files, "--store", self.store, "--threads", 2, *options, status=status)

    def content(self, store=None):
        """Every row of every table, as text, but for the table that tells of clocks."""
        out = self.folder / f"content-{time.monotonic_ns()}"
        self.run_it("export", "--format", "csv", "--store", store or self.store, "-o", out)
        return {path.name: sorted(path.read_text(encoding="utf-8").splitlines()) for path in sorted(out.iterdir())}


class Content(StoreTest):
    def test_what_code_prints_comes_out_of_the_store(self):
        file = self.file([*reports(30), {"id": "x", "text": "Officials of Kenya said on Friday that Peru had expelled Chile's envoy."}])
        coded = [json.loads(line) for line in self.run_it("code", file, "--format", "json").out.splitlines()]
        self.ingest(file)
        for kind in "events", "claims":
            stored = [json.loads(line) for line in self.run_it(kind, "--store", self.store, "--json").out.splitlines()]
            for record in stored:
                for key in "story_id", "cite_info", "content_text":
                    record.pop(key, None)
            wanted = [record for record in coded if record["kind"] == kind[:-1]]
            self.assertTrue(wanted)
            by_id = lambda records: sorted(records, key=lambda record: record["id"])
            self.assertEqual(by_id(wanted), by_id(stored))

    def test_again_changes_nothing(self):
        file = self.file(reports(40))
        self.ingest(file)
        before = self.content()
        self.assertIn("0 documents new, 0 revised, 40 known", self.ingest(file).err)
        self.assertEqual(before, self.content())

    def test_batches_threads_and_files_do_not_matter(self):
        self.ingest(self.file(reports(40)))
        once = self.content()
        for table in "documents.csv", "events.csv":
            self.assertGreater(len(once[table]), 20)
        parts = list(reports(40))
        files = [self.file(parts[i:i + 1], f"part{i:02}.jsonl") for i in range(40)]
        for options in (["--batch", 1], ["--batch", 7, "--threads", 1]):
            self.store.unlink()
            self.run_it("ingest", *files, "--store", self.store, *options)
            again = self.content()
            for name, rows in once.items():
                unfiled = lambda row: re.sub(r"[^,]*\.jsonl", "FILE", row)
                self.assertEqual(sorted(map(unfiled, rows)), sorted(map(unfiled, again[name])), name)

    def test_a_changed_page_is_a_revision(self):
        page = {"id": "1", "url": "https://example.org/page", "published": "2024-03-14",
                "text": "The president of Ghana met the president of Togo on Monday."}
        self.ingest(self.file([page]))
        page["text"] = "The president of Ghana criticised the president of Togo on Monday."
        self.assertIn("1 revised", self.ingest(self.file([page])).err)
        events = self.run_it("events", "--store", self.store).out
        self.assertIn("ACCUSE", events)
        self.assertNotIn("CONSULT", events)

    def test_what_cannot_be_read_is_listed(self):
        file = self.file(lines(reports(3)) + "{no json\n" + lines(reports(3, seed=2)))
        self.assertIn("1 rejected", self.ingest(file, status=BAD_INPUT).err)
        rejects = self.content()["rejects.csv"]
        self.assertEqual(2, len(rejects), rejects)
        self.assertTrue(any("D0105" in row and "news.jsonl" in row for row in rejects), rejects)

    def test_questions_without_an_answer_exit_1(self):
        self.ingest(self.file(reports(3)))
        for kind in "events", "claims", "commitments", "expectations", "stories", "actors":
            self.assertEqual("", self.run_it(kind, "--store", self.store, "--until", "1900-01-01", status=NOTHING_FOUND).out)
        self.assertIn("'no-such-event'", self.run_it("explain", "no-such-event", "--store", self.store, status=NOTHING_FOUND).err)
        self.run_it("timeline", "FRA", "USA", "--store", self.store, status=NOTHING_FOUND)

    def test_wrong_questions_are_named(self):
        self.assertIn("no/such.duckdb", self.run_it("events", "--store", "no/such.duckdb", status=BAD_INPUT).err)
        self.ingest(self.file(reports(1)))
        self.assertIn("2024-02-30", self.run_it("events", "--store", self.store, "--since", "2024-02-30", status=WRONG_USAGE).err)

    def test_filters_explain_and_timeline(self):
        self.ingest(self.file([{"id": "a", "published": "2024-03-14",
                                "text": "The president of Ghana met the president of Togo in Lome on Monday."}]))
        line = self.run_it("events", "--store", self.store, "--actor", "gha", "--recipient", "TGO").out
        self.assertIn("CONSULT", line)
        actors = [json.loads(s) for s in self.run_it("actors", "--store", self.store, "--json").out.splitlines()]
        self.assertEqual({"GHA": 1, "TGO": 1}, {a["code"]: a["n_as_actor"] + a["n_as_recipient"] for a in actors})
        explained = self.run_it("explain", line.split()[-1], "--store", self.store).out
        for words in "rules:", "2024-03-11", "«", "president of Togo", "revision 1":
            self.assertIn(words, explained)
        steps = [json.loads(s) for s in self.run_it("timeline", "GHA", "TGO", "--store", self.store, "--json").out.splitlines()]
        self.assertEqual([(1, 0, "2024-03-11")],
                         [(s["n_cooperation"], s["n_conflict"], s["begin"]) for s in steps if s["kind"] == "step"])
        self.assertEqual(["2024-03-11"], [s["week"] for s in steps if s["kind"] == "tension"])
        self.assertIn("█", self.run_it("timeline", "TGO", "GHA", "--store", self.store, "--unit", "month").out)


class Outlook(StoreTest):
    """Promises and expectations over many documents."""
    PROMISE = "The government of Kenya pledged on Monday to withdraw its troops from Somalia by the end of 2021."
    REPORTS = [
        {"id": "a", "published": "2021-03-10", "text": PROMISE},
        {"id": "b", "published": "2021-03-11", "publisher": "Coast Post",
         "text": "Kenya promised to withdraw its troops from Somalia, the Coast Post reported. "
                 "Analysts said Kenya may attack Somalia in the coming weeks."},
        {"id": "c", "published": "2021-03-25", "text": "Kenya attacked Somalia on Wednesday, killing 12 soldiers."},
        {"id": "d", "published": "2022-02-20",
         "text": "Kenya withdrew its last troops from Somalia on Saturday, fulfilling its pledge."}]

    def asked(self, *args, status=DONE):
        return [json.loads(line) for line in self.run_it(*args, "--store", self.store, "--json", status=status).out.splitlines()]

    def test_one_commitment_of_two_documents_is_kept_by_a_third(self):
        self.ingest(self.file(self.REPORTS))
        promised = [one for one in self.asked("commitments", "--actor", "ken") if "withdraw" in one["content"]]
        self.assertEqual(1, len(promised), promised)
        self.assertEqual(["a", "b", "d"], [telling["document_id"] for telling in promised[0]["tellings"]])
        self.assertEqual("kept", promised[0]["status"])
        self.assertEqual(["kept"], [step["status"] for step in promised[0]["history"]])
        evidence = promised[0]["history"][0]["evidence"]
        self.assertEqual("d", evidence["document_id"])
        self.assertIn("fulfilling its pledge", self.REPORTS[3]["text"][evidence["start"]:evidence["end"]])
        self.assertEqual("2021-12-31", promised[0]["deadline"]["enddate"])
        line = self.run_it("commitments", "--store", self.store, "--status", "kept").out.splitlines()[0]
        explained = self.run_it("explain", line.split()[-1], "--store", self.store).out
        for words in "told by 3 documents", "what became of it", "«", "](by KEN)":
            self.assertIn(words, explained)
        self.assertEqual([], self.asked("commitments", "--status", "broken", status=NOTHING_FOUND))

    def test_an_expectation_comes_true_by_a_later_event(self):
        self.ingest(self.file(self.REPORTS[:2]))
        before = self.asked("expectations", "--actor", "SOM")
        self.assertEqual(["open"], [one["outcome"] for one in before])
        self.ingest(self.file(self.REPORTS))
        after = self.asked("expectations", "--holder", "analysts")
        self.assertEqual(["came_true"], [one["outcome"] for one in after])
        attack = self.asked("events", "--event", "ASSAULT")
        self.assertEqual(attack[0]["id"], after[0]["outcome_event_id"])
        self.assertIn("came_true, 2021-03-24", self.run_it("explain", after[0]["id"], "--store", self.store).out)
        record = self.asked("expectations", "--by-holder")
        self.assertEqual([(1, 1, 1)], [(r["n_expectations"], r["n_resolved"], r["n_came_true"]) for r in record])
        self.assertAlmostEqual((1 - after[0]["strength"]) ** 2, record[0]["brier"])

    def test_the_order_of_documents_does_not_matter(self):
        self.ingest(self.file(self.REPORTS))
        once = self.content()
        for name in "commitments.csv", "commitment_history.csv", "commitment_members.csv", "expectations.csv", "tension.csv":
            self.assertGreater(len(once[name]), 1, name)
        self.store.unlink()
        for report in reversed(self.REPORTS):
            self.ingest(self.file([report]))
        self.assertEqual(once, self.content())

    def test_a_timeline_shows_spans_and_marks(self):
        self.ingest(self.file(self.REPORTS))
        drawn = self.run_it("timeline", "KEN", "SOM", "--store", self.store).out
        for words in "tension (-10 to 10)", "✓", "promise, kept", "▼ 2021-03-11":
            self.assertIn(words, drawn)

    def test_the_commands_of_the_guide_run(self):
        """Each `$ command` of the page, one after the other in a folder that holds the example."""
        page = (ROOT / "docs" / "user" / "a-relation-over-three-years.md").read_text(encoding="utf-8")
        commands = re.findall(r"^\$ (detente .*)$", page, re.MULTILINE)
        self.assertGreater(len(commands), 8)
        (self.folder / "ghana-and-togo.jsonl").write_bytes((ROOT / "examples" / "ghana-and-togo.jsonl").read_bytes())
        env = {**os.environ, "DETENTE_MODEL": str(MODEL), "PATH": f"{pathlib.Path(EXE).resolve().parent}:{os.environ['PATH']}"}
        for line in commands:
            with self.subTest(line):
                if " explain " in line:  # ids change with the rules
                    kind = "commitments" if " explain k" in line else "expectations"
                    line = re.sub(r"explain \w+", f"explain $(detente {kind} --store relation.duckdb | head -1 | grep -o '[kx][0-9a-f]*$')", line)
                ran = subprocess.run(["bash", "-c", line], cwd=self.folder, env=env, check=False, capture_output=True, text=True)
                self.assertEqual(DONE, ran.returncode, ran.stderr)

    def test_documents_in_other_languages_are_recorded_by_name(self):
        swahili = ("Mawaziri wa uchukuzi wa visiwa vyote viwili walikutana mjini Praia siku ya Jumatatu na kukubaliana kufungua "
                   "njia ya pili kabla ya majira ya joto. Tume ya watu sita itaamua nauli hadi mwezi wa Mei, kwa mujibu wa "
                   "taarifa iliyotiwa saini na pande zote mbili mwishoni mwa mazungumzo hayo.")
        ran = self.ingest(self.file([{"text": swahili}, *self.REPORTS]))
        self.assertIn("4 documents new, 0 revised, 0 known, 0 rejected, 1 in other languages", ran.err)
        self.assertTrue(any("D0117" in row and "Swahili" in row for row in self.content()["rejects.csv"]))


class Interruptions(StoreTest):
    def test_a_second_writer_is_told_so(self):
        file = self.file(reports(3000))
        first = command("ingest", file, "--store", self.store, "--batch", 20)
        while not self.store.exists() and first.poll() is None:
            time.sleep(0.01)
        time.sleep(0.3)
        second = self.run_it("ingest", file, "--store", self.store, status=BAD_INPUT)
        self.assertRegex(second.err, rf"D1102 .*process {first.pid}")
        first.send_signal(signal.SIGINT)
        _, err = first.communicate(timeout=60)
        self.assertEqual(INTERRUPTED, first.returncode, err)
        self.assertIn("interrupted", err)

    def kill_and_finish(self, n_documents, n_kills, after):
        """Kills an ingest at random moments, looks at what is left, and lets the last one finish."""
        documents = list(reports(n_documents))
        file = self.file(documents)
        whole = self.folder / "whole.duckdb"
        start = time.monotonic()
        self.run_it("ingest", file, "--store", whole, "--threads", 2, "--batch", 25)
        seconds = time.monotonic() - start
        chance = random.Random(5)
        n_left = []
        for _ in range(n_kills):
            process = command("ingest", file, "--store", self.store, "--threads", 2, "--batch", 25)
            time.sleep(chance.uniform(0, seconds * after))
            process.kill()
            process.communicate()
            if self.store.exists() and Ran("stories", "--store", self.store).status in (DONE, NOTHING_FOUND):
                n_left.append(len(self.content()["documents.csv"]) - 1)
        self.assertEqual(sorted(n_left), n_left, "what was committed stays")
        self.ingest(file, options=["--batch", 25])
        self.assertEqual(self.content(whole), self.content())
        return n_left

    def test_killed_twice_and_finished_is_as_never_killed(self):
        self.kill_and_finish(150, 2, 1.0)

    @unittest.skipUnless("--slow" in sys.argv, "slow")
    def test_killed_often(self):
        n_left = self.kill_and_finish(1500, 10, 0.6)
        self.assertGreater(len(set(n_left)), 2, "kills came at different moments")

    def test_a_torn_log_costs_its_end_alone(self):
        """The log of what was committed last is cut at any place: what lies before the cut stays, and no half of it."""
        file = self.file(reports(400))
        process = command("ingest", file, "--store", self.store, "--batch", 10)
        log = self.store.with_name(self.store.name + ".wal")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and not (log.exists() and log.stat().st_size > 150_000):
            time.sleep(0.01)
        process.kill()
        process.communicate()
        store, whole_log = self.store.read_bytes(), log.read_bytes()
        n_left = []
        for part in 0.1, 0.5, 0.77, 1.0:
            self.store.write_bytes(store)
            log.write_bytes(whole_log[:int(len(whole_log) * part)])
            self.run_it("ingest", self.file(""), "--store", self.store, status=NOTHING_FOUND)  # opens it for writing
            tables = self.content()
            n_documents = len(tables["documents.csv"]) - 1
            self.assertEqual(0, n_documents % 10, "whole batches")
            n_left.append(n_documents)
        self.assertEqual(sorted(n_left), n_left)
        self.assertGreater(n_left[-1], n_left[0])

    def test_a_damaged_log_or_file_is_told_with_the_way_back(self):
        file = self.file(reports(60))
        self.ingest(file)
        whole = self.content()
        process = command("ingest", self.file(reports(400, seed=2), "more.jsonl"), "--store", self.store, "--batch", 10)
        log = self.store.with_name(self.store.name + ".wal")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and not (log.exists() and log.stat().st_size > 40_000):
            time.sleep(0.01)
        process.kill()
        process.communicate()
        harmed = bytearray(log.read_bytes())
        harmed[len(harmed) // 2] ^= 4
        log.write_bytes(harmed)
        self.assertRegex(self.run_it("events", "--store", self.store, status=BAD_INPUT).err, r"D1111 .*\.wal: .*Move it away")
        log.unlink()
        self.assertEqual(whole, self.content())
        harmed = bytearray(self.store.read_bytes())
        for at in range(20_000, len(harmed), 100_000):  # a bit in each block
            harmed[at] ^= 4
        self.store.write_bytes(harmed)
        self.assertRegex(self.run_it("events", "--store", self.store, status=BAD_INPUT).err, "D1112 .*Go back to a copy")

    def test_a_full_disk_is_told_and_harms_nothing(self):
        file = self.file(reports(600))
        self.ingest(self.file(reports(20), "first.jsonl"))
        limit = 400_000  # a file may grow to that; the log of what is committed is the first to meet it
        process = subprocess.run([EXE, "ingest", str(file), "--store", str(self.store), "--batch", "50"], check=False,
                                 capture_output=True, text=True, env={**os.environ, "DETENTE_MODEL": str(MODEL)},
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.assertEqual(BAD_INPUT, process.returncode, process.stderr)
        self.assertIn("D1103", process.stderr)
        n_before = len(self.content()["documents.csv"]) - 1
        self.assertGreaterEqual(n_before, 20)
        self.assertLess(n_before, 600)
        self.ingest(file)
        self.assertEqual(600, len(self.content()["documents.csv"]) - 1)


if __name__ == "__main__":
    EXE, MODEL = sys.argv[1:3]
    del sys.argv[1:3]
    if "--slow" in sys.argv:
        sys.argv.remove("--slow")
    unittest.main()
