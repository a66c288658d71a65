#!/usr/bin/env python3
"""The guard of the walls must bark: a small tree with one breach of each kind, and one without."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_rooms  # noqa: E402

ROOMS = "base:\nnn: base\nread: base ; document.h\nparse: base nn read\nengine: base nn read parse\n"


class CheckRooms(unittest.TestCase):
    def faults(self, files, rooms=ROOMS):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {"tools/rooms.txt": rooms, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return check_rooms.check_tree(root)

    def test_lets_pass_what_is_allowed(self):
        self.assertEqual([], self.faults({
            "src/detente/parse/parse.cpp": '#include <vector>\n#include <pcre2.h>\n#include "detente/base/date.h"\n'
                                           '#include "detente/parse/tree.h"\n#include "detente/read/document.h"\n#include "detente/read/read.h"\n',
            "src/detente/base/date.h": '#include "detente/date.h"\n',
            "src/detente/engine/engine.cpp": '#include "detente/engine.h"\n',
            "src/detente/read/CMakeLists.txt": "detente_room(read\n  SOURCES a.cpp\n  DEPENDS base\n  TESTS a_test.cpp)\n",
            "include/detente/engine.h": '#include "detente/event.h"\n',
            "include/detente/event.h": "#include <string>\n",
            "apps/cli/main.cpp": '#include "detente/engine.h"\n#include "detente/engine/engine.h"\n#include "table.h"\n',
            "apps/cli/table.h": "",
        }))

    def test_refuses_each_breach(self):
        breaches = {
            "a room that is not allowed": ("src/detente/nn/a.cpp", '#include "detente/parse/parse.h"'),
            "past the door": ("src/detente/parse/a.cpp", '#include "detente/read/plain.h"'),
            "a sub-folder past the door": ("src/detente/parse/a.h", '#  include <detente/nn/ops/dot.h>'),
            "the front door from inside": ("src/detente/read/a.cpp", '#include "detente/event.h"'),
            "no room at all": ("src/detente/read/a.cpp", '#include "detente/cellar/cellar.h"'),
            "a relative path": ("src/detente/read/a.cpp", '#include "plain.h"'),
            "a room nobody listed": ("src/detente/attic/a.cpp", ""),
            "a room from an installed header": ("include/detente/a.h", '#include "detente/base/date.h"'),
            "a room from an app": ("apps/cli/a.cpp", '#include "detente/parse/parse.h"'),
            "a forbidden link": ("src/detente/nn/CMakeLists.txt", "detente_room(nn SOURCES a.cpp DEPENDS base parse)"),
        }
        for what, (path, line) in breaches.items():
            with self.subTest(what):
                faults = self.faults({path: line + "\n"})
                self.assertEqual(1, len(faults), faults)
                self.assertIn(str(pathlib.Path(path).parent), faults[0])

    def test_refuses_a_table_with_a_cycle(self):
        self.assertEqual(1, len(self.faults({}, "base: nn\nnn: base\n")))


if __name__ == "__main__":
    unittest.main()
