/**
 * The layers of the product and what may import what, as `npm test` checks them.
 *
 * Each rule quotes the invariant that it guards. The folders are those of ARCHITECTURE.md.
 */

/** From the bottom to the top; what shares a place stands side by side and may not import its neighbour. */
const LAYERS = [
  ["base"],
  ["models"],
  ["syntax"],
  ["semantic"],
  ["frameworks"],
  ["flow"],
  ["stack"],
  ["engine"],
  ["rules", "checklist"],
  ["lsp", "cli"],
  ["node", "browser"],
];
const SRC = "^server/src/";
// The launchers that esbuild.mjs writes import the compile cache.
const ENTRIES = "^(client/src|server/src)/(node|browser)/(main|cli|worker|compile-cache)[.]ts$";
const REGISTRY = `${SRC}(registry|checklist)[.]generated[.]ts$`;

/** A path pattern for the folders of some layers. */
const folders = (names) => `${SRC}(${names.join("|")})/`;
/** A path pattern for a package of npm, wherever it is installed, and for its types. */
const packages = (pattern) => `(^|node_modules/(@types/)?)${pattern}(/|$)`;

// Invariant 1: imports go leftwards only:
// base < models < syntax < semantic < frameworks < flow < stack < engine < rules,checklist < lsp,cli < node,browser.
// "models is typed data and knows no AST" and "the checklist imports no rule" are cases of it.
const layerRules = LAYERS.flatMap((layer, rank) =>
  layer.map((name) => {
    const forbidden = LAYERS.slice(rank)
      .flat()
      .filter((other) => other !== name);
    return {
      name: `layer-${name}`,
      comment: `${name} imports only what stands left of it in the order of layers.`,
      severity: "error",
      from: { path: folders([name]) },
      to: { path: forbidden.length > 0 ? folders(forbidden) : "^$" },
    };
  }),
);

const invariants = [
  {
    name: "protocol-stands-alone",
    comment: "Invariant 2: the client may import protocol, so protocol imports nothing but itself and base.",
    severity: "error",
    from: { path: `${SRC}protocol/` },
    to: { path: "^(server|client)/", pathNot: `${SRC}(protocol|base)/` },
  },
  {
    name: "analysis-knows-no-protocol",
    comment:
      "The engine is editor-neutral: what lies below it knows no messages, and rules know none either.",
    severity: "error",
    from: { path: folders(["base", "models", "syntax", "semantic", "frameworks", "flow", "stack", "rules"]) },
    to: { path: `${SRC}protocol/` },
  },
  {
    name: "client-imports-protocol-only",
    comment: "Invariant 2: client/** imports from the server only protocol/**.",
    severity: "error",
    from: { path: "^client/" },
    to: { path: "^server/", pathNot: `${SRC}protocol/` },
  },
  {
    name: "server-never-imports-client",
    comment: "Invariant 2: the server never imports the client.",
    severity: "error",
    from: { path: "^server/" },
    to: { path: "^client/" },
  },
  {
    name: "product-imports-no-test",
    comment: "What ships does not depend on tests or tools.",
    severity: "error",
    from: { path: "^(client|server)/src/" },
    to: { path: "^(test|server/tools)/" },
  },
  {
    name: "vscode-in-client-only",
    comment: "Invariant 3: vscode and vscode-languageclient only in client/**.",
    severity: "error",
    from: { path: "^server/" },
    to: { path: packages("(vscode|vscode-languageclient)") },
  },
  {
    name: "languageserver-at-the-edge",
    comment: "Invariant 3: vscode-languageserver* only in server/src/{lsp,node,browser}.",
    severity: "error",
    from: { path: "^(client|server)/src/", pathNot: folders(["lsp", "node", "browser"]) },
    to: { path: packages("(vscode-languageserver[^/]*|vscode-jsonrpc)") },
  },
  {
    name: "tree-sitter-in-syntax-only",
    comment: "Invariant 3: web-tree-sitter only in syntax.",
    severity: "error",
    from: { path: "^(client|server)/src/", pathNot: `${SRC}syntax/` },
    to: { path: packages("web-tree-sitter") },
  },
  {
    name: "builtins-in-node-folders-only",
    comment: "Invariant 4: Node built-ins only in **/node/**, server/tools, test.",
    severity: "error",
    from: { path: "^(client|server)/src/", pathNot: "/node/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "engine-is-handed-the-registry",
    comment: "Invariant 5: engine does not import rules; the registry is handed in.",
    severity: "error",
    from: { path: SRC, pathNot: [folders(["lsp", "cli", "node", "browser"]), REGISTRY] },
    to: { path: REGISTRY },
  },
  {
    name: "rule-imports-no-rule",
    comment: "Invariant 5: a rule imports no other rule, only its section's _shared.ts.",
    severity: "error",
    from: { path: `${SRC}rules/([^/]+)/` },
    to: { path: `${SRC}rules/`, pathNot: `${SRC}rules/$1/_shared[.]ts$` },
  },
  {
    name: "no-cycles",
    comment: "Invariant 6: no cycles. Types that name each other are erased, so only imports that run count.",
    severity: "error",
    from: { path: "^(client|server)/src/" },
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "no-orphans",
    comment: "Invariant 6: no orphans. Every module is reached from an entry point.",
    severity: "error",
    from: { path: ENTRIES },
    to: { path: "^(client|server)/src/", pathNot: [ENTRIES, "[.]d[.]ts$"], reachable: false },
  },
  {
    name: "imports-resolve",
    comment: "Every import leads to a file or an installed package; vscode is given by the editor.",
    severity: "error",
    from: { path: "^(client|server|test)/" },
    to: { couldNotResolve: true, pathNot: "^vscode$" },
  },
];

export default {
  forbidden: [...layerRules, ...invariants],
  options: {
    doNotFollow: { path: "node_modules" },
    // Type-only imports are imports too: a type that leaks upwards ties layers together all the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "browser", "default", "types"],
    },
  },
};
