#!/usr/bin/env python3
"""The guard of the symbols must bark: check_symbols_test.py COMPILER."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_symbols  # noqa: E402

COMPILER = sys.argv.pop()


class CheckSymbols(unittest.TestCase):
    def breaches(self, code):
        with tempfile.TemporaryDirectory() as folder:
            source, made = pathlib.Path(folder, "room.cpp"), pathlib.Path(folder, "room.o")
            source.write_text(code)
            subprocess.run([COMPILER, "-std=c++20", "-c", source, "-o", made], check=True)
            return list(check_symbols.breaches(made))

    def test_finds_what_a_room_never_does(self):
        found = "\n".join(self.breaches(
            "#include <chrono>\n#include <cstdio>\n#include <cstdlib>\n#include <iostream>\n"
            'void f1() { std::cout << 1; }\nvoid f2(int i) { printf("%d", i); }\nvoid f3() { std::abort(); }\n'
            'char* f4() { return std::getenv("A"); }\nauto f5() { return std::chrono::system_clock::now(); }\n'))
        for symbol in ("_ZSt4cout", "printf", "abort", "getenv", "system_clock"):
            with self.subTest(symbol):
                self.assertIn(symbol, found)

    def test_lets_pass_what_is_allowed(self):
        self.assertEqual([], self.breaches("#include <string>\nstd::string f(int i) { return std::to_string(i); }"))


if __name__ == "__main__":
    unittest.main()
