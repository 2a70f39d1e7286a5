/** Finds modules that import each other in a circle when they are loaded. */

import type { CodeFacts } from "./code/facts.ts";
import type { Place } from "./types.ts";

export interface Cycle extends Place {
  /** In the order in which they import each other. */
  readonly modules: readonly string[];
}

interface Edge extends Place {
  readonly to: string;
}

/**
 * One cycle for each group of modules that reach each other. A package and its own modules do not count: a package
 * that gathers what its modules define loads well.
 */
export function importCycles(files: readonly CodeFacts[]): readonly Cycle[] {
  const modules = new Map(
    files.flatMap((file) => (file.moduleName === "" ? [] : [[file.moduleName, file] as const])),
  );
  const edges = new Map<string, readonly Edge[]>();
  for (const [name, file] of modules) edges.set(name, edgesOf(name, file, modules));
  return components(edges).flatMap((group) => {
    if (group.length < 2) return [];
    const inside = new Set(group);
    const [start = ""] = [...group].sort();
    const way = shortestCycle(start, edges, inside);
    const first = edges.get(start)?.find(({ to }) => to === way[1]);
    return first === undefined ? [] : [{ modules: way, path: first.path, line: first.line }];
  });
}

function edgesOf(
  name: string,
  { path, imports }: CodeFacts,
  modules: ReadonlyMap<string, CodeFacts>,
): readonly Edge[] {
  const found = new Map<string, Edge>();
  for (const { name: imported, line, atLoad } of imports) {
    const to = atLoad ? moduleIn(imported, modules) : null;
    if (to === null || to === name || isFamily(name, to)) continue;
    if (!found.has(to)) found.set(to, { to, path, line });
  }
  return [...found.values()];
}

/** The module that an import loads: the longest part of its name that is one. */
function moduleIn(name: string, modules: ReadonlyMap<string, CodeFacts>): string | null {
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length--) {
    const candidate = parts.slice(0, length).join(".");
    if (modules.has(candidate)) return candidate;
  }
  return null;
}

function isFamily(a: string, b: string): boolean {
  return a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** Tarjan's strongly connected components, without recursion. */
function components(edges: ReadonlyMap<string, readonly Edge[]>): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];
  for (const start of edges.keys()) {
    if (index.has(start)) continue;
    const work: { node: string; next: number }[] = [{ node: start, next: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1] as { node: string; next: number };
      const { node } = frame;
      if (frame.next === 0) {
        index.set(node, index.size);
        low.set(node, index.get(node) as number);
        open.push(node);
        isOpen.add(node);
      }
      const edge = edges.get(node)?.[frame.next++];
      if (edge !== undefined) {
        if (!index.has(edge.to)) work.push({ node: edge.to, next: 0 });
        else if (isOpen.has(edge.to))
          low.set(node, Math.min(low.get(node) as number, index.get(edge.to) as number));
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined)
        low.set(above.node, Math.min(low.get(above.node) as number, low.get(node) as number));
      if (low.get(node) !== index.get(node)) continue;
      const group: string[] = [];
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        isOpen.delete(one);
        group.push(one);
        if (one === node) break;
      }
      groups.push(group);
    }
  }
  return groups;
}

/** A shortest way from a module back to itself, found breadth first. */
function shortestCycle(
  start: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
  inside: ReadonlySet<string>,
): readonly string[] {
  const from = new Map<string, string>();
  let layer = [start];
  while (layer.length > 0) {
    const next: string[] = [];
    for (const node of layer) {
      for (const { to } of edges.get(node) ?? []) {
        if (to === start) return [...wayTo(node, start, from), start];
        if (!inside.has(to) || from.has(to)) continue;
        from.set(to, node);
        next.push(to);
      }
    }
    layer = next;
  }
  return [start];
}

function wayTo(node: string, start: string, from: ReadonlyMap<string, string>): readonly string[] {
  const way = [node];
  for (let at = node; at !== start; ) {
    at = from.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
