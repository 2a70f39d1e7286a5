/** The shape of what we know about libraries: which types their functions return and their classes have. */

/**
 * A type as text. Grammar:
 *
 * - `str`, `list[str]`: builtins need no prefix; `requests.Response`, `collections.abc.Iterator[bytes]`: every
 *   other class is named in full, by its canonical name (see `LibraryModel.aliases`);
 * - `None`, and `?` where nothing is known;
 * - `Self`: the receiver's own type; `$0`, `$1`: its type arguments;
 * - `@0`: the type of the first argument of the call; `@0*`: what iterating over it yields; `@0!`: what awaiting
 *   it gives; `@0()`: an instance of the class that is passed.
 *
 * "X or None" is written `X`: the model says what a value is where it is one.
 */
export type TypeText = string;

/** What a decorator makes of the function under it. */
export type DecoratorEffect =
  /** The same function, as far as calls go. */
  | "same"
  /** An attribute that is read without a call. */
  | "property"
  | "static-method"
  | "class-method"
  /** A generator function becomes a context manager of what it yields. */
  | "context-manager"
  | "async-context-manager"
  /** The function has the attributes of this class besides; `returns` where a call gives something else now. */
  | { readonly object: TypeText; readonly returns?: TypeText };

export interface FunctionModel {
  /** The name by which it goes where that is not its place: a manager's methods are those of its query set. */
  readonly name?: string;
  readonly returns?: TypeText;
  /** True where a call gives a coroutine, and `returns` is what awaiting it gives. */
  readonly coroutine?: boolean;
  /** Return types by the constant value of one argument; `""` where the argument is not passed. */
  readonly returnsBy?: {
    readonly position: number;
    readonly keyword: string;
    readonly types: Readonly<Record<string, TypeText>>;
  };
  /** Keywords that change the return type to one that we do not know. */
  readonly unknownWith?: readonly string[];
  /** What it does when used as a decorator, with or without arguments. */
  readonly decorator?: DecoratorEffect;
}

/** Shorthand for a function of which only the return type is known; `async ` before it for a coroutine function. */
export type FunctionEntry = TypeText | FunctionModel;

export interface ClassModel {
  readonly bases?: readonly TypeText[];
  /** Methods, class methods and static methods; operators under their special names (`__truediv__`). */
  readonly methods?: Readonly<Record<string, FunctionEntry>>;
  /** Attributes and properties of instances and of the class. */
  readonly attributes?: Readonly<Record<string, TypeText>>;
  /** What `with instance as x` binds. Present on context managers only. */
  readonly enter?: TypeText;
  readonly asyncEnter?: TypeText;
  /** What `for x in instance` binds. */
  readonly iterates?: TypeText;
  readonly asyncIterates?: TypeText;
  /** What `await instance` gives. */
  readonly awaits?: TypeText;
  /** For a descriptor put into a class body: what it is when read from an instance. */
  readonly onInstance?: TypeText;
}

/** Facts about one library. All names are canonical, in full. */
export interface LibraryModel {
  /** Top-level packages whose names the facts begin with. */
  readonly packages: readonly string[];
  readonly functions?: Readonly<Record<string, FunctionEntry>>;
  readonly classes?: Readonly<Record<string, ClassModel>>;
  /** Module-level objects and their types, e.g. `flask.request`. */
  readonly values?: Readonly<Record<string, TypeText>>;
  /** Other names of the same object or module: name to canonical name. The canonical one is what users write. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Modules of which `from m import *` is known to leave the names of builtins alone. */
  readonly keepsBuiltins?: readonly string[];
}

/** The same entry under each of some names, which white space separates. */
export function each<Entry>(names: string, entry: Entry): Record<string, Entry> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, entry]));
}
