#!/usr/bin/env python3
"""Compares words_probe with spaCy, live, on the same texts and the same pipeline folder.

    ./dev bench compare_words [--pipeline FOLDER] [--probe EXE] [FILE...]

Needs spaCy 3.8, which ./dev installs apart. FILEs are .txt or .jsonl with a field "text"; without any, all texts under
../shared that exist, and bench/nasty_texts.jsonl. Ends with 1 when anything differs.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unicodedata

import spacy
from spacy.attrs import IS_ALPHA, IS_DIGIT, IS_SPACE, IS_TITLE, IS_UPPER
from spacy.attrs import LOWER, NORM, ORTH, PREFIX, SHAPE, SUFFIX
ANNOTATIONS = {
    "pos": lambda t: t.pos_,
    "tag": lambda t: t.tag_,
    "dep": lambda t: t.dep_,
    "morph": lambda t: str(t.morph),
    "lemma": lambda t: t.lemma_,
}

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
COLUMNS = {"orth": ORTH, "norm": NORM, "prefix": PREFIX, "suffix": SUFFIX, "shape": SHAPE}
FLAGS = [IS_SPACE, IS_ALPHA, IS_DIGIT, IS_TITLE, IS_UPPER]


def default_files():
    files = sorted((SHARED / "gold").glob("*.txt")) + sorted((SHARED / "gold").glob("*.jsonl"))
    files += sorted((SHARED / "corpora").glob("*.jsonl"))
    return files + [HERE / "nasty_texts.jsonl"]


def texts_of(path):
    if path.suffix != ".jsonl":
        return [path.read_text(encoding="utf-8")]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [row.get("text") or row.get("sentence") for row in rows if row.get("text") or row.get("sentence")]


def random_texts(nlp, n, seed):
    """Texts of special cases, words of the lemmatizer's tables, affixes and odd characters, thrown together."""
    dice = random.Random(seed)
    tables = nlp.get_pipe("lemmatizer").lookups
    index, exceptions = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
    words = [w for table in index.values() for w in table] + [w for table in exceptions.values() for w in table]
    specials = list(nlp.tokenizer.rules)
    marks = list(".,;:!?'\"()[]{}<>-–—…“”‘’«»/\\*&#%$€£+=^~_@|`°²") + ["'s", "’s", "n't", "..", "--", "km", "US$", "://", "www.", ".com"]
    endings = ["s", "es", "ed", "ing", "er", "est", "men", "ies", "d", "x"]

    def piece():
        kind = dice.random()
        if kind < 0.2:
            return dice.choice(specials)
        if kind < 0.5:
            word = dice.choice(words) + (dice.choice(endings) if dice.random() < 0.4 else "")
            return dice.choice([word, word, word.title(), word.upper()])
        if kind < 0.8:
            return dice.choice(marks)
        if kind < 0.9:
            return str(dice.randrange(10 ** dice.randrange(1, 6)))
        top = dice.choice([0x250, 0x3100, 0x20000, 0x110000])
        character = chr(dice.randrange(top))
        # Characters that Python's Unicode tables do not know yet may be letters in newer ones.
        return character if unicodedata.category(character) not in ("Cn", "Cs") else "\N{REPLACEMENT CHARACTER}"

    def text():
        return "".join(piece() + dice.choice(["", "", " ", " ", " ", "  ", "\n", "\u00a0"]) for _ in range(60))

    return [text() for _ in range(n)]


def annotate_at_random(nlp, text, dice):
    """Every tag and arc to every word: rules are reached that good text hardly reaches."""
    doc = nlp.make_doc(text)
    tags, deps = nlp.get_pipe("tagger").labels, [*nlp.get_pipe("parser").labels, ""]
    for token in doc:
        token.tag_, token.dep_ = dice.choice(tags), dice.choice(deps)
    before = {"tags": [t.tag_ for t in doc], "deps": [t.dep_ for t in doc]}
    for name in ("attribute_ruler", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    return doc, before


def annotate(nlp, text):
    """The document, and the tags and arcs as they are before the attribute ruler changes any."""
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    before = {"tags": [t.tag_ for t in doc], "deps": [t.dep_ for t in doc]}
    for name in ("attribute_ruler", "lemmatizer"):
        doc = nlp.get_pipe(name)(doc)
    return doc, before


def spacy_row(doc):
    row = {
        "begin": [t.idx for t in doc],
        "end": [t.idx + len(t) for t in doc],
        "space": [bool(t.whitespace_) for t in doc],
        "lower": [t.lower_ for t in doc],
    }
    for name, attr in COLUMNS.items():
        row[name] = [int(v) for v in doc.to_array([attr])] if len(doc) else []
    for name, value in ANNOTATIONS.items():
        row[name] = [value(t) for t in doc]
    row["flags"] = [sum(t.check_flag(f) << i for i, f in enumerate(FLAGS)) for t in doc]
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipeline", dest="folder", default=HERE.parent / ".cache" / "models" / "en_core_web_sm-3.8.0")
    parser.add_argument("--probe", default=pathlib.Path(os.environ.get("DETENTE_BUILD_DIR", "build/dev")) / "bench" / "words_probe")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=10, help="differences to print per file")
    parser.add_argument("--all", action="store_true", help="also what the attribute ruler and the lemmatizer make of spaCy's own tags and arcs")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="instead of files: N texts of odd pieces thrown together")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    nlp = spacy.load(args.folder)
    differs = False
    columns = ["space", "lower", "flags", *COLUMNS, *(ANNOTATIONS if args.all or args.random else [])]
    with tempfile.TemporaryDirectory() as folder:
        model = str(pathlib.Path(folder) / "words.dtm")
        subprocess.run([args.probe, "convert", args.folder, str(HERE.parent / "data" / "language"), model], check=True)
        sources = [(path.name, texts_of(path)) for path in args.files or default_files()]
        dice = random.Random(args.seed)
        if args.random:
            sources = [("random texts", random_texts(nlp, args.random, args.seed))]
        for name, texts in sources:
            if args.random:
                docs = [annotate_at_random(nlp, text, dice) for text in texts]
            else:
                docs = [annotate(nlp, text) if args.all else (nlp.make_doc(text), {}) for text in texts]
            lines = "".join(json.dumps({"text": t, **before}) + "\n" for t, (_, before) in zip(texts, docs))
            run = subprocess.run([args.probe, "tokens", model], input=lines.encode(), stdout=subprocess.PIPE, check=True)
            ours = [json.loads(line) for line in run.stdout.decode().split("\n") if line]
            differs |= compare(name, texts, ours, [doc for doc, _ in docs], columns, args.show)
    sys.exit(1 if differs else 0)


def compare(name, texts, ours, docs, columns, show):
    n_tokens = same_tokens = n_shown = 0
    wrong = collections.Counter()
    assert len(texts) == len(ours), f"{len(texts)} texts, {len(ours)} answers"
    for text, row, doc in zip(texts, ours, docs):
        theirs = spacy_row(doc)
        n_tokens += len(doc)
        places = {pair: i for i, pair in enumerate(zip(row.get("begin", []), row.get("end", [])))}
        for j, place in enumerate(zip(theirs["begin"], theirs["end"])):
            i = places.get(place)
            if i is None:
                differing = ["token"]
            else:
                same_tokens += 1
                differing = [c for c in columns if c not in row or row[c][i] != theirs[c][j]]
            wrong.update(differing)
            if differing and n_shown < show:
                n_shown += 1
                near = text[max(0, place[0] - 20) : place[1] + 20]
                print(f"  {differing} spaCy {text[place[0]:place[1]]!r} {doc[j].norm_!r} in {near!r}")
    share = 100.0 * same_tokens / max(1, n_tokens)
    rest = ", ".join(f"{what} {count}" for what, count in sorted(wrong.items())) or "nothing differs"
    print(f"{name}: {len(texts)} texts, {n_tokens} tokens, {share:.4f}% the same; {rest}", flush=True)
    return bool(wrong)


if __name__ == "__main__":
    main()
