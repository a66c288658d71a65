#!/usr/bin/env python3
"""`detente eval` gives the figures that the gold's own scorers give, on the same records.

    eval_test.py EXE MODEL

Skips (77) where ../shared or the model is absent: what is not there cannot be compared.
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
GOLD = ROOT.parent / "shared" / "gold"
EXE = MODEL = None


def run(*command, status=0):
    ran = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False,
                         env={**os.environ, "DETENTE_MODEL": str(MODEL)})
    if ran.returncode != status:
        raise AssertionError(f"{command} ended with {ran.returncode}: {ran.stderr[-800:]}")
    return ran.stdout


def eval_(*args):
    return json.loads(run(EXE, "eval", *args, "--json"))


def figures(scores):
    return {f["name"]: f for f in scores["figures"]}


def share(figure):
    return f"{figure['value']:.3f}", f"({figure['right']}/{figure['of']})"


class Eval(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def kept(self, name, *command):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(run(*command), encoding="utf-8")
        return path

    def test_sentences(self):
        gold = GOLD / "gsr-dev.jsonl"
        coded = self.kept("coded.jsonl", EXE, "code", gold, "--only", "events", "--format", "json")
        said = dict(re.findall(r"^(\w+) +([\d.]+(?:  \(\d+/\d+\))?)$", run(sys.executable, GOLD / "score_gsr.py", gold, coded), re.M))
        self.assertEqual(7, len(said))
        for given in eval_(gold, coded), eval_(gold):
            for name, figure in figures(given).items():
                self.assertEqual(said[name], "  ".join(share(figure)) if "of" in figure else f"{figure['value']:.3f}", name)

    def test_texts(self):
        gold, coded = GOLD / "wikinews", pathlib.Path(self.folder.name, "readings")
        run(EXE, "annotate", GOLD / "wikinews.jsonl", "--out", coded)
        said = run(sys.executable, GOLD / "score_text.py", gold, coded)
        found = figures(eval_(gold, coded))
        for name in "dates", "attributions", "attributions with source":
            row = next(line for line in said.splitlines() if line.startswith(f"{name}  "))
            ours = [*share(found[f"{name} precision"]), *share(found[f"{name} recall"]), f"{found[f'{name} f1']['value']:.3f}"]
            self.assertEqual(re.findall(r"\d\.\d{3}|\(\d+/\d+\)", row), ours)
        row = next(line for line in said.splitlines() if line.startswith("coreference"))
        ours = [f"{found[f'coreference {what}']['value']:.3f}" for what in ("precision", "recall", "f1")]
        self.assertEqual(re.findall(r"\d\.\d{3}", row), ours)
        self.assertIn(f"mentions found {found['mentions found']['right']}/{found['mentions found']['of']}", row)

    def test_article(self):
        gold = GOLD / "letters-of-friendship.gold.json"
        published = json.loads(gold.read_text(encoding="utf-8"))["published"]
        coded = self.kept("coded.jsonl", EXE, "code", GOLD / "letters-of-friendship.txt", "--published", published, "--format", "json")
        ran = subprocess.run([sys.executable, GOLD / "score_article.py", gold, coded], capture_output=True, text=True, check=False)
        said = ran.stdout.splitlines()
        self.assertTrue(said, ran.stderr)
        for given in eval_(gold, coded), eval_(gold):
            self.assertEqual(int(said[-1].split()[0]), given["faults"])
            for state in "found", "missing", "split", "extra", "FORBIDDEN":
                theirs = sum(f" {state} " in line[:28] for line in said)
                self.assertEqual(theirs, sum(v["state"] == state.lower() for v in given["verdicts"]), state)

    def test_pages(self):
        truth = json.loads((GOLD / "html" / "ground-truth.json").read_text(encoding="utf-8"))
        coded = pathlib.Path(self.folder.name, "bodies.jsonl")
        # Bodies with holes: every third word of them is gone, every tenth page is.
        rows = [{"document_id": f"html/{name}.html.gz", "text": " ".join(w for j, w in enumerate(page["body"].split()) if j % 3)}
                for i, (name, page) in enumerate(truth.items()) if i % 10]
        coded.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        said = run(sys.executable, GOLD / "score_html.py", GOLD / "html", coded)
        found = figures(eval_(GOLD / "html", coded))
        self.assertIn(f"answered {found['answered']['right']}  precision", said)
        for name in "precision", "recall", "f1":
            self.assertIn(f"{name} {found[name]['value']:.3f}", said)


def main():
    global EXE, MODEL
    EXE, MODEL = (pathlib.Path(a) for a in sys.argv[1:3])
    for needed in GOLD, MODEL:
        if not needed.exists():
            print(f"skipped: {needed} is not there")
            return 77
    return 0 if unittest.main(argv=sys.argv[:1], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
