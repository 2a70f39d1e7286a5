/** Reads the notation of types in the models, see `TypeText`. */

/** A parsed `TypeText`. */
export type TypeTerm =
  | { readonly kind: "class"; readonly name: string; readonly args: readonly TypeTerm[] }
  | { readonly kind: "self" }
  | { readonly kind: "unknown" }
  /** A type argument of the receiver. */
  | { readonly kind: "parameter"; readonly index: number }
  /** Something derived from an argument of the call. */
  | {
      readonly kind: "argument";
      readonly index: number;
      readonly part: "type" | "element" | "awaited" | "instance";
    };

const UNKNOWN: TypeTerm = { kind: "unknown" };
const TOKEN = /\s*([\w.]+|\$\d+|@\d+(?:\*|!|\(\))?|[[\],?])/y;
const ARGUMENT_PARTS = { "": "type", "*": "element", "!": "awaited", "()": "instance" } as const;

/** Parses a type. Throws on text that is not in the notation: the models are ours, and a test parses them all. */
export function parseTypeText(text: string): TypeTerm {
  const tokens = tokenize(text);
  const term = parseTerm(tokens);
  if (tokens.length > 0) throw new Error(`type "${text}": "${tokens[0]}" was not expected`);
  return term;
}

/** Tokens in order. */
function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match?.[1] === undefined) throw new Error(`type "${text}": cannot be read from "${text.slice(at)}"`);
    tokens.push(match[1]);
  }
  return tokens;
}

function parseTerm(tokens: string[]): TypeTerm {
  const token = tokens.shift() ?? "";
  if (token === "?") return UNKNOWN;
  if (token === "Self") return { kind: "self" };
  if (token.startsWith("$")) return { kind: "parameter", index: Number(token.slice(1)) };
  if (token.startsWith("@")) return parseArgument(token);
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`a type cannot begin with "${token}"`);
  const args: TypeTerm[] = [];
  if (take(tokens, "[")) {
    do args.push(parseTerm(tokens));
    while (take(tokens, ","));
    if (!take(tokens, "]")) throw new Error("a list of type arguments is not closed");
  }
  return { kind: "class", name: fullName(token), args };
}

/** Removes the next token where it is the one given. */
function take(tokens: string[], token: string): boolean {
  if (tokens[0] !== token) return false;
  tokens.shift();
  return true;
}

function parseArgument(token: string): TypeTerm {
  const [, index = "", suffix = ""] = /^@(\d+)(.*)$/.exec(token) ?? [];
  const part = ARGUMENT_PARTS[suffix as keyof typeof ARGUMENT_PARTS];
  return { kind: "argument", index: Number(index), part };
}

function fullName(name: string): string {
  if (name === "None") return "types.NoneType";
  return name.includes(".") ? name : `builtins.${name}`;
}
