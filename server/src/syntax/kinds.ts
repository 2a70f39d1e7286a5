/** The node kinds of the Python grammar as small numbers, and which nodes of a tree the table leaves out. */

const NODES = [
  "ERROR",
  "module",
  "block",
  // Statements
  "import_statement",
  "future_import_statement",
  "import_from_statement",
  "print_statement",
  "exec_statement",
  "assert_statement",
  "expression_statement",
  "return_statement",
  "delete_statement",
  "raise_statement",
  "pass_statement",
  "break_statement",
  "continue_statement",
  "global_statement",
  "nonlocal_statement",
  "type_alias_statement",
  "if_statement",
  "match_statement",
  "for_statement",
  "while_statement",
  "try_statement",
  "with_statement",
  "function_definition",
  "class_definition",
  "decorated_definition",
  // Parts of statements
  "relative_import",
  "import_prefix",
  "aliased_import",
  "wildcard_import",
  "dotted_name",
  "chevron",
  "elif_clause",
  "else_clause",
  "case_clause",
  "if_clause",
  "except_clause",
  "finally_clause",
  "with_clause",
  "with_item",
  "decorator",
  "parameters",
  "lambda_parameters",
  "default_parameter",
  "typed_parameter",
  "typed_default_parameter",
  "positional_separator",
  "keyword_separator",
  "assignment",
  "augmented_assignment",
  // Expressions
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "ellipsis",
  "string",
  "concatenated_string",
  "interpolation",
  "format_expression",
  "format_specifier",
  "type_conversion",
  "named_expression",
  "not_operator",
  "boolean_operator",
  "binary_operator",
  "unary_operator",
  "comparison_operator",
  "lambda",
  "conditional_expression",
  "await",
  "yield",
  "attribute",
  "subscript",
  "slice",
  "call",
  "argument_list",
  "keyword_argument",
  "list",
  "set",
  "tuple",
  "dictionary",
  "pair",
  "list_comprehension",
  "dictionary_comprehension",
  "set_comprehension",
  "generator_expression",
  "for_in_clause",
  "parenthesized_expression",
  "parenthesized_list_splat",
  "expression_list",
  "pattern_list",
  "list_splat",
  "dictionary_splat",
  "list_splat_pattern",
  "dictionary_splat_pattern",
  "as_pattern",
  "as_pattern_target",
  // Types
  "type",
  "type_parameter",
  "splat_type",
  "generic_type",
  "union_type",
  "constrained_type",
  "member_type",
  // Patterns
  "case_pattern",
  "union_pattern",
  "list_pattern",
  "tuple_pattern",
  "dict_pattern",
  "keyword_pattern",
  "splat_pattern",
  "class_pattern",
  "complex_pattern",
  // Not in the grammar: see `lowerCallOfType`
  "call_of_type",
] as const;

const TOKENS = [
  "async",
  "from",
  "as",
  "and",
  "or",
  "in",
  "not in",
  "is",
  "is not",
  "<",
  "<=",
  "==",
  "!=",
  ">=",
  ">",
  "<>",
  "+",
  "-",
  "*",
  "@",
  "/",
  "%",
  "//",
  "**",
  "|",
  "&",
  "^",
  "<<",
  ">>",
  "~",
  "+=",
  "-=",
  "*=",
  "@=",
  "/=",
  "//=",
  "%=",
  "**=",
  "|=",
  "&=",
  "^=",
  "<<=",
  ">>=",
  "=",
  ":",
  ",",
  "_",
] as const;

/** Nodes whose own tokens carry meaning, so that the table keeps them. */
const PARENTS_OF_TOKENS: readonly NodeName[] = [
  "binary_operator",
  "unary_operator",
  "boolean_operator",
  "comparison_operator",
  "augmented_assignment",
  "slice",
  "subscript",
  "interpolation",
  "format_expression",
  "yield",
  "for_statement",
  "for_in_clause",
  "with_statement",
  "function_definition",
  "except_clause",
  "expression_statement",
  "print_statement",
  "match_statement",
  "case_clause",
  "case_pattern",
  "union_pattern",
  "tuple_pattern",
  "dict_pattern",
  "keyword_pattern",
  "splat_pattern",
  "complex_pattern",
  "splat_type",
  "type_parameter",
];

/** Nodes below which the lowering looks for nothing: their text says it all. */
const LEAVES: readonly NodeName[] = [
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "ellipsis",
  "import_prefix",
  "wildcard_import",
  "type_conversion",
  "pass_statement",
  "break_statement",
  "continue_statement",
  "positional_separator",
  "keyword_separator",
];

type NodeName = (typeof NODES)[number];
type TokenName = (typeof TOKENS)[number];

function number<Name extends string>(
  names: readonly Name[],
  from: number,
): { readonly [name in Name]: number } {
  const numbers = {} as { [name in Name]: number };
  names.forEach((name, index) => {
    numbers[name] = from + index;
  });
  return numbers;
}

/** Left out of the table, children included. */
export const SKIP = 0;
/** Left out of the table, and remembered in its list of comments. */
export const COMMENT = 255;
/** The numbers of named nodes, from 1. */
export const K = number(NODES, 1);
/** The number of the first token: every greater kind is a token too. */
export const FIRST_TOKEN = 1 + NODES.length;
/** The numbers of anonymous tokens. */
export const T = number(TOKENS, FIRST_TOKEN);
/** The count of kinds, for tables indexed by kind. */
export const KIND_COUNT = FIRST_TOKEN + TOKENS.length;

/** Per kind: 1 where the tokens directly below it are kept. */
export const keepsTokens = flagged(PARENTS_OF_TOKENS);
/** Per kind: 1 where nothing below it is read. */
export const isLeaf = flagged(LEAVES).fill(1, FIRST_TOKEN);

function flagged(names: readonly NodeName[]): Uint8Array {
  const flags = new Uint8Array(KIND_COUNT);
  for (const name of names) flags[K[name]] = 1;
  return flags;
}

/** Whether a kind is that of a whole statement. */
export function isStatement(kind: number): boolean {
  return kind >= K.import_statement && kind <= K.decorated_definition;
}

/** The name of a kind, for messages and tests. */
export function kindName(kind: number): string {
  return NODES[kind - 1] ?? TOKENS[kind - FIRST_TOKEN] ?? "?";
}

/**
 * Maps the grammar's own symbol numbers to ours.
 *
 * @param count how many symbols the grammar has
 * @param nameOf the name of a symbol, null for one that never shows
 */
export function mapSymbols(
  count: number,
  nameOf: (symbol: number) => { readonly name: string; readonly named: boolean } | null,
): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  for (let symbol = 0; symbol < count; symbol++) {
    const about = nameOf(symbol);
    if (about === null) continue;
    if (about.named && about.name === "comment") kinds[symbol] = COMMENT;
    else if (about.named) kinds[symbol] = K[about.name as NodeName] ?? SKIP;
    else kinds[symbol] = T[about.name as TokenName] ?? SKIP;
  }
  kinds[ERROR_SYMBOL] = K.ERROR;
  return kinds;
}

/** The number that tree-sitter gives to ERROR nodes in every grammar. */
export const ERROR_SYMBOL = 0xffff;
