#!/usr/bin/env python3
"""The guard of the docs must bark."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_docs  # noqa: E402

SOUND = {
    "ARCHITECTURE.md": "### `parse`: Which words?\nSee `src/detente/parse/parse.h` and [the page](docs/a.md). `build/dev` is no path.\n",
    "docs/a.md": "`tests/cases/ROOM/X.case` stands for many.\n",
    "src/detente/parse/parse.h": "// docs/a.md\n",
    "third_party/README.md": "`ZLIB`\n",
    "cmake/DetenteDependencies.cmake": "find_package(ZLIB REQUIRED)\n",
}


class CheckDocs(unittest.TestCase):
    def faults(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {**SOUND, **changes}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return check_docs.check_tree(root)

    def test_lets_pass_what_is_true(self):
        self.assertEqual([], self.faults({}))

    def test_finds_each_fault(self):
        home = "/ho" + "me/eve/news"
        for what, changes in {
            "a link that leads nowhere": {"docs/a.md": "[gone](gone.md)"},
            "a path that is gone": {"docs/a.md": "`src/detente/parse/gone.h`"},
            "a comment that names a page that is gone": {"src/detente/parse/parse.h": "// docs/gone.md"},
            "a room without section": {"src/detente/nn/nn.h": ""},
            "a title that asks nothing": {"ARCHITECTURE.md": "### `parse`: Words\n"},
            "a dependency nobody explains": {"third_party/README.md": "nothing"},
            "somebody's machine": {"tools/a.py": f"open('{home}')"},
        }.items():
            with self.subTest(what):
                self.assertEqual(1, len(self.faults(changes)))

    def test_finds_a_section_without_room(self):
        self.assertEqual(1, len(self.faults({"ARCHITECTURE.md": "### `parse`: Which words?\n### `attic`: What is left?\n"})))


if __name__ == "__main__":
    unittest.main()
