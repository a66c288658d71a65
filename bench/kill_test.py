#!/usr/bin/env python3
"""Kills an ingest at random moments, again and again, and compares what is left with an ingest that nobody killed.

    ./dev bench kill_test [--kills 200] [--documents 5000] [--seed 1]

After every kill the store must open and hold whole documents, no fewer than before; after the last one the same command
finishes the job, and every table but `runs` must hold the same rows as the store of the undisturbed run.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import duckdb

import peers

EXE = peers.BUILD / "apps" / "cli" / "detente"
STATES = "Ghana Togo Kenya Uganda France Germany Japan Peru Chile Norway Sweden Egypt Jordan India Nepal Spain".split()
DEEDS = "met criticised threatened praised condemned thanked visited sued".split()


def write_reports(path, n, chance):
    with path.open("w", encoding="utf-8") as file:
        for i in range(n):
            a, b = chance.sample(STATES, 2)
            text = (f"The government of {a} {chance.choice(DEEDS)} the government of {b} on Monday, officials of {a} said. "
                    f"It was report number {i}.")
            document = {"id": f"r{i}", "published": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                        "publisher": f"Paper {i % 9}", "text": text}
            if i % 50 == 49:  # a page that changed since
                document["url"] = f"https://example.org/{i - 1}"
            if i % 50 == 48:
                document["url"] = f"https://example.org/{i}"
            file.write(json.dumps(document) + "\n" if i % 97 else "{no json\n")


def tables(connection):
    rows = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal AND table_name <> 'runs'").fetchall()
    return sorted(name for name, in rows)


def half_documents(store):
    """Documents of which something is missing: counted events or claims, a text, or rows that belong to no document."""
    with duckdb.connect(str(store)) as connection:
        n_documents, n_distinct, n_revised = connection.execute(
            "SELECT count(*), count(DISTINCT document_id), (SELECT count(DISTINCT document_key) FROM revisions) FROM documents").fetchone()
        faults = abs(n_documents - n_distinct) + abs(n_documents - n_revised)
        for table, column in ("events", "n_events"), ("claims", "n_claims"):
            faults += connection.execute(
                f"SELECT count(*) FROM documents d LEFT JOIN (SELECT document_id, count(*) AS n FROM {table} GROUP BY 1) t "
                f"USING (document_id) WHERE coalesce(t.n, 0) <> d.{column}").fetchone()[0]
        for table in "mentions", "entities", "dyads", "claims", "copy_sketches":
            faults += connection.execute(
                f"SELECT count(*) FROM {table} WHERE document_id NOT IN (SELECT document_id FROM documents)").fetchone()[0]
        return n_documents, faults


def differing(a, b):
    with duckdb.connect(str(a)) as connection:
        connection.execute(f"ATTACH '{b}' AS other (READ_ONLY)")
        found = []
        for name in tables(connection):
            for left, right in (f"main.{name}", f"other.main.{name}"), (f"other.main.{name}", f"main.{name}"):
                n = connection.execute(f"SELECT count(*) FROM (SELECT * FROM {left} EXCEPT ALL SELECT * FROM {right})").fetchone()[0]
                if n:
                    found.append(f"{n} rows of {left} are not in {right}")
        return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        news, whole, store = scratch / "news.jsonl", scratch / "whole.duckdb", scratch / "killed.duckdb"
        write_reports(news, options.documents, chance)

        def ingest(into):
            return subprocess.Popen([EXE, "ingest", news, "--store", into, "--threads", "2", "--batch", "16"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        start = time.monotonic()
        ingest(whole).wait()
        seconds = time.monotonic() - start
        # A run that finds all in place shows how long it takes to start; kills come after that.
        start = time.monotonic()
        ingest(whole).wait()
        begin = 0.7 * (time.monotonic() - start)
        reach = max(1.0, 3 * seconds / max(1, options.kills))
        lost = halves = n_before = n_cut = n_met = 0
        for kill in range(options.kills):
            process = ingest(store)
            time.sleep(chance.uniform(0, begin) if kill % 5 == 0 else begin + chance.uniform(0, reach))
            n_cut += process.poll() is None
            process.kill()
            process.wait()
            if not store.exists():
                continue
            n_now, faults = half_documents(store)
            lost += n_now < n_before
            halves += faults
            n_met += n_before < n_now < options.documents * 0.9
            n_before = n_now
        ingest(store).wait()
        found = differing(whole, store)
    print(f"undisturbed: {options.documents} documents in {seconds:.1f} s")
    print(f"{options.kills} kills, {n_cut} while it worked, {n_met} between commits; documents before the last run: {n_before}")
    print(f"kills that lost documents: {lost}; half documents: {halves}; tables that differ: {len(found)}")
    print("\n".join(found))
    return 1 if lost or halves or found else 0


if __name__ == "__main__":
    sys.exit(main())
