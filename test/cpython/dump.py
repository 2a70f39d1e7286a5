"""Prints Python's own syntax trees in the form that `compare.ts` reads.

The first line of standard input is a JSON object: for each node kind the names of its fields, in order.
Every further line is the path of a file. For each path one line is printed: the path, a tab, and the tree as
JSON, or `!` and why there is none. A node is `[kind, position, field...]`; the position is
`[line, column, end line, end column]` with columns in UTF-8 bytes, or null where Python keeps none.
"""

import ast
import json
import struct
import sys
import threading
import warnings

sys.set_int_max_str_digits(0)
warnings.simplefilter("ignore")
NAMES_ONLY = (ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.expr_context)


def constant(value):
    """A Constant's type and value as text that JavaScript spells the same way."""
    if isinstance(value, bool):
        return ["bool", str(value)]
    if value is None or value is Ellipsis:
        return ["None" if value is None else "Ellipsis", ""]
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, bytes):
        return ["bytes", value.decode("latin-1")]
    if isinstance(value, int):
        return ["int", hex(value)]
    if isinstance(value, float):
        return ["float", struct.pack(">d", value).hex()]
    return ["complex", struct.pack(">d", value.imag).hex()]


def convert(node, fields):
    if isinstance(node, ast.AST):
        kind = type(node).__name__
        if isinstance(node, NAMES_ONLY):
            return kind
        position = None
        if hasattr(node, "lineno"):
            position = [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset]
        row = [kind, position]
        if kind == "Constant":
            row.append(constant(node.value))
            return row
        if kind == "MatchSingleton":
            row.append(constant(node.value))
            return row
        for name in fields[kind]:
            value = getattr(node, name, None)
            if value is None and name == "type_params":
                value = []
            row.append(convert(value, fields))
        return row
    if isinstance(node, list):
        return [convert(item, fields) for item in node]
    return node


def main():
    fields = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        path = line.rstrip("\n")
        try:
            with open(path, "rb") as file:
                tree = ast.parse(file.read(), path)
            text = json.dumps(convert(tree, fields), separators=(",", ":"))
        except (SyntaxError, ValueError, RecursionError, MemoryError, OSError) as problem:
            text = "!" + type(problem).__name__
        print(path, text, sep="\t", flush=True)


sys.setrecursionlimit(100_000)
threading.stack_size(512 * 1024 * 1024)
thread = threading.Thread(target=main)
thread.start()
thread.join()
