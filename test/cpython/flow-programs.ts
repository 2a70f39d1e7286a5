/** Random small Python functions for the comparison of the flow analysis with CPython. */

/** A generator of numbers from a seed (mulberry32): the same programs on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) % 4294967296) % below;
  };
}

/** Functions that the programs call; `src` gives a marked text, `sink` notes what comes to it. */
export const PRELUDE = `from marks import src, sink

def ident(x):
    return x

def drop(x):
    return "kept"

def pick(a, b):
    return b

def either(c, a, b):
    if c:
        return a
    return b

def fill(target, x):
    target.append(x)

class Box:
    def __init__(self, x):
        self.x = x
        self.y = "box"

    def swap(self):
        self.x, self.y = self.y, self.x

    def get(self):
        return self.x
`;

/** Number of boolean parameters of each program. */
export const CONDITIONS = 3;

export interface Program {
  readonly name: string;
  readonly source: string;
  readonly loops: boolean;
}

/**
 * Writes one function over text variables s0-s3, lists l0-l1 and dicts d0-d1, with sinks numbered from 0.
 *
 * @param loops whether it may loop, and raise and catch exceptions
 */
export function generate(seed: number, loops: boolean): Program {
  const pick = random(seed);
  const one = <T>(items: readonly T[]): T => items[pick(items.length)] as T;
  let sinks = 0;
  const lines: string[] = [];

  const text = (depth = 0): string => {
    const s = `s${pick(4)}`;
    const leaf = [s, s, s, `"k${pick(3)}"`, "src()", `l${pick(2)}[${pick(2)}]`, `d${pick(2)}["a"]`];
    if (depth > 1 || pick(3) > 0) return one(leaf);
    const a = text(depth + 1);
    const b = text(depth + 1);
    return one([
      `${a} + ${b}`,
      `f"{${s}}-x"`,
      `"%s/%s" % (${s}, ${b})`,
      `"{}:{}".format(${a}, "c")`,
      `"-".join([${a}, ${b}])`,
      `(${a} if c${pick(CONDITIONS)} else ${b})`,
      `${s}.strip()`,
      `${s}.upper()`,
      `ident(${a})`,
      `drop(${a})`,
      `pick(${a}, ${b})`,
      `either(c${pick(CONDITIONS)}, ${a}, ${b})`,
      `Box(${a}).get()`,
      `str(len(${s}))`,
      `d${pick(2)}.get("${one(["a", "b", "z"])}", ${a})`,
      `(lambda v: v + "!")(${a})`,
      `(${s} or ${b})`,
      `("p" if 3 * 4 > ${pick(20)} else ${b})`,
    ]);
  };

  const simple = (): string => {
    const s = `s${pick(4)}`;
    const l = `l${pick(2)}`;
    const d = `d${pick(2)}`;
    const key = one(["a", "b"]);
    return one([
      () => `${s} = ${text()}`,
      () => `${s} = ${text()}`,
      () => `${s} += ${text(1)}`,
      () => `${l}.append(${text(1)})`,
      () => `${l}[${pick(2)}] = ${text(1)}`,
      () => `${l}.insert(0, ${text(1)})`,
      () => `${s} = ${l}.pop(${one(["0", "", "1"])})`,
      () => `${l} = [${text(1)}, ${text(1)}]`,
      () => `l${pick(2)} = l${pick(2)}`,
      () => `${l}.extend([${text(1)}])`,
      () => `${l} = [v + "." for v in l${pick(2)}]`,
      () => `fill(${l}, ${text(1)})`,
      () => `${d}["${key}"] = ${text(1)}`,
      () => `${d} = {"a": ${text(1)}, "b": ${text(1)}}`,
      () => `${d}.update({"b": ${text(1)}})`,
      () => `d${pick(2)} = d${pick(2)}`,
      () => `${s} = ${d}.pop("${key}", "none")`,
      () => `${s}, s${pick(4)} = ${text(1)}, ${text(1)}`,
      () => `box = Box(${text(1)}); box.swap(); ${s} = box.${one(["x", "y"])}`,
      () => `sink(${sinks++}, ${one([s, s, l, d])})`,
      () => `sink(${sinks++}, ${s})`,
    ])();
  };

  const block = (indent: string, size: number, depth: number, inLoop: boolean): void => {
    for (let i = 0; i < size; i++) {
      const kind = depth > 2 ? 0 : pick(12);
      const inner = () => block(`${indent}    `, 1 + pick(3), depth + 1, inLoop);
      if (kind === 9) {
        lines.push(`${indent}if ${condition()}:`);
        inner();
        if (pick(2) === 0) {
          lines.push(`${indent}else:`);
          inner();
        }
      } else if (kind === 10 && loops) {
        lines.push(
          `${indent}for ${one([`s${pick(4)} in list(l${pick(2)})`, `_ in range(${1 + pick(3)})`])}:`,
        );
        block(`${indent}    `, 1 + pick(3), depth + 1, true);
        if (pick(3) === 0) lines.push(`${indent}    if c${pick(CONDITIONS)}: ${one(["break", "continue"])}`);
      } else if (kind === 11 && loops) {
        attempt(indent, inner);
      } else lines.push(indent + simple());
    }
  };

  const condition = (): string =>
    one([
      `c${pick(CONDITIONS)}`,
      `not c${pick(CONDITIONS)}`,
      `s${pick(4)} == "k1"`,
      `s${pick(4)} in ("k0", "k2")`,
      `"k" in l${pick(2)}`,
      `len(l0) > ${pick(3)}`,
      `c0 and c1`,
      `c1 or not c2`,
    ]);

  const attempt = (indent: string, inner: () => void): void => {
    lines.push(`${indent}try:`);
    inner();
    if (pick(2) === 0) lines.push(`${indent}    if c${pick(CONDITIONS)}: raise ValueError("v")`);
    lines.push(`${indent}    ${simple()}`);
    lines.push(`${indent}except ${one(["ValueError", "Exception"])}:`);
    inner();
    if (pick(3) === 0) {
      lines.push(`${indent}finally:`);
      inner();
    }
  };

  block("    ", 6 + pick(6), 0, false);
  for (let i = 0; i < 4; i++) lines.push(`    sink(${sinks++}, s${i})`);
  const name = `p${seed}`;
  const parameters = Array.from({ length: CONDITIONS }, (_, i) => `c${i}`).join(", ");
  const head = [
    `def ${name}(${parameters}):`,
    `    s0, s1, s2, s3 = "k0", "k1", src(), "k2"`,
    `    l0, l1 = ["k", "m"], ["n", "o"]`,
    `    d0, d1 = {"a": "k", "b": "m"}, {"a": "n", "b": "o"}`,
  ];
  return { name, source: [...head, ...lines, ""].join("\n"), loops };
}
