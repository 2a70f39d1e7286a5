/** Which methods and actions Django's and DRF's view classes answer, by what they derive from. */

import type { Lookup } from "./lookup.ts";
import type { Mention } from "./sketch.ts";

/** One thing that a view class answers. */
export interface Answering {
  readonly methods: readonly string[];
  /** The action of a view set. */
  readonly action?: string;
  /** The method of the class that answers, where it is not called as the action. */
  readonly handler?: string;
  /** Below the view's own path: `{pk}/`, `{pk}/cancel/`. */
  readonly path: string;
  /** The `@action` decorator. */
  readonly decorators?: Mention | undefined;
}

const VERBS = ["get", "post", "put", "patch", "delete"];

/** What the generic classes of the libraries answer. */
const GENERIC: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^rest_framework\.generics\.RetrieveUpdateDestroyAPIView$/, ["get", "put", "patch", "delete"]],
  [/^rest_framework\.generics\.RetrieveUpdateAPIView$/, ["get", "put", "patch"]],
  [/^rest_framework\.generics\.RetrieveDestroyAPIView$/, ["get", "delete"]],
  [/^rest_framework\.generics\.ListCreateAPIView$/, ["get", "post"]],
  [/^rest_framework\.generics\.(?:List|Retrieve)APIView$/, ["get"]],
  [/^rest_framework\.generics\.CreateAPIView$/, ["post"]],
  [/^rest_framework\.generics\.UpdateAPIView$/, ["put", "patch"]],
  [/^rest_framework\.generics\.DestroyAPIView$/, ["delete"]],
  [/\.(?:CreateView|UpdateView|FormView|DeleteView|LoginView|Password\w+View)$/, ["get", "post"]],
  [/\.(?:ListView|DetailView|TemplateView|\w*ArchiveView|DayArchiveView)$/, ["get"]],
];

/** The methods of a class-based view, each with the method of the class that answers it. */
export function methodsOfView(view: string, lookup: Lookup): readonly Answering[] {
  const lineage = lookup.lineage(view);
  const inherited = new Set(
    GENERIC.flatMap(([pattern, verbs]) => (lineage.some((one) => pattern.test(one)) ? verbs : [])),
  );
  const allowed = lookup.attribute(view, "http_method_names")?.texts;
  const answered = VERBS.filter(
    (verb) =>
      (inherited.has(verb) || lookup.method(view, verb) !== undefined) &&
      (allowed === undefined || allowed.includes(verb)),
  );
  if (answered.length === 0) return [{ methods: [], path: "" }];
  return answered.map((verb) => ({ methods: [verb.toUpperCase()], handler: verb, path: "" }));
}

interface Standard {
  readonly action: string;
  readonly method: string;
  readonly detail: boolean;
  readonly mixin: RegExp;
}
const STANDARD: readonly Standard[] = [
  {
    action: "list",
    method: "GET",
    detail: false,
    mixin: /\.(?:ListModelMixin|ModelViewSet|ReadOnlyModelViewSet)$/,
  },
  { action: "create", method: "POST", detail: false, mixin: /\.(?:CreateModelMixin|ModelViewSet)$/ },
  {
    action: "retrieve",
    method: "GET",
    detail: true,
    mixin: /\.(?:RetrieveModelMixin|ModelViewSet|ReadOnlyModelViewSet)$/,
  },
  { action: "update", method: "PUT", detail: true, mixin: /\.(?:UpdateModelMixin|ModelViewSet)$/ },
  { action: "partial_update", method: "PATCH", detail: true, mixin: /\.(?:UpdateModelMixin|ModelViewSet)$/ },
  { action: "destroy", method: "DELETE", detail: true, mixin: /\.(?:DestroyModelMixin|ModelViewSet)$/ },
];

/** The actions of a view set that a router routes to. */
export function actionsOfViewSet(view: string, lookup: Lookup): readonly Answering[] {
  const lineage = lookup
    .lineage(view)
    .filter((one) => one.startsWith("rest_framework.") || one.startsWith("rest_framework"));
  const allowed = lookup.attribute(view, "http_method_names")?.texts;
  const lookupName = lookup.attribute(view, "lookup_url_kwarg") ?? lookup.attribute(view, "lookup_field");
  const detailPath = `{${lookupName?.texts[0] ?? "pk"}}/`;
  const standard = STANDARD.flatMap(({ action, method, detail, mixin }): readonly Answering[] => {
    const isThere = lookup.method(view, action) !== undefined || lineage.some((one) => mixin.test(one));
    if (!isThere || (allowed !== undefined && !allowed.includes(method.toLowerCase()))) return [];
    return [{ methods: [method], action, path: detail ? detailPath : "" }];
  });
  return [...standard, ...extraActions(view, detailPath, lookup)];
}

/** Methods with `@action`, or the decorators that it replaced. */
function extraActions(view: string, detailPath: string, lookup: Lookup): readonly Answering[] {
  const seen = new Set<string>();
  return lookup.lineage(view).flatMap((one) =>
    Object.entries(lookup.classNamed(one)?.sketch.methods ?? {}).flatMap(
      ([name, method]): readonly Answering[] => {
        const decorator = method.decorators?.find((it) => /(?:^|\.)action$/.test(it.name));
        if (decorator === undefined || seen.has(name)) return [];
        seen.add(name);
        const { detail = [], methods = ["get"], url_path = [name] } = decorator.keywords ?? {};
        const path = `${detail[0] === "true" ? detailPath : ""}${url_path[0] ?? name}/`;
        return [
          { methods: methods.map((verb) => verb.toUpperCase()), action: name, path, decorators: decorator },
        ];
      },
    ),
  );
}
