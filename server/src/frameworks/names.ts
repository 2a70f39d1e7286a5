/** Finds definitions of a project by the qualified names under which its modules import them. */

/** Definitions by name, with re-exports and unknown source roots allowed for. */
export interface NameIndex<Value> {
  /** The one definition that a name stands for, or undefined where there is none, or more than one. */
  find(name: string): Value | undefined;
  /** The definition that bears exactly this name. */
  named(name: string): Value | undefined;
}

/** Suffixes of dotted names are compared down to this many parts. */
const MIN_PARTS = 2;

/**
 * Indexes definitions by their canonical name. A name also finds its definition through a package above it
 * that re-exports it (`shop.models.Order` for `shop.models.order.Order`), and where one of the two names
 * starts at another folder (`backend.shop.models.Order`). Where that leaves several, none is found.
 */
export function createNameIndex<Value>(entries: Iterable<readonly [string, Value]>): NameIndex<Value> {
  const exact = new Map<string, Value>();
  const byLast = new Map<string, { readonly name: string; readonly value: Value }[]>();
  for (const [name, value] of entries) {
    exact.set(name, value);
    const last = lastPart(name);
    const known = byLast.get(last);
    if (known === undefined) byLast.set(last, [{ name, value }]);
    else known.push({ name, value });
  }
  const memo = new Map<string, Value | undefined>();
  const search = (name: string): Value | undefined => {
    const candidates = byLast.get(lastPart(name)) ?? [];
    const owner = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    const suffixes = candidates.filter((it) => isSuffix(it.name, name) || isSuffix(name, it.name));
    if (suffixes.length === 1) return suffixes[0]?.value;
    if (suffixes.length > 1 || owner === "") return undefined;
    const below = candidates.filter((it) => `.${it.name}`.includes(`.${owner}.`));
    if (below.length === 1) return below[0]?.value;
    return undefined;
  };
  return {
    named: (name) => exact.get(name),
    find(name) {
      const known = exact.get(name);
      if (known !== undefined) return known;
      if (!memo.has(name)) memo.set(name, search(name));
      return memo.get(name);
    },
  };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** True where `tail` is the end of `name`, and says enough to be one. */
function isSuffix(tail: string, name: string): boolean {
  return tail.length < name.length && name.endsWith(`.${tail}`) && tail.split(".").length >= MIN_PARTS;
}

/** The dotted name of a module by where it lies, which is the same whether or not its folders are packages. */
export function moduleByPath(relativePath: string): string {
  return relativePath
    .replace(/\.pyi?$/, "")
    .replace(/(?:^|\/)__init__$/, "")
    .split("/")
    .join(".");
}
