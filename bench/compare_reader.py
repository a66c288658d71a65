#!/usr/bin/env python3
"""Compares the reader with spaCy, live, on the same texts and the same weights: tokens, tags, lemmas, tree, names.

    ./dev bench compare_reader [--show N] [FILE...]

Needs spaCy 3.8, which ./dev installs apart. FILEs are .txt or .jsonl with a field "text"; without any, all texts under
../shared that exist, and bench/nasty_texts.jsonl. Shares count spaCy's tokens; a token that we do not have is wrong in
every column. Ends with 1 when a share falls below its bar.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import spacy

import peers

BARS = {"token": 0.999, "head+label": 0.995, "tag": 0.995, "lemma": 0.995, "names f1": 0.995}


def rows_of_probe(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        lines.flush()
        run = subprocess.run([peers.BUILD / "bench" / "reader_probe", "tell", peers.MODEL, lines.name],
                             stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


def compare(text, row, doc, count, show):
    places = {pair: i for i, pair in enumerate(zip(row["begin"], row["end"]))}
    ours = [places.get((t.idx, t.idx + len(t))) for t in doc]
    count["tokens"] += len(doc)
    count["sentences"] += sum(1 for t in doc if t.is_sent_start or t.i == 0)
    for token, i in zip(doc, ours):
        if i is None:
            differing = ["token", "head+label", "tag", "pos", "lemma", "start"]
        else:
            differing = [name for name, same in (
                ("head+label", row["head"][i] == ours[token.head.i] and row["dep"][i] == token.dep_),
                ("tag", row["tag"][i] == token.tag_), ("pos", row["pos"][i] == token.pos_),
                ("lemma", row["lemma"][i] == token.lemma_)) if not same]
        for name in differing:
            count[name] += 1
        if differing and show and show[0] > 0:
            show[0] -= 1
            near = text[max(0, token.idx - 40):token.idx + len(token) + 40]
            print(f"  {differing} {token.text!r} in {near!r}")
    theirs = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
    found = {tuple(name) for name in row["names"]}
    count["names"] += len(theirs)
    count["names found"] += len(found)
    count["names same"] += len(theirs & found)


def shares(count):
    n = max(1, count["tokens"])
    names = count["names"] + count["names found"]
    return {**{name: 1 - count[name] / n for name in ("token", "head+label", "tag", "pos", "lemma")},
            "names f1": 2 * count["names same"] / names if names else 1.0}


def line(name, count):
    cells = "  ".join(f"{key} {100 * share:.3f}%" for key, share in shares(count).items())
    return f"{name}: {count['sentences']} sentences, {count['tokens']} tokens, {count['names']} names; {cells}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=0, help="differences to print")
    args = parser.parse_args()
    nlp = spacy.load(peers.PIPELINE)
    total = collections.Counter()
    show = [args.show]
    print(f"spaCy {spacy.__version__}, {nlp.meta['name']} {nlp.meta['version']}; {peers.machine()}")
    for path in args.files or peers.shared_files():
        texts = peers.texts_of(path)
        count = collections.Counter()
        for text, row, doc in zip(texts, rows_of_probe(texts), nlp.pipe(texts)):
            compare(text, row, doc, count, show)
        print(line(path.name, count), flush=True)
        total.update(count)
    print(line("all", total))
    below = [f"{name} {share:.4f} < {BARS[name]}" for name, share in shares(total).items() if share < BARS.get(name, 0)]
    print("below the bar: " + ", ".join(below) if below else "all bars held")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
