/** Fingerprints of what units rest on outside of themselves: equal as long as nothing of it changes. */

import type { SyntaxTree, Unit } from "../../syntax/tree.ts";
import { isContainerVariable } from "../constants/constants.ts";
import { keepsReadingBuiltins } from "../constants/mutations.ts";
import type { ModuleScopes } from "../scopes/module.ts";
import { EMPTY_HASH, type Hash, hashKey, hashText, mix, mixHash, mixUnordered } from "./hash.ts";
import { type Fact, outermostClass, unitFactsOf } from "./unit-facts.ts";

/** A name of the module, in the graph of what rests on what. */
interface NameNode {
  readonly name: string;
  /** What is said of the name itself. */
  own: Hash;
  readonly names: Set<string>;
  /** The order in which the search came here, -1 before. */
  index: number;
  /** The earliest node on the search's path that can be reached from here. */
  low: number;
  /** `own` and everything that it rests on, once known. */
  closure: Hash | null;
}

/** What fingerprints are worked out from, and those that were worked out so far. */
interface Answers {
  /** Equal for versions of a module whose units tell each other the same. */
  readonly key: string;
  readonly closures: ReadonlyMap<string, Hash>;
  readonly known: WeakMap<Unit, string>;
}

/** What one version of a file hands on to the next. One for each file; empty at first. */
export interface FingerprintMemory {
  last: Answers | null;
}

export interface Fingerprints {
  ofUnit(unit: Unit): string;
  /** Of a name of the module, with all that it rests on. */
  ofName(name: string): string;
}

/**
 * Creates the fingerprints of one version of a module; the graph is built when first asked, unless the version
 * before told the same, as most do: then its answers hold on.
 */
export function createFingerprints(
  tree: SyntaxTree,
  scopes: ModuleScopes,
  memory: FingerprintMemory = { last: null },
): Fingerprints {
  let answers: Answers | null = null;
  // A name that nobody binds is a builtin, unless a star import brings it.
  const unbound = hashText(scopes.stars.map((star) => `${star.level} ${star.module}`).join());
  return {
    ofUnit(unit) {
      answers ??= answersOf(tree, scopes, unbound, memory);
      let fingerprint = answers.known.get(unit);
      if (fingerprint === undefined) {
        fingerprint = fingerprintOf(unit, answers.closures, unbound);
        answers.known.set(unit, fingerprint);
      }
      return fingerprint;
    },
    ofName(name) {
      answers ??= answersOf(tree, scopes, unbound, memory);
      return hashKey(answers.closures.get(name) ?? unbound);
    },
  };
}

function answersOf(
  tree: SyntaxTree,
  scopes: ModuleScopes,
  unbound: Hash,
  memory: FingerprintMemory,
): Answers {
  const key = moduleKey(tree, scopes, unbound);
  if (memory.last?.key === key) return memory.last;
  const answers = { key, closures: closuresOf(tree, scopes, unbound), known: new WeakMap<Unit, string>() };
  memory.last = answers;
  return answers;
}

/** Two versions with equal keys build the same graph. */
function moduleKey(tree: SyntaxTree, scopes: ModuleScopes, unbound: Hash): string {
  let hash = mix(unbound, keepsReadingBuiltins(scopes) ? 1 : 0);
  for (const { unit } of tree.module.body) if (unit !== null) hash = mixHash(hash, unitFactsOf(unit).key);
  return hashKey(hash);
}

function fingerprintOf(unit: Unit, closures: ReadonlyMap<string, Hash>, unbound: Hash): string {
  let hash = EMPTY_HASH;
  for (const name of unitFactsOf(unit).freeNames) hash = mixHash(hash, closures.get(name) ?? unbound);
  const cls = outermostClass(unit);
  if (cls !== null) hash = mixHash(hash, closures.get(cls.name) ?? unbound);
  return hashKey(hash);
}

function closuresOf(tree: SyntaxTree, scopes: ModuleScopes, unbound: Hash): ReadonlyMap<string, Hash> {
  const graph = buildGraph(tree, scopes);
  connect(graph, unbound);
  const closures = new Map<string, Hash>();
  for (const { name, closure } of graph.values()) if (closure !== null) closures.set(name, closure);
  return closures;
}

function buildGraph(tree: SyntaxTree, scopes: ModuleScopes): Map<string, NameNode> {
  const graph = new Map<string, NameNode>();
  const escapes = new Set<string>();
  const builtinsStand = keepsReadingBuiltins(scopes);
  for (const { unit } of tree.module.body) {
    if (unit === null) continue;
    const said = unitFactsOf(unit);
    for (const fact of said.facts) addFact(graph, fact);
    for (const name of builtinsStand ? said.escapes : said.escapesByCalls) escapes.add(name);
  }
  for (const node of graph.values()) {
    const binding = scopes.module.bindings.get(node.name);
    const escaped = binding !== undefined && isContainerVariable(binding) && escapes.has(node.name);
    if (escaped) node.own = mix(node.own, 1);
  }
  return graph;
}

function addFact(graph: Map<string, NameNode>, { name, hash, names }: Fact): void {
  let node = graph.get(name);
  if (node === undefined) {
    node = { name, own: hashText(name), names: new Set(), index: -1, low: -1, closure: null };
    graph.set(name, node);
  }
  node.own = mixHash(node.own, hash);
  for (const used of names) node.names.add(used);
}

/**
 * Finds for each name what it rests on, directly or not. Names that rest on each other get one closure
 * (Tarjan's strongly connected components, without recursion).
 */
function connect(graph: ReadonlyMap<string, NameNode>, unbound: Hash): void {
  let counter = 0;
  const path: NameNode[] = [];
  for (const root of graph.values()) {
    if (root.index >= 0) continue;
    const work: { readonly node: NameNode; readonly next: Iterator<string> }[] = [];
    const enter = (node: NameNode) => {
      node.index = node.low = counter++;
      path.push(node);
      work.push({ node, next: node.names.values() });
    };
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const step = top.next.next();
      if (step.done === true) {
        work.pop();
        const { node } = top;
        const above = work.at(-1)?.node;
        if (above !== undefined) above.low = Math.min(above.low, node.low);
        if (node.low === node.index) closeComponent(graph, path, node, unbound);
        continue;
      }
      const used = graph.get(step.value);
      if (used === undefined) continue;
      if (used.index < 0) enter(used);
      else if (used.closure === null) top.node.low = Math.min(top.node.low, used.index);
    }
  }
}

/** Gives the names of a component, the end of the path, their closure. */
function closeComponent(
  graph: ReadonlyMap<string, NameNode>,
  path: NameNode[],
  root: NameNode,
  unbound: Hash,
): void {
  const members = path.splice(path.indexOf(root));
  const outside = new Map<string, Hash>();
  for (const member of members) {
    for (const name of member.names) {
      const used = graph.get(name);
      if (used === undefined) outside.set("", unbound);
      else if (used.closure !== null) outside.set(name, used.closure);
    }
  }
  const inside = mixUnordered(members.map((member) => member.own));
  const closure = mixHash(inside, mixUnordered([...outside.values()]));
  for (const member of members) member.closure = mixHash(closure, member.own);
}
