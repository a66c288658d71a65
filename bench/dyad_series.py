#!/usr/bin/env python3
"""A pair's monthly series out of a store of ten million events, which are made up here.

    ./dev bench dyad_series [--events 10000000] [--rounds 5]

Times the view `dyad_month` as a user asks it, and `detente timeline` as a whole, with its start.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

import peers

EXE = peers.BUILD / "apps" / "cli" / "detente"
CODES = "USA CHN RUS PRK KOR JPN FRA DEU GBR IND PAK IRN IRQ ISR PSE EGY TUR SAU UKR SYR KEN NGA ZAF BRA".split()
TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()


def fill(store, n):
    codes, types = "['" + "','".join(CODES) + "']", "['" + "','".join(TYPES) + "']"
    with duckdb.connect(str(store)) as connection:
        connection.execute(f"""
            CREATE TEMP TABLE made AS SELECT i, lower(hex(hash(i))) AS id, 'd' || (i // 4) AS document_id,
              's' || lower(hex(hash(i // 2))) AS story_id, DATE '1995-01-01' + CAST(hash(i // 3) % 10950 AS INTEGER) AS date,
              {codes}[1 + CAST(hash(i * 7) % {len(CODES)} AS INTEGER)] AS a, {codes}[1 + CAST(hash(i * 11) % {len(CODES)} AS INTEGER)] AS b,
              1 + CAST(hash(i * 13) % {len(TYPES)} AS INTEGER) AS t FROM range({n}) AS r(i)""")
        connection.execute(f"""
            INSERT INTO dyads SELECT id, document_id, story_id, date, a, 'GOV', b, 'GOV', {types}[t], 1 + (t - 1) // 4, t - 8.0, t - 8.0, true
            FROM made""")
        connection.execute(f"""
            INSERT INTO events (id, document_id, story_id, date, enddate, date_precision, actors, recipients, event, quad_code, event_scale,
              goldstein) SELECT id, document_id, story_id, date, date, 'day', a || '/GOV', b || '/GOV', {types}[t], 1 + (t - 1) // 4, t - 8.0,
              t - 8.0 FROM made""")
        connection.execute("CHECKPOINT")


def timed(ask, rounds):
    seconds = []
    for _ in range(rounds):
        start = time.monotonic()
        answer = ask()
        seconds.append(time.monotonic() - start)
    return answer, statistics.median(seconds), max(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        store, news = pathlib.Path(scratch, "big.duckdb"), pathlib.Path(scratch, "one.txt")
        news.write_text("The president of Ghana met the president of Togo on Monday.\n")
        subprocess.run([EXE, "ingest", news, "--store", store, "--published", "2024-03-14"], check=True, stderr=subprocess.DEVNULL)
        fill(store, options.events)
        print(f"{options.events} events, {store.stat().st_size / 1e6:.0f} MB")
        with duckdb.connect(str(store), read_only=True) as connection:
            sql = "SELECT * FROM dyad_month WHERE actor = 'PRK' AND recipient = 'KOR' ORDER BY month"
            answer, middle, worst = timed(lambda: connection.execute(sql).fetchall(), options.rounds)
        n_true = sum(row[3] for row in answer)
        assert answer and abs(n_true - options.events / len(CODES) ** 2) < 0.1 * n_true, "the answer is not what was made"
        print(f"dyad_month: {len(answer)} months, {n_true} events, median {middle:.3f} s, worst {worst:.3f} s")
        ask = [EXE, "timeline", "PRK", "KOR", "--store", store, "--unit", "month", "--json"]
        _, middle_cli, worst_cli = timed(lambda: subprocess.run(ask, check=True, capture_output=True), options.rounds)
        print(f"detente timeline: median {middle_cli:.3f} s, worst {worst_cli:.3f} s")
    return 0 if middle <= 0.5 else 1


if __name__ == "__main__":
    sys.exit(main())
