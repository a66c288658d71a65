#!/usr/bin/env python3
"""What twice as many rules cost: the pipeline with our rules, and with as many made-up ones beside them, alternating.

    ./dev bench rule_growth [--rounds N]

The made-up rules have our rules' number, of phrases too, and phrases as long as ours, of lemmas that the texts hold (the
verbs and nouns of the first documents, drawn by how often they stand there). They find things, too: the count of events shows.
The bar: less than 5 % of the time.
"""
import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import tomllib

import peers

ONTOLOGY = peers.HERE.parent / "data" / "ontology"
DOCUMENTS_READ = 150


def our_phrases():
    """For each of our rules its phrases' lengths, as {"verbs": [2, 1], …}."""
    rules = []
    for path in sorted(ONTOLOGY.rglob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            rules.append({kind: [len(phrase.split()) for phrase in rule.get(kind, [])] for kind in ("verbs", "nouns")})
    return rules


def lemmas():
    """Verbs and nouns of the corpus' first documents with their counts."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(peers.NEWSWIRE.read_text(encoding="utf-8").splitlines(keepends=True)[:DOCUMENTS_READ])
        lines.flush()
        ran = subprocess.run([peers.BUILD / "apps" / "cli" / "detente", "annotate", lines.name, "--tokens", "--model", peers.MODEL],
                             stdout=subprocess.PIPE, check=True)
    found = {"VERB": collections.Counter(), "NOUN": collections.Counter()}
    for line in ran.stdout.decode().split("\n"):
        for token in json.loads(line)["tokens"] if line else []:
            if token["pos"] in found and token["lemma"].isascii() and token["lemma"].isalpha():
                found[token["pos"]][token["lemma"].lower()] += 1
    return found


def made_up(rules, words, seed=1):
    chance = random.Random(seed)
    draw = {pos: list(zip(*counts.items())) for pos, counts in words.items()}

    def word(pos):
        return chance.choices(*draw[pos])[0]

    def phrases(lengths, head):
        made = []
        for length in lengths:
            rest = [word("NOUN") for _ in range(max(1, length - 1))]
            made.append(" ".join([word("VERB"), *rest] if head == "VERB" else [*rest, word("NOUN")]))
        return made
    text = ""
    for number, rule in enumerate(rules):
        text += (f'[[rule]]\nname = "made-up-{number}"\nevent = "{chance.choice(["ACCUSE", "AID", "SUPPORT", "COERCE", "REQUEST"])}"\n'
                 f'verbs = {json.dumps(phrases(rule["verbs"], "VERB"))}\nnouns = {json.dumps(phrases(rule["nouns"], "NOUN"))}\n\n')
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if not peers.NEWSWIRE.exists():
        sys.exit(f"{peers.NEWSWIRE} is not there: this bench needs its texts")
    rules = our_phrases()
    n_phrases = sum(len(lengths) for rule in rules for lengths in rule.values())
    print(f"{peers.machine()}; {len(rules)} rules of ours with {n_phrases} phrases", flush=True)
    cost, code_cost = [], []
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "grown.toml").write_text(made_up(rules, lemmas()), encoding="utf-8")
        for number in range(args.rounds):
            ours, grown = peers.code_probe(peers.NEWSWIRE), peers.code_probe(peers.NEWSWIRE, folder)
            if number == 0:
                print(f"rules {ours['rules']} and {grown['rules']}, events {ours['events']} and {grown['events']}", flush=True)
            cost.append(100 * (grown["cpu_seconds"] / ours["cpu_seconds"] - 1))
            # What the stage of the rules takes, by the clock, out of the whole.
            code_cost.append(100 * (grown["code"] / grown["seconds"] - ours["code"] / ours["seconds"]))
    print(f"processor time, per cent more with twice the rules       {peers.spread(cost)}")
    print(f"the coder's share of the time, percentage points more    {peers.spread(code_cost)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
