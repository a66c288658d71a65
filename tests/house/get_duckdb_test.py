#!/usr/bin/env python3
"""DuckDB's library is taken only when the package is, byte for byte, the pinned one."""
import contextlib
import hashlib
import io
import os
import pathlib
import sys
import tarfile
import tempfile
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import get_duckdb  # noqa: E402

# Stands for npm: `npm pack NAME@VERSION` puts the archive that lies beside it into the current folder.
NPM = """#!/bin/sh
cp "$(dirname "$0")/served.tgz" ./package.tgz
"""


class GetDuckdb(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        npm = self.root / "npm"
        npm.write_text(NPM)
        npm.chmod(0o755)
        with tarfile.open(self.root / "served.tgz", "w:gz") as archive:
            entry = tarfile.TarInfo("package/lib.so")
            entry.size = 7
            archive.addfile(entry, io.BytesIO(b"library"))
        self.into = self.root / "duckdb"

    def fetch(self, sha256=None, file="package/lib.so"):
        """Exit status or message of a run whose pins name the served package."""
        real = hashlib.sha256((self.root / "served.tgz").read_bytes()).hexdigest()
        pins = self.root / "packages.tsv"
        pins.write_text(f"registry\tpackage\tversion\tsha256\tfile\tinto\nnpm\ttiny\t1\t{sha256 or real}\t{file}\tlib/lib.so\n")
        with mock.patch.object(get_duckdb, "PACKAGES", pins), mock.patch.object(sys, "argv", ["get_duckdb", "--into", str(self.into)]), \
                mock.patch.dict(os.environ, {"PATH": f"{self.root}:{os.environ['PATH']}"}), contextlib.redirect_stderr(io.StringIO()):
            try:
                get_duckdb.main()
                return 0
            except SystemExit as stop:
                return stop.code

    def test_takes_the_pinned_package(self):
        self.assertEqual(0, self.fetch())
        self.assertEqual(b"library", (self.into / "lib" / "lib.so").read_bytes())

    def test_what_is_in_place_is_not_fetched_again(self):
        self.fetch()
        (self.root / "npm").unlink()
        self.assertEqual(0, self.fetch())

    def test_refuses_another_package_by_its_checksum_and_leaves_nothing(self):
        message = self.fetch(sha256="0" * 64)
        self.assertIn("tiny 1 has SHA-256", str(message))
        self.assertFalse(self.into.exists())

    def test_names_a_file_that_is_missing(self):
        self.assertIn("holds no package/other.so", str(self.fetch(file="package/other.so")))


if __name__ == "__main__":
    unittest.main()
