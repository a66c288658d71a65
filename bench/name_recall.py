#!/usr/bin/env python3
"""Names found in news from five continents, by overlap, beside the parser's own entities alone.

usage: bench/name_recall.py [CORPUS.jsonl] [--every N]    default: ../shared/corpora/worldwide-newswire.jsonl

A document has `id`, `text` and `names` [[start, end, type]]. Gold: Person, Organization, Location, NORP. Found: mentions
resolved by a name of any kind (their own words, without titles), and the name hits inside them. A gold name is found
when something found overlaps it; something found is right when it overlaps a gold name of any type but dates and
numbers. The floor is the parser's PERSON, ORG, GPE, LOC, FAC and NORP. Exit 2: no corpus there.
"""
import json
import pathlib
import sys

from entity_codes import ROOT, annotate

WANTED = {"Person", "Organization", "Location", "NORP"}
NUMBERS = {"Date", "Money", "Time", "Percent", "Cardinal", "Ordinal", "Quantity"}
PARSER = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}
NAMED = {"name", "title", "metonym", "demonym", "collective", "acronym"}


def overlaps(span, others):
    return any(span[0] < e and b < span[1] for b, e in others)


def score(label, golds, founds):
    hit = sum(overlaps(g, found) for gold, found in zip(golds, founds) for g in gold["wanted"])
    total = sum(len(gold["wanted"]) for gold in golds)
    right = sum(overlaps(f, gold["any"]) for gold, found in zip(golds, founds) for f in found)
    said = sum(len(found) for found in founds)
    print(f"{label:22} recall {hit / total:.3f} ({hit}/{total})  precision {right / said:.3f} ({right}/{said})")


def main(argv):
    every = int(argv[argv.index("--every") + 1]) if "--every" in argv else 1
    files = [a for i, a in enumerate(argv[1:], 1) if not a.startswith("--") and argv[i - 1] != "--every"]
    path = pathlib.Path(files[0]) if files else ROOT.parent / "shared" / "corpora" / "worldwide-newswire.jsonl"
    if not path.exists():
        print(f"no corpus at {path}", file=sys.stderr)
        return 2
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [d for d in documents if d["names"]][::every]
    readings = annotate([{"id": d["id"], "text": d["text"]} for d in documents], tokens=True)
    golds, ours, floor = [], [], []
    for d in documents:
        reading = readings[d["id"]]
        golds.append({"wanted": [n[:2] for n in d["names"] if n[2] in WANTED],
                      "any": [n[:2] for n in d["names"] if n[2] not in NUMBERS]})
        ours.append([(m["start"], m["end"]) for m in reading["mentions"] if m.get("resolved_by") in NAMED])
        spans, last = [], None
        for token in reading["tokens"]:
            tag, _, kind = token["ent"].partition("-")
            if kind in PARSER and tag == "B":
                spans.append([token["start"], token["end"]])
            elif kind in PARSER and spans and last == kind:
                spans[-1][1] = token["end"]
            last = kind
        floor.append(spans)
    score("the parser's alone", golds, floor)
    score("Detente", golds, ours)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
