"""Prints what the symtable module says of files: one JSON line for each path on stdin."""

import json
import symtable
import sys

FOLDED_TYPES = {"type alias", "typevar bound", "type variable"}
TYPE_PARAMETERS = {"type parameter", "type parameters"}


def classify(symbol):
    if symbol.is_free():
        return "free"
    if symbol.is_local():
        return "local"
    return "global"


def is_written(symbol):
    """False for names that only pass through, or that the compiler adds."""
    name = symbol.get_name()
    if name.startswith(".") or name in ("__classdict__", "__type_params__", "__class__"):
        return False
    return symbol.is_referenced() or symbol.is_assigned() or symbol.is_parameter() or symbol.is_imported()


def dump(table):
    kind = str(table.get_type()).removeprefix("SymbolTableType.").lower()
    kind = kind.replace("_", " ")
    name = table.get_name()
    symbols = {s.get_name(): classify(s) for s in table.get_symbols() if is_written(s)}
    children = []
    for child in table.get_children():
        dumped = dump(child)
        if dumped["kind"] in FOLDED_TYPES:
            for key, value in dumped["symbols"].items():
                symbols.setdefault(key, value)
            children += dumped["children"]
        elif dumped["kind"] != "annotation":
            children.append(dumped)
    kind = "type-params" if kind in TYPE_PARAMETERS else kind
    return {"kind": kind, "name": name, "symbols": symbols, "children": children}


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        result = dump(symtable.symtable(text, path, "exec"))
    except (SyntaxError, ValueError, RecursionError):
        result = None
    print(json.dumps(result), flush=True)
