/** Which of a value's taint does harm at a sink: not every part of what arrives there is read the same way. */

import type { Risk, SinkModel } from "../models/taint/types.ts";
import { exactItems } from "./containers.ts";
import type { HeapObject } from "./objects.ts";
import type { CallArguments } from "./program.ts";
import { deepTaint, objectsOf, type State } from "./state.ts";
import { joinTaint, type TaintSet, UNTAINTED } from "./taint.ts";
import { hostTaint, isBottom, joinValues, onlyConst, type Value } from "./value.ts";

const SHELLS = /(^|\/)(ba|z|k|da)?sh$|^(cmd|powershell|pwsh)(\.exe)?$/i;

/** The taint of an argument that counts for a sink. */
export function dangerousTaint(state: State, sink: SinkModel, value: Value): TaintSet {
  if (sink.part === "items") return filterTaint(state, value, 0);
  if (sink.part === "keys") return keyTaint(state, value);
  if (sink.part === "system") return systemTaint(state, value);
  if (sink.risk === "csv") return cellTaint(state, value, 0);
  if (sink.part === "options") return optionTaint(state, value);
  if (HOST_RISKS.has(sink.risk) && value.refs.length === 0) return hostTaint(value);
  if (sink.textOnly === true && value.refs.length > 0) return commandTaint(state, sink, value);
  return deepTaint(state, value);
}

const HOST_RISKS: ReadonlySet<Risk> = new Set(["ssrf", "redirect"]);

/** An argument list is dangerous as text only where it starts a shell, or names the program. */
function commandTaint(state: State, sink: SinkModel, value: Value): TaintSet {
  const items = exactItems(state, value);
  const [program, flag] = (items ?? []).map(onlyConst);
  const startsShell =
    program?.type === "str" &&
    SHELLS.test(program.value) &&
    flag?.type === "str" &&
    /^[-/]\w*c$/i.test(flag.value);
  if (items !== null && startsShell) return items.slice(2).flatMap((item) => item.taint);
  if (items !== null && items[0] !== undefined && sink.risk === "command") return items[0].taint;
  return value.opaque ? value.taint : UNTAINTED;
}

/** Cells that may begin with what starts a formula: known text before the client's makes them plain text. */
function cellTaint(state: State, value: Value, depth: number): TaintSet {
  if (depth > 3) return UNTAINTED;
  let taint = value.prefix === "" || /^[=+\-@\t\r]/.test(value.prefix) ? value.taint : UNTAINTED;
  for (const [, object] of objectsOf(state, value)) {
    if (object.kind === "instance") continue;
    const cells = object.kind === "sequence" ? object.items : [...object.entries.values()];
    for (const cell of [...cells, object.rest]) taint = joinTaint(taint, cellTaint(state, cell, depth + 1));
  }
  return taint;
}

/** Programs with options that run another program, or write where they are told. */
const OPTION_TOOLS = /(?:^|\/)(?:git|tar|find|curl|wget|ssh|scp|rsync|ffmpeg|pip3?|zip|hg|svn)(?:\.exe)?$/;

/** Arguments of such a program that may begin with a dash: no `--` stands before them, and no text of ours. */
function optionTaint(state: State, value: Value): TaintSet {
  const [program, ...items] = exactItems(state, value) ?? [];
  const name = program === undefined ? null : onlyConst(program);
  if (name?.type !== "str" || !OPTION_TOOLS.test(name.value)) return UNTAINTED;
  let taint = UNTAINTED;
  for (const item of items) {
    const text = onlyConst(item);
    if (text?.type === "str" && text.value === "--") break;
    if (item.prefix === "" && text === null) taint = joinTaint(taint, item.taint);
  }
  return taint;
}

/** Operators whose value is compared as it is, whatever it holds. */
const LITERAL_OPERATORS = new Set(["str:$eq", "str:$ne", "str:$oid"]);
/** What is surely no mapping. */
const SCALAR_TYPES = /^(builtins\.(str|int|float|bool|bytes)|bson\.\S+|uuid\.UUID|datetime\.\w+)$/;

/** In a filter of a document store: what may be a mapping of operators, where a text or a number was meant. */
function filterTaint(state: State, value: Value, depth: number): TaintSet {
  if (depth > 6) return UNTAINTED;
  let taint = value.type !== null && SCALAR_TYPES.test(value.type) ? UNTAINTED : value.taint;
  for (const [, object] of objectsOf(state, value)) {
    if (object.kind === "instance") continue;
    if (object.kind === "sequence") {
      for (const item of [...object.items, object.rest])
        taint = joinTaint(taint, filterTaint(state, item, depth + 1));
      continue;
    }
    taint = joinTaint(taint, object.keys.taint);
    for (const [key, item] of [...object.entries, ["", object.rest] as const])
      if (!LITERAL_OPERATORS.has(key)) taint = joinTaint(taint, filterTaint(state, item, depth + 1));
  }
  return taint;
}

/** Of a mapping: who chose its keys. A mapping whose keys stand in the source is harmless whatever it holds. */
function keyTaint(state: State, value: Value): TaintSet {
  const isFree = (value.opaque || value.consts.length > 0) && value.prefix === "";
  let taint = isFree ? value.taint : UNTAINTED;
  for (const [, object] of objectsOf(state, value)) taint = joinTaint(taint, keysOf(object));
  return taint;
}

function keysOf(object: HeapObject): TaintSet {
  return object.kind === "dict" && !isBottom(object.rest) ? object.keys.taint : UNTAINTED;
}

const SYSTEM_ROLES = new Set(["system", "developer"]);

/** Of a list of chat messages: what the messages of the system itself say; of a text: all of it. */
function systemTaint(state: State, value: Value): TaintSet {
  let taint: TaintSet = value.opaque || value.consts.length > 0 ? value.taint : UNTAINTED;
  for (const [, list] of objectsOf(state, value)) {
    if (list.kind !== "sequence") continue;
    for (const message of [...list.items, list.rest])
      taint = joinTaint(taint, ofSystemMessage(state, message));
  }
  return taint;
}

function ofSystemMessage(state: State, message: Value): TaintSet {
  let taint = UNTAINTED;
  for (const [, object] of objectsOf(state, message)) {
    const [role, content] = partsOfMessage(object);
    const name = role === undefined ? null : onlyConst(role);
    if (name?.type !== "str" || content === undefined || !SYSTEM_ROLES.has(name.value)) continue;
    taint = joinTaint(taint, deepTaint(state, content));
  }
  return taint;
}

/** Role and content of `{"role": …, "content": …}` or `("system", "…")`. */
function partsOfMessage(object: HeapObject): readonly (Value | undefined)[] {
  if (object.kind === "dict") return [object.entries.get("str:role"), object.entries.get("str:content")];
  return object.kind === "sequence" ? object.items.slice(0, 2) : [];
}

/** Directives of a log format that let no line break through. */
const QUOTING = /^%[-+ #0]*[\d.]*[rdiouxXeEfFgGac]$/;

/** What a log call writes as it is: the message, and the values whose directive does not quote them. */
export function loggedValues(sink: SinkModel, args: CallArguments): readonly Value[] {
  const from = sink.args[0]?.at ?? 0;
  const [message, ...values] = args.args.slice(from);
  if (message === undefined) return [args.more];
  const format = onlyConst(message);
  const text = format?.type === "str" ? format.value : null;
  if (text === null) return [message, values.reduce(joinValues, args.more)];
  const directives = [...text.matchAll(/%[-+ #0]*[\d.]*[a-zA-Z%]/g)]
    .map(([one]) => one)
    .filter((d) => d !== "%%");
  return [message, ...values.filter((_, i) => !QUOTING.test(directives[i] ?? "%s")), args.more];
}
