/** Which route takes a request: whether an earlier template matches every URL of a later one. */

import type { Endpoint } from "./endpoint.ts";

/** What a converter lets a segment be; unknown ones may refuse anything. */
const CONVERTERS: Readonly<Record<string, RegExp>> = {
  "": /^[^/]+$/,
  str: /^[^/]+$/,
  string: /^[^/]+$/,
  slug: /^[-\w]+$/,
  int: /^\d+$/,
  float: /^\d+(?:\.\d+)?$/,
  uuid: /^[0-9a-f-]{36}$/i,
};

/** True where `earlier` answers every request that `later` is meant for. */
export function shadows(earlier: Endpoint, later: Endpoint): boolean {
  const left = segments(earlier.template);
  const right = segments(later.template);
  if (left.length !== right.length || earlier.websocket !== later.websocket) return false;
  if (!later.methods.every((method) => earlier.methods.length === 0 || earlier.methods.includes(method)))
    return false;
  if (later.methods.length === 0 && earlier.methods.length > 0) return false;
  return left.every((segment, i) => covers(segment, right[i] ?? ""));
}

function segments(template: string): readonly string[] {
  return template.split("/");
}

function covers(earlier: string, later: string): boolean {
  const parameter = /^\{\w+(?::(\w+))?\}$/.exec(earlier);
  const other = /^\{\w+(?::(\w+))?\}$/.exec(later);
  if (parameter === null) return earlier === later && !later.includes("{");
  const accepts = CONVERTERS[parameter[1] ?? ""];
  if (accepts === undefined) return false;
  if (other === null) return !later.includes("{") && later !== "" && accepts.test(later);
  return widens(parameter[1] ?? "", other[1] ?? "");
}

/** True where everything that `narrow` accepts is accepted by `wide` as well. */
function widens(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  const any = wide === "" || wide === "str" || wide === "string";
  return any && Object.hasOwn(CONVERTERS, narrow);
}
