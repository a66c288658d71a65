#!/usr/bin/env python3
"""The reader still agrees with spaCy: holds today's output against what spaCy 3.8 made of the same texts.

    agreement_test.py EXE MODEL          compares
    agreement_test.py EXE MODEL --renew  asks spaCy again (needs it, and its folder of weights in .cache/models)

Texts: texts.txt, one a line, and examples/exchange-of-notes.txt, all our own. The live comparison over thousands of
sentences is ./dev bench compare_reader; this fixture keeps its result.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FIXTURE = HERE / "agreement.jsonl"
BARS = {"token": 0.999, "head and label": 0.995, "tag": 0.995, "pos": 0.995, "lemma": 0.995, "names": 0.995}


def texts():
    lines = (HERE / "texts.txt").read_text(encoding="utf-8").splitlines()
    return [*lines, "\n".join(lines), (ROOT / "examples" / "exchange-of-notes.txt").read_text(encoding="utf-8")]


def renew():
    import spacy
    nlp = spacy.load(ROOT / ".cache" / "models" / "en_core_web_sm-3.8.0")
    with FIXTURE.open("w", encoding="utf-8") as out:
        for doc in nlp.pipe(texts()):
            rows = [[t.idx, t.idx + len(t), t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i] for t in doc]
            names = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
            out.write(json.dumps({"tokens": rows, "names": names}, ensure_ascii=False, separators=(",", ":")) + "\n")


def readings(exe, model):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "texts.jsonl")
        rows = [json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts())]
        path.write_text("".join(rows), encoding="utf-8")
        run = subprocess.run([exe, "annotate", path, "--tokens", "--model", model], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


def names_of(tokens):
    found = []
    for token in tokens:
        if token["ent"].startswith("B-"):
            found.append([token["start"], token["end"], token["ent"][2:]])
        elif token["ent"].startswith("I-"):
            found[-1][1] = token["end"]
    return found


def main():
    exe, model = sys.argv[1:3]
    if "--renew" in sys.argv:
        return renew()
    if not pathlib.Path(model).exists():
        print(f"skipped: no model at {model}; run ./dev setup")
        return 77
    same = dict.fromkeys(BARS, 0)
    n_tokens = n_names = n_found = 0
    expected = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").split("\n") if line]
    given = readings(exe, model)
    assert len(expected) == len(given), f"{len(given)} readings for {len(expected)} texts"
    for want, got in zip(expected, given):
        place = {(t["start"], t["end"]): i for i, t in enumerate(got["tokens"])}
        ours = [place.get((row[0], row[1])) for row in want["tokens"]]
        n_tokens += len(ours)
        for row, i in zip(want["tokens"], ours):
            if i is None:
                continue
            token = got["tokens"][i]
            same["token"] += 1
            same["tag"] += token["tag"] == row[2]
            same["pos"] += token["pos"] == row[3]
            same["lemma"] += token["lemma"] == row[4]
            same["head and label"] += token["dep"] == row[5] and token["head"] == ours[row[6]]
        found = names_of(got["tokens"])
        n_names += len(want["names"])
        n_found += len(found)
        same["names"] += sum(name in want["names"] for name in found)
    shares = {name: n / n_tokens for name, n in same.items()}
    shares["names"] = 2 * same["names"] / (n_names + n_found)
    print(f"{n_tokens} tokens, {n_names} names:", ", ".join(f"{k} {v:.4f}" for k, v in shares.items()))
    below = [name for name, bar in BARS.items() if shares[name] < bar]
    if below:
        print("below the bar:", ", ".join(below))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
