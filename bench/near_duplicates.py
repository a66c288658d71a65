#!/usr/bin/env python3
"""How well copies of one report are told from other reports: 1,000 variants of our own making, F1 over pairs.

    ./dev bench near_duplicates [--articles FILE.jsonl] [--json]

Each of 200 articles appears five times: as it is; cut short, as papers do for room; under another headline and
publisher, a day later; with its paragraphs in another order; and with words changed here and there and a paragraph of
the paper's own. FILE.jsonl gives real articles; else articles are composed here. Asked is the store that
`detente ingest` makes of all of them in random order: which documents share a copy_group.
"""
import argparse
import collections
import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import peers

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXE = peers.BUILD / "apps" / "cli" / "detente"
NEWS = ROOT.parent / "shared" / "corpora" / "worldwide-newswire.jsonl"
NOUNS = ("ministers envoys farmers teachers soldiers traders judges nurses villagers fishermen officials lawmakers miners "
         "drivers students refugees investors engineers pilots bishops mayors brokers auditors doctors").split()
VERBS = ("met praised blamed warned visited phoned sued joined left backed rejected delayed signed opened closed funded "
         "questioned greeted followed advised paid thanked").split()
THINGS = ("the harbour;the treaty;a loan;the border post;the railway;two bridges;a dam;the census;a strike;the grain sale;"
          "the ceasefire;an inquiry;the budget;a pipeline;the airport;new tariffs;the ballot;a hospital;the tender;the "
          "curfew;a school;the archive;the summit;a road").split(";")


def composed(chance):
    def sentence():
        return (f"{chance.choice(NOUNS).capitalize()} from {chance.choice(THINGS)} {chance.choice(VERBS)} {chance.choice(NOUNS)} "
                f"over {chance.choice(THINGS)} and {chance.choice(THINGS)} on day {chance.randint(1, 99)}.")
    return [" ".join(sentence() for _ in range(chance.randint(2, 4))) for _ in range(chance.randint(6, 12))]


def paragraphs_of(text):
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    if len(parts) < 4:  # one long paragraph
        sentences = text.replace("\n", " ").split(". ")
        parts = [". ".join(sentences[i:i + 2]) + "." for i in range(0, len(sentences), 2)]
    return parts


def articles(path, chance, n=200):
    if path and path.exists():
        texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
        chance.shuffle(texts)
        parts = [paragraphs_of(text) for text in texts]
        parts = [part for part in parts if len(part) >= 4 and sum(map(len, part)) >= 600]
        return parts[:n]
    return [composed(chance) for _ in range(n)]


def shortened(parts, chance):
    most = sum(map(len, parts)) * chance.uniform(0.55, 0.8)
    kept = []
    for part in parts:
        if kept and sum(map(len, kept)) + len(part) > most:
            break
        kept.append(part)
    return kept


def reordered(parts, chance):
    rest = parts[1:]
    chance.shuffle(rest)
    return parts[:1] + rest


def reworded(parts, chance):
    def word(w):
        return "reportedly " + w if chance.random() < 0.03 else ("" if chance.random() < 0.02 else w)
    changed = [" ".join(filter(None, map(word, part.split()))) for part in parts]
    return changed + ["Our own correspondent adds that little was known about it here by the evening, and that calls were not answered."]


def variants(parts, number, chance):
    day = datetime.date(2024, 1, 1) + datetime.timedelta(days=number % 40)
    kinds = [("as it is", parts, 0), ("short", shortened(parts, chance), 0), ("headline", parts, 1),
             ("order", reordered(parts, chance), 0), ("words", reworded(parts, chance), 2)]
    for kind, text, later in kinds:
        body = "\n\n".join(text)
        if kind == "headline":
            body = f"What the day brought, number {chance.randint(1, 10**6)}\n\n" + body
        yield {"id": f"a{number}-{kind.replace(' ', '_')}", "published": str(day + datetime.timedelta(days=later)),
               "publisher": f"Paper {chance.randint(1, 50)}", "text": body}


def groups(documents, scratch):
    news, store, out = scratch / "news.jsonl", scratch / "news.duckdb", scratch / "out"
    news.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
    for command in (["ingest", news, "--store", store, "--threads", "2"], ["export", "--format", "csv", "--store", store, "-o", out]):
        subprocess.run([EXE, *map(str, command)], check=True, stderr=subprocess.DEVNULL)
    csv.field_size_limit(1 << 24)
    with (out / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["document_id"]: row["copy_group"] for row in csv.DictReader(file)}


def pairs(sets):
    return {(a, b) for members in sets for a in members for b in members if a < b}


def gathered(of):
    sets = collections.defaultdict(list)
    for document, group in of.items():
        sets[group].append(document)
    return sets.values()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=pathlib.Path, default=NEWS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    bases = articles(options.articles, chance)
    documents = [v for number, parts in enumerate(bases) for v in variants(parts, number, chance)]
    chance.shuffle(documents)
    with tempfile.TemporaryDirectory() as scratch:
        found = groups(documents, pathlib.Path(scratch))
    told = pairs(gathered(found))
    true = pairs(gathered({d["id"]: d["id"].split("-")[0] for d in documents}))
    both = len(told & true)
    precision, recall = both / max(1, len(told)), both / len(true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    missed = collections.Counter(kind for a, b in true - told for kind in sorted({a.split("-")[1], b.split("-")[1]}))
    result = {"documents": len(documents), "pairs": len(true), "precision": round(precision, 4), "recall": round(recall, 4),
              "f1": round(f1, 4), "missed": dict(missed), "wrong": sorted(told - true)[:5]}
    print(json.dumps(result) if options.json else "\n".join(f"{key:10} {value}" for key, value in result.items()))
    return 0 if f1 >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
