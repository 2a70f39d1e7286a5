/**
 * The typed Python AST: the node kinds and fields of Python's own `ast` module (3.14), so that anyone who
 * knows that module can read a rule.
 *
 * What we add to it: `start`/`end` as UTF-16 offsets relative to the unit that holds the node, `parent`, and
 * the offset of a name where Python's `ast` keeps only its text. `ctx` (Load/Store/Del) is kept.
 */

import type { Unit } from "./tree.ts";

export interface NodeBase {
  /** UTF-16 offset relative to the start of the unit that holds the node. */
  readonly start: number;
  readonly end: number;
  /** The node that has this one as a field; for the root of a unit its ClassDef or Module. */
  parent: Node | null;
}

interface StmtBase extends NodeBase {
  /** Set on the statement that is the root of a unit, null on every other one. */
  unit: Unit | null;
}

export type ExprContext = "Load" | "Store" | "Del";

export interface Module {
  readonly kind: "Module";
  readonly start: number;
  readonly end: number;
  parent: null;
  readonly body: readonly Stmt[];
}

// Statements

export interface FunctionDef extends StmtBase {
  readonly kind: "FunctionDef";
  readonly name: string;
  readonly nameStart: number;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns: Expr | null;
  readonly type_params: readonly TypeParam[];
}
export interface AsyncFunctionDef extends StmtBase {
  readonly kind: "AsyncFunctionDef";
  readonly name: string;
  readonly nameStart: number;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns: Expr | null;
  readonly type_params: readonly TypeParam[];
}
export interface ClassDef extends StmtBase {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly nameStart: number;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  /** Each statement is the root of a unit of its own when the class itself is the root of one. */
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly type_params: readonly TypeParam[];
}
export interface Return extends StmtBase {
  readonly kind: "Return";
  readonly value: Expr | null;
}
export interface Delete extends StmtBase {
  readonly kind: "Delete";
  readonly targets: readonly Expr[];
}
export interface Assign extends StmtBase {
  readonly kind: "Assign";
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface TypeAlias extends StmtBase {
  readonly kind: "TypeAlias";
  readonly name: Expr;
  readonly type_params: readonly TypeParam[];
  readonly value: Expr;
}
export interface AugAssign extends StmtBase {
  readonly kind: "AugAssign";
  readonly target: Expr;
  readonly op: Operator;
  readonly value: Expr;
}
export interface AnnAssign extends StmtBase {
  readonly kind: "AnnAssign";
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
  readonly simple: 0 | 1;
}
export interface For extends StmtBase {
  readonly kind: "For";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface AsyncFor extends StmtBase {
  readonly kind: "AsyncFor";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends StmtBase {
  readonly kind: "While";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface If extends StmtBase {
  readonly kind: "If";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface With extends StmtBase {
  readonly kind: "With";
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}
export interface AsyncWith extends StmtBase {
  readonly kind: "AsyncWith";
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}
export interface Match extends StmtBase {
  readonly kind: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface Raise extends StmtBase {
  readonly kind: "Raise";
  readonly exc: Expr | null;
  readonly cause: Expr | null;
}
export interface Try extends StmtBase {
  readonly kind: "Try";
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface TryStar extends StmtBase {
  readonly kind: "TryStar";
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface Assert extends StmtBase {
  readonly kind: "Assert";
  readonly test: Expr;
  readonly msg: Expr | null;
}
export interface Import extends StmtBase {
  readonly kind: "Import";
  readonly names: readonly Alias[];
}
export interface ImportFrom extends StmtBase {
  readonly kind: "ImportFrom";
  readonly module: string | null;
  readonly names: readonly Alias[];
  readonly level: number;
}
export interface Global extends StmtBase {
  readonly kind: "Global";
  readonly names: readonly string[];
}
export interface Nonlocal extends StmtBase {
  readonly kind: "Nonlocal";
  readonly names: readonly string[];
}
export interface ExprStmt extends StmtBase {
  /** Python's `ast.Expr`; renamed here because `Expr` is the union of expressions. */
  readonly kind: "Expr";
  readonly value: Expr;
}
export interface Pass extends StmtBase {
  readonly kind: "Pass";
}
export interface Break extends StmtBase {
  readonly kind: "Break";
}
export interface Continue extends StmtBase {
  readonly kind: "Continue";
}
/** What the parser could not read; not in Python's `ast`. Rules never see the inside of it. */
export interface Broken extends StmtBase {
  readonly kind: "Broken";
}

// Expressions

export interface BoolOp extends NodeBase {
  readonly kind: "BoolOp";
  readonly op: "And" | "Or";
  readonly values: readonly Expr[];
}
export interface NamedExpr extends NodeBase {
  readonly kind: "NamedExpr";
  readonly target: Expr;
  readonly value: Expr;
}
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export interface BinOp extends NodeBase {
  readonly kind: "BinOp";
  readonly left: Expr;
  readonly op: Operator;
  readonly right: Expr;
}
export interface UnaryOp extends NodeBase {
  readonly kind: "UnaryOp";
  readonly op: "Invert" | "Not" | "UAdd" | "USub";
  readonly operand: Expr;
}
export interface Lambda extends NodeBase {
  readonly kind: "Lambda";
  readonly args: Arguments;
  readonly body: Expr;
}
export interface IfExp extends NodeBase {
  readonly kind: "IfExp";
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface Dict extends NodeBase {
  readonly kind: "Dict";
  /** null for `**mapping`, as in Python's `ast`. */
  readonly keys: readonly (Expr | null)[];
  readonly values: readonly Expr[];
}
export interface SetExpr extends NodeBase {
  readonly kind: "Set";
  readonly elts: readonly Expr[];
}
export interface ListComp extends NodeBase {
  readonly kind: "ListComp";
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface SetComp extends NodeBase {
  readonly kind: "SetComp";
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends NodeBase {
  readonly kind: "DictComp";
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends NodeBase {
  readonly kind: "GeneratorExp";
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface Await extends NodeBase {
  readonly kind: "Await";
  readonly value: Expr;
}
export interface Yield extends NodeBase {
  readonly kind: "Yield";
  readonly value: Expr | null;
}
export interface YieldFrom extends NodeBase {
  readonly kind: "YieldFrom";
  readonly value: Expr;
}
export type CmpOperator = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";
export interface Compare extends NodeBase {
  readonly kind: "Compare";
  readonly left: Expr;
  readonly ops: readonly CmpOperator[];
  readonly comparators: readonly Expr[];
}
export interface Call extends NodeBase {
  readonly kind: "Call";
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}
export interface FormattedValue extends NodeBase {
  readonly kind: "FormattedValue";
  readonly value: Expr;
  /** -1 none, 115 `!s`, 114 `!r`, 97 `!a`. */
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
export interface Interpolation extends NodeBase {
  readonly kind: "Interpolation";
  readonly value: Expr;
  /** The source text of the expression, as in Python's `ast`. */
  readonly str: string;
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
export interface JoinedStr extends NodeBase {
  readonly kind: "JoinedStr";
  readonly values: readonly Expr[];
}
export interface TemplateStr extends NodeBase {
  readonly kind: "TemplateStr";
  readonly values: readonly Expr[];
}
/** Which Python type a Constant has; `value` holds it as the nearest JavaScript value. */
export type ConstantType = "str" | "bytes" | "int" | "float" | "complex" | "bool" | "None" | "Ellipsis";
export interface Constant extends NodeBase {
  readonly kind: "Constant";
  readonly type: ConstantType;
  /**
   * str: its value; bytes: one character (0-255) for each byte; int: number where it is safe, else bigint;
   * float: number; complex: its imaginary part; None and Ellipsis: null.
   */
  readonly value: string | number | bigint | boolean | null;
}
export interface Attribute extends NodeBase {
  readonly kind: "Attribute";
  readonly value: Expr;
  readonly attr: string;
  readonly ctx: ExprContext;
}
export interface Subscript extends NodeBase {
  readonly kind: "Subscript";
  readonly value: Expr;
  readonly slice: Expr;
  readonly ctx: ExprContext;
}
export interface Starred extends NodeBase {
  readonly kind: "Starred";
  readonly value: Expr;
  readonly ctx: ExprContext;
}
export interface Name extends NodeBase {
  readonly kind: "Name";
  readonly id: string;
  readonly ctx: ExprContext;
}
export interface List extends NodeBase {
  readonly kind: "List";
  readonly elts: readonly Expr[];
  readonly ctx: ExprContext;
}
export interface Tuple extends NodeBase {
  readonly kind: "Tuple";
  readonly elts: readonly Expr[];
  readonly ctx: ExprContext;
}
export interface Slice extends NodeBase {
  readonly kind: "Slice";
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}
/** An expression that the parser could not read; not in Python's `ast`. */
export interface BrokenExpr extends NodeBase {
  readonly kind: "BrokenExpr";
}

// Parts of other nodes

export interface Comprehension extends NodeBase {
  readonly kind: "comprehension";
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly is_async: 0 | 1;
}
export interface ExceptHandler extends NodeBase {
  readonly kind: "ExceptHandler";
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export interface Arguments extends NodeBase {
  readonly kind: "arguments";
  readonly posonlyargs: readonly Arg[];
  readonly args: readonly Arg[];
  readonly vararg: Arg | null;
  readonly kwonlyargs: readonly Arg[];
  /** null where a keyword-only parameter has no default. */
  readonly kw_defaults: readonly (Expr | null)[];
  readonly kwarg: Arg | null;
  /** Defaults of the last positional parameters. */
  readonly defaults: readonly Expr[];
}
export interface Arg extends NodeBase {
  readonly kind: "arg";
  readonly arg: string;
  readonly annotation: Expr | null;
}
export interface Keyword extends NodeBase {
  readonly kind: "keyword";
  /** null for `**mapping`. */
  readonly arg: string | null;
  readonly value: Expr;
}
export interface Alias extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  readonly asname: string | null;
}
export interface WithItem extends NodeBase {
  readonly kind: "withitem";
  readonly context_expr: Expr;
  readonly optional_vars: Expr | null;
}
export interface MatchCase extends NodeBase {
  readonly kind: "match_case";
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}
export interface MatchValue extends NodeBase {
  readonly kind: "MatchValue";
  readonly value: Expr;
}
export interface MatchSingleton extends NodeBase {
  readonly kind: "MatchSingleton";
  readonly value: boolean | null;
}
export interface MatchSequence extends NodeBase {
  readonly kind: "MatchSequence";
  readonly patterns: readonly Pattern[];
}
export interface MatchMapping extends NodeBase {
  readonly kind: "MatchMapping";
  readonly keys: readonly Expr[];
  readonly patterns: readonly Pattern[];
  readonly rest: string | null;
}
export interface MatchClass extends NodeBase {
  readonly kind: "MatchClass";
  readonly cls: Expr;
  readonly patterns: readonly Pattern[];
  readonly kwd_attrs: readonly string[];
  readonly kwd_patterns: readonly Pattern[];
}
export interface MatchStar extends NodeBase {
  readonly kind: "MatchStar";
  readonly name: string | null;
}
export interface MatchAs extends NodeBase {
  readonly kind: "MatchAs";
  readonly pattern: Pattern | null;
  readonly name: string | null;
}
export interface MatchOr extends NodeBase {
  readonly kind: "MatchOr";
  readonly patterns: readonly Pattern[];
}
export interface TypeVar extends NodeBase {
  readonly kind: "TypeVar";
  readonly name: string;
  readonly bound: Expr | null;
  readonly default_value: Expr | null;
}
export interface ParamSpec extends NodeBase {
  readonly kind: "ParamSpec";
  readonly name: string;
  readonly default_value: Expr | null;
}
export interface TypeVarTuple extends NodeBase {
  readonly kind: "TypeVarTuple";
  readonly name: string;
  readonly default_value: Expr | null;
}

export type FunctionNode = FunctionDef | AsyncFunctionDef;

export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue
  | Broken;

export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice
  | BrokenExpr;

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

export type TypeParam = TypeVar | ParamSpec | TypeVarTuple;

export type Node =
  | Module
  | Stmt
  | Expr
  | Pattern
  | TypeParam
  | Comprehension
  | ExceptHandler
  | Arguments
  | Arg
  | Keyword
  | Alias
  | WithItem
  | MatchCase;

export type NodeKind = Node["kind"];
export type NodeOfKind<K extends NodeKind> = Extract<Node, { kind: K }>;
