/** Functions of Python and its standard library that move values: what each gives for abstract arguments. */

import { riskSet } from "../models/taint/types.ts";
import type { Call } from "../syntax/ast.ts";
import { dict, exactItems, iterate, mergeInto, readItem, writeItem } from "./containers.ts";
import type { CallArguments, Frame, Run } from "./program.ts";
import { sequence } from "./sequences.ts";
import { allocate, deepTaint, objectsOf, type State, updateObjects } from "./state.ts";
import { asText, concat, LINE_CLEARS, textOf } from "./strings.ts";
import { clearRisks, joinTaint, UNTAINTED } from "./taint.ts";
import {
  addTaint,
  BOTTOM,
  int,
  isBottom,
  joinValues,
  none,
  ofCallable,
  ofConst,
  onlyConst,
  onlyConsts,
  str,
  truthOf,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

interface BuiltinCall {
  readonly run: Run;
  readonly frame: Frame;
  readonly state: State;
  readonly node: Call;
  readonly args: CallArguments;
  readonly receiver: Value | null;
}

/** Null: not a case that we know better than "an unknown call". */
type Builtin = (call: BuiltinCall) => Value | null;

const first = ({ args }: BuiltinCall): Value => args.args[0] ?? args.more;
const newSequence = (
  call: BuiltinCall,
  items: readonly Value[] | null,
  rest: Value,
  type = "builtins.list",
): Value => allocate(call.run, call.frame, call.state, call.node, sequence(type, items, rest));

function collect(type: string): Builtin {
  return (call) => {
    const from = call.args.args[0];
    if (from === undefined) return newSequence(call, [], BOTTOM, type);
    const items = exactItems(call.state, from);
    return newSequence(call, items, items === null ? iterate(call.state, from) : BOTTOM, type);
  };
}

const toText: Builtin = (call) => asText(first(call), deepTaint(call.state, first(call)));

const quoted: Builtin = (call) =>
  asText(
    { ...first(call), consts: [], opaque: true, prefix: "" },
    clearRisks(deepTaint(call.state, first(call)), riskSet("log")),
  );

const length: Builtin = (call) => {
  const value = first(call);
  const items = exactItems(call.state, value);
  const text = onlyConst(value);
  if (items !== null) return int(items.length);
  return text?.type === "str" ? int(Array.from(text.value).length) : unknown(UNTAINTED, "builtins.int");
};

const number: Builtin = (call) => {
  const text = onlyConst(first(call));
  if (text?.type === "int") return first(call);
  if (text?.type === "str" && /^\s*[+-]?\d{1,15}\s*$/.test(text.value)) return int(Number(text.value));
  return unknown(UNTAINTED, "builtins.int");
};

const mapping: Builtin = (call) => {
  const result = allocate(call.run, call.frame, call.state, call.node, dict(new Map()));
  const from = call.args.args[0];
  if (from !== undefined) fillMapping(call, result, from);
  for (const [name, value] of call.args.keywords) writeItem(call.state, result, str(name), value);
  if (!isBottom(call.args.mapping)) mergeInto(call.state, result, call.args.mapping);
  return result;
};

function fillMapping(call: BuiltinCall, into: Value, from: Value): void {
  const isMapping = objectsOf(call.state, from).some(([, object]) => object.kind === "dict") || from.opaque;
  if (isMapping) return mergeInto(call.state, into, from);
  const pair = iterate(call.state, from);
  writeItem(call.state, into, readItem(call.state, pair, int(0)), readItem(call.state, pair, int(1)));
}

const enumerated: Builtin = (call) => {
  const pair = allocate(
    call.run,
    call.frame,
    call.state,
    call.node.func,
    sequence("builtins.tuple", [unknown(UNTAINTED, "builtins.int"), iterate(call.state, first(call))]),
  );
  return newSequence(call, null, pair);
};

const zipped: Builtin = (call) => {
  const tuple = sequence(
    "builtins.tuple",
    call.args.args.map((arg) => iterate(call.state, arg)),
  );
  return newSequence(call, null, allocate(call.run, call.frame, call.state, call.node.func, tuple));
};

const mapped: Builtin = (call) => {
  const [target, ...iterables] = call.args.args;
  if (target === undefined) return null;
  const args = {
    args: iterables.map((i) => iterate(call.state, i)),
    more: BOTTOM,
    keywords: new Map(),
    mapping: BOTTOM,
  };
  const known = target.callables[0];
  if (known?.kind === "known") {
    const cleared = call.run.knowledge.sanitizers.get(known.name) ?? 0;
    const taint = args.args.map((a) => deepTaint(call.state, a)).reduce(joinTaint, UNTAINTED);
    return newSequence(call, null, unknown(clearRisks(taint, cleared)));
  }
  return newSequence(
    call,
    null,
    call.run.interpreter.callValue(call.run, call.frame, call.state, call.node, target, args),
  );
};

const filtered: Builtin = (call) => newSequence(call, null, iterate(call.state, call.args.args[1] ?? BOTTOM));

const element: Builtin = (call) => {
  const value =
    call.args.args.length > 1 ? call.args.args.reduce(joinValues, BOTTOM) : iterate(call.state, first(call));
  return joinValues(value, call.args.keywords.get("default") ?? BOTTOM);
};

const nextOf: Builtin = (call) => joinValues(iterate(call.state, first(call)), call.args.args[1] ?? BOTTOM);
const same: Builtin = (call) => first(call);
const untainted: Builtin = (call) => ({ ...UNKNOWN, type: call.frame.file.model.typeOf(call.node) ?? null });

const attribute: Builtin = (call) => {
  const name = onlyConst(call.args.args[1] ?? BOTTOM);
  const receiver = first(call);
  const [object] = objectsOf(call.state, receiver);
  if (name?.type !== "str" || object?.[1].kind !== "instance") return null;
  const found = object[1].attrs.get(name.value);
  return found === undefined ? null : joinValues(found, call.args.args[2] ?? BOTTOM);
};

const setAttribute: Builtin = (call) => {
  const name = onlyConst(call.args.args[1] ?? BOTTOM);
  const value = call.args.args[2] ?? BOTTOM;
  updateObjects(call.state, first(call), (object) => {
    if (object.kind !== "instance") return object;
    if (name?.type !== "str") return { ...object, rest: joinValues(object.rest, value) };
    return { ...object, attrs: new Map(object.attrs).set(name.value, value) };
  });
  return none;
};

const partial: Builtin = (call) => {
  const [of, ...args] = call.args.args;
  return of === undefined ? null : ofCallable({ kind: "partial", of, args, keywords: call.args.keywords });
};

/** `sep.join(parts)`: known text where all parts are constants. */
const join: Builtin = (call) => {
  const separator = call.receiver;
  const parts = call.args.args[0];
  if (separator === null || parts === undefined) return null;
  const items = exactItems(call.state, parts);
  const taint = joinTaint(separator.taint, deepTaint(call.state, parts));
  if (items === null) return joinOfMany(call, separator, parts) ?? unknown(taint, "builtins.str");
  return items.reduce<Value>(
    (all, item, i) => concat(i === 0 ? all : concat(all, separator), asText(item)),
    str(""),
  );
};

/** Of a list that begins with known elements and has any number of others: what the text begins with. */
function joinOfMany(call: BuiltinCall, separator: Value, parts: Value): Value | null {
  const [list, ...others] = objectsOf(call.state, parts).map(([, object]) => object);
  const begin = list?.kind === "sequence" ? list.items[0] : undefined;
  if (list?.kind !== "sequence" || begin === undefined || others.length > 0 || parts.opaque) return null;
  const rest = [...list.items.slice(1), list.rest].map((item) => deepTaint(call.state, item));
  const more = unknown(rest.reduce(joinTaint, UNTAINTED), "builtins.str");
  // With no further element there is no separator either: the shorter text is one of the possible ones.
  return joinValues(asText(begin), concat(concat(asText(begin), separator), more));
}

/** `template.format(...)`: plain `{}`, `{0}` and `{name}` are filled in. */
const format: Builtin = (call) => {
  const template = call.receiver === null ? null : onlyConst(call.receiver);
  if (template?.type !== "str" || !isBottom(call.args.more)) return null;
  let text = str("");
  let next = 0;
  for (const piece of template.value.split(/(\{\{|\}\}|\{[^{}]*\})/)) {
    if (piece === "{{" || piece === "}}") text = concat(text, str(piece.charAt(0)));
    else if (!piece.startsWith("{")) text = concat(text, str(piece));
    else {
      const field = piece.slice(1, -1).split(/[!:.[]/)[0] ?? "";
      const value =
        field === "" || /^\d+$/.test(field)
          ? call.args.args[field === "" ? next++ : Number(field)]
          : (call.args.keywords.get(field) ?? call.args.mapping);
      const shown = value ?? UNKNOWN;
      const plain = piece === `{${field}}`;
      const risks = /!r/.test(piece) ? riskSet("log") : 0;
      const taint = clearRisks(deepTaint(call.state, shown), risks);
      text = concat(text, plain ? asText(shown, taint) : unknown(taint));
    }
  }
  return text;
};

/** `text.split(...)`: any number of parts; exact where text and separator are constants. */
const split: Builtin = (call) => {
  if (call.receiver === null) return null;
  const text = onlyConst(call.receiver);
  const separator = onlyConst(first(call));
  if (
    text?.type === "str" &&
    separator?.type === "str" &&
    separator.value !== "" &&
    call.args.args.length === 1
  ) {
    return newSequence(call, text.value.split(separator.value).map(str), BOTTOM);
  }
  const isLines = call.node.func.kind === "Attribute" && call.node.func.attr === "splitlines";
  const taint = isLines ? clearRisks(call.receiver.taint, LINE_CLEARS) : call.receiver.taint;
  return newSequence(call, null, { ...unknown(taint, "builtins.str"), prefix: "" });
};

/** Path functions: text of a path is text; `resolve` and `realpath` leave no `..`. */
const joinPath: Builtin = (call) => {
  const parts = call.args.args.reduce<Value>(
    (all, part, i) => (i === 0 ? asText(part) : concat(concat(all, str("/")), asText(part))),
    str(""),
  );
  return addTaint({ ...parts, type: "builtins.str" }, call.args.more.taint);
};
const resolved: Builtin = (call) => {
  const from = call.receiver ?? first(call);
  return { ...unknown(from.taint, from.type), resolved: true };
};
const newPath: Builtin = (call) => ({
  ...unknown(call.args.args.map((a) => a.taint).reduce(joinTaint, UNTAINTED), "pathlib.Path"),
  resolved: call.args.args.length === 1 && first(call).resolved,
});

/** Conversions between text, bytes and encodings keep the constant where they can and always the taint. */
const encode: Builtin = (call) => {
  const from = call.receiver ?? first(call);
  const consts = onlyConsts(from);
  if (consts?.every((c) => (c.type === "str" || c.type === "bytes") && /^[\x20-\x7e]*$/.test(c.value))) {
    const type = call.node.func.kind === "Attribute" && call.node.func.attr === "encode" ? "bytes" : "str";
    return addTaint(
      consts.map((c) => ofConst({ type, value: textOf(c) ?? String(c.value) })).reduce(joinValues, BOTTOM),
      from.taint,
    );
  }
  return { ...unknown(deepTaint(call.state, from), null), prefix: from.prefix };
};

const truth: Builtin = (call) => {
  const known = truthOf(first(call));
  return known === null ? unknown(UNTAINTED, "builtins.bool") : ofConst({ type: "bool", value: known });
};

const BUILTINS: Readonly<Record<string, Builtin>> = {
  "builtins.str": toText,
  "builtins.format": toText,
  "builtins.repr": quoted,
  "builtins.ascii": quoted,
  "builtins.len": length,
  "builtins.int": number,
  "builtins.bool": truth,
  // The name of the file only stands in messages.
  "builtins.compile": (call) => unknown(deepTaint(call.state, first(call))),
  "builtins.list": collect("builtins.list"),
  "builtins.tuple": collect("builtins.tuple"),
  "builtins.set": collect("builtins.set"),
  "builtins.frozenset": collect("builtins.set"),
  "builtins.sorted": (call) => newSequence(call, null, iterate(call.state, first(call))),
  "builtins.reversed": (call) => {
    const items = exactItems(call.state, first(call));
    return newSequence(
      call,
      items === null ? null : items.toReversed(),
      items === null ? iterate(call.state, first(call)) : BOTTOM,
    );
  },
  "builtins.iter": collect("builtins.list"),
  "collections.deque": collect("collections.deque"),
  "builtins.dict": mapping,
  "collections.OrderedDict": mapping,
  "collections.defaultdict": (call) => allocate(call.run, call.frame, call.state, call.node, dict(new Map())),
  "builtins.enumerate": enumerated,
  "builtins.zip": zipped,
  "builtins.map": mapped,
  "builtins.filter": filtered,
  "builtins.next": nextOf,
  "builtins.min": element,
  "builtins.max": element,
  "random.choice": element,
  "builtins.getattr": attribute,
  "builtins.setattr": setAttribute,
  "builtins.isinstance": untainted,
  "builtins.issubclass": untainted,
  "builtins.hasattr": untainted,
  "builtins.callable": untainted,
  "builtins.hash": untainted,
  "builtins.id": untainted,
  "builtins.range": untainted,
  "builtins.any": untainted,
  "builtins.all": untainted,
  "functools.partial": partial,
  "functools.wraps": () => null,
  "copy.copy": same,
  "copy.deepcopy": same,
  "typing.cast": (call) => call.args.args[1] ?? null,
  "os.path.join": joinPath,
  "posixpath.join": joinPath,
  "os.path.realpath": resolved,
  "os.path.abspath": resolved,
  "pathlib.Path.resolve": resolved,
  "pathlib.Path.absolute": (call) =>
    call.receiver === null ? null : { ...unknown(call.receiver.taint, "pathlib.Path"), resolved: false },
  "pathlib.Path": newPath,
  "pathlib.PurePath": newPath,
  "os.fspath": toText,
  "os.path.exists": untainted,
  "os.path.isfile": untainted,
  "os.path.isdir": untainted,
  "builtins.str.join": join,
  "builtins.str.format": format,
  "builtins.str.split": split,
  "builtins.str.rsplit": split,
  "builtins.str.splitlines": split,
  "builtins.str.encode": encode,
  "builtins.bytes.decode": encode,
};

/** Methods of text where the receiver is not known to be text: their names say enough. */
const BY_METHOD: Readonly<Record<string, Builtin>> = { join, format };

/** The result of a call to a function of Python that we know by name, or null. */
export function builtinCall(
  run: Run,
  frame: Frame,
  state: State,
  node: Call,
  names: readonly string[],
  args: CallArguments,
  receiver: Value | null,
): Value | null {
  const call = { run, frame, state, node, args, receiver };
  for (const name of names) {
    const builtin = BUILTINS[name];
    if (builtin !== undefined) return builtin(call);
  }
  if (receiver === null || node.func.kind !== "Attribute" || onlyConst(receiver)?.type !== "str") return null;
  return BY_METHOD[node.func.attr]?.(call) ?? null;
}
