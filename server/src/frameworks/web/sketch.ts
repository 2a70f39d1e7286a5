/**
 * What one file says about the web application, as plain data: functions that may guard, classes, routers, routes.
 *
 * A sketch holds names, never nodes or offsets; files are put together by `merge.ts`.
 */

/** Something that is named, with the arguments that it is called with: a decorator, a dependency, a wrapper. */
export interface Mention {
  /** Qualified name as far as the file tells it; the last name alone where it does not. */
  readonly name: string;
  /** Qualified names and texts among its arguments: `permission_required("shop.add")`. */
  readonly args?: readonly string[];
  /** The names and texts of each keyword argument. */
  readonly keywords?: Readonly<Record<string, readonly string[]>>;
}

/** Evidence in a function's body that it lets in only some requests. */
export type Signal =
  /** Refuses with 401, 403 or an exception of that meaning. */
  | "401"
  | "403"
  /** Sends to the login page. */
  | "login"
  /** Asks who is there. */
  | "user"
  /** Asks for a role, a permission or a scope. */
  | "role"
  /** Verifies a signature or a shared secret. */
  | "signature"
  /** Reads a credential: the `Authorization` header, a security scheme, an API key. */
  | "credential"
  /** Refuses in another way: 400, 404, 429. */
  | "refuses";

export interface ParameterSketch {
  readonly name: string;
  /** Qualified name of the annotation, `Annotated` and `Optional` taken off; null without one. */
  readonly type: string | null;
  /** The annotation as it is written, short. */
  readonly written: string | null;
  /** What `Depends`, `Security` or a marker (`Query`, `Body`…) says, if there is one. */
  readonly depends?: Mention;
  readonly marker?: string;
  readonly hasDefault?: true;
  /** An upper bound is declared: `Query(le=100)`. */
  readonly bounded?: true;
}

export interface FunctionSketch {
  readonly async?: true;
  readonly decorators?: readonly Mention[];
  readonly parameters: readonly ParameterSketch[];
  /** The return annotation as it is written, short. */
  readonly returns?: string;
  readonly signals?: readonly Signal[];
  /** Own functions that it calls and that may refuse for it. */
  readonly calls?: readonly string[];
}

/** The value of a class attribute: the names and texts that stand in it. */
export interface AttributeSketch {
  readonly names: readonly string[];
  readonly texts: readonly string[];
  /** True for a value that is a list, tuple or set, so that an empty one says something. */
  readonly list?: true;
  readonly depends?: Mention;
}

export interface ClassSketch {
  readonly bases: readonly string[];
  readonly decorators?: readonly Mention[];
  readonly attributes: Readonly<Record<string, AttributeSketch>>;
  readonly methods: Readonly<Record<string, FunctionSketch>>;
  /** Dependencies that its constructor hands to the router that it derives from. */
  readonly dependencies?: readonly Mention[];
}

export type RouterKind = "fastapi" | "starlette" | "flask" | "aiohttp" | "drf" | "restx" | "unknown";

export interface RouterSketch {
  readonly kind: RouterKind;
  /** True for the application itself. */
  readonly app: boolean;
  readonly prefix: string;
  readonly dependencies: readonly Mention[];
  /** The class that makes it, where that is the project's own. */
  readonly maker?: string;
  /** Nested routers of DRF: the router above and the prefix that this one hangs on. */
  readonly parent?: string;
}

/** What answers a route. */
export interface Target {
  /** Qualified name of a function or class. */
  readonly name: string;
  /** Functions it is wrapped in: `login_required(view)`. */
  readonly wrappers?: readonly Mention[];
  /** DRF's `as_view({"get": "list"})`. */
  readonly actions?: Readonly<Record<string, string>>;
  /** True for `X.as_view()`, `MethodView`s and resources. */
  readonly asView?: true;
}

export interface RouteSketch {
  /** Qualified name of the router that it is registered at; "" where the call does not show it. */
  readonly router: string;
  readonly path: string;
  /** Upper case; empty for any, or for what the handler class defines. */
  readonly methods: readonly string[];
  readonly target: Target;
  readonly dependencies: readonly Mention[];
  /** As it is written. */
  readonly responseModel?: string;
  /** Where the registration itself tells the framework. */
  readonly kind?: "starlette" | "aiohttp";
  readonly websocket?: true;
  readonly hidden?: true;
}

export interface MountSketch {
  readonly parent: string;
  readonly child: string;
  readonly prefix: string;
  readonly dependencies: readonly Mention[];
}

/** A function that runs before the handlers of a router or of the application. */
export interface HookSketch {
  /** "" for the whole application. */
  readonly router: string;
  readonly wholeApp?: true;
  readonly handler: string;
}

/** One entry of a list of URL patterns. */
export interface UrlSketch {
  readonly path: string;
  readonly target?: Target;
  /** Qualified name of a list of patterns or of a router's `urls`, or a module's name. */
  readonly include?: string;
  /** Patterns written in place. */
  readonly nested?: readonly UrlSketch[];
  /** Wrappers around the whole include. */
  readonly wrappers?: readonly Mention[];
}

export interface WebSketch {
  /** Frameworks that the module imports. */
  readonly uses: readonly RouterKind[];
  /** Settings that decide about all views: names and texts of each, keys of dicts joined by a dot. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  /** What the module's names stand for when another imports them from here. */
  readonly exports: Readonly<Record<string, string>>;
  /** Modules whose names it takes over as a whole. */
  readonly stars: readonly string[];
  readonly functions: Readonly<Record<string, FunctionSketch>>;
  readonly classes: Readonly<Record<string, ClassSketch>>;
  /** `CurrentUser = Annotated[User, Depends(…)]` by name. */
  readonly aliases: Readonly<Record<string, ParameterSketch>>;
  /** Objects made by a call that may guard: `active_user = users.current_user()`. */
  readonly objects: Readonly<Record<string, Mention>>;
  readonly routers: Readonly<Record<string, RouterSketch>>;
  readonly routes: readonly RouteSketch[];
  readonly mounts: readonly MountSketch[];
  readonly hooks: readonly HookSketch[];
  readonly urls: Readonly<Record<string, readonly UrlSketch[]>>;
}
