#!/usr/bin/env python3
"""Speed of the reader of web archives on one thread, before anything is extracted from the pages.

    ./dev bench warc_speed [--megabytes N] [--rounds N]

Writes a WARC of so many megabytes into a temporary folder (pages of 1 to 200 KB, some in chunks, with requests and
metadata between them, as crawls have them), plain and with each record gzipped. Checks that every page comes back
before it times anything. Prints megabytes of unpacked WARC a second: the median and the range of the rounds.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile

BUILD = pathlib.Path(os.environ.get("DETENTE_BUILD_DIR", "build/bench"))
WORDS = "the ministers of both islands met in harbour office said note line summer fares talks cost share open".split()


def record(kind, content_type, block):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://island.example/a\r\n"
            f"WARC-Date: 2021-02-08T10:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def records(n_bytes):
    """Pairs of a record and the bytes of the page in it (0: none)."""
    dice = random.Random(7)
    total = 0
    while total < n_bytes:
        size = int(1000 * 200 ** dice.random())
        body = " ".join(dice.choices(WORDS, k=50)).encode()
        body = (b"<html><body><p>" + b"</p>\n<p>".join([body] * (size // len(body) + 1)) + b"</p></body></html>")
        header = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        if dice.random() < 0.3:
            pieces = [body[i:i + 8192] for i in range(0, len(body), 8192)]
            sent = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"
            answer = header + b"Transfer-Encoding: chunked\r\n\r\n" + sent
        else:
            answer = header + b"\r\n" + body
        for one, page in ((record("request", "application/http; msgtype=request", b"GET /a HTTP/1.1\r\n\r\n"), 0),
                          (record("response", "application/http; msgtype=response", answer), len(body)),
                          (record("metadata", "application/warc-fields", b"fetchTimeMs: 12\r\n"), 0)):
            total += len(one)
            yield one, page


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = pathlib.Path(folder, "a.warc"), pathlib.Path(folder, "a.warc.gz")
        n_bytes = n_pages = page_bytes = 0
        with open(plain, "wb") as out, open(packed, "wb") as out_packed:
            for one, page in records(args.megabytes * 1_000_000):
                out.write(one)
                out_packed.write(gzip.compress(one, 6))
                n_bytes += len(one)
                n_pages += page > 0
                page_bytes += page
        for path in (plain, packed):
            speeds = []
            for _ in range(args.rounds):
                run = subprocess.run([BUILD / "bench" / "warc_probe", path], stdout=subprocess.PIPE, check=True)
                got = json.loads(run.stdout)
                assert (got["records"], got["broken"], got["body_bytes"]) == (n_pages, 0, page_bytes), got
                speeds.append(n_bytes / 1e6 / got["seconds"])
            print(f"{path.name:10} {n_pages} pages, {n_bytes / 1e6:.0f} MB unpacked: "
                  f"{statistics.median(speeds):.0f} MB/s ({min(speeds):.0f}–{max(speeds):.0f})")


if __name__ == "__main__":
    main()
