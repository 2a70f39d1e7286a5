/** The endpoint map as a tree: each route with its guards, its response, its parameters and its findings. */

import type {
  EndpointEntry,
  EndpointFinding,
  EndpointsResult,
} from "../../../../server/src/protocol/endpoints.ts";
import type { Localizer, TreeNode } from "../tree/node.ts";

export interface EndpointContext {
  readonly l10n: Localizer;
  readonly openLocation: string;
  readonly placeText: (uri: string) => string;
}

const SEVERITY_ICONS = {
  error: { id: "error", color: "list.errorForeground" },
  warning: { id: "warning", color: "list.warningForeground" },
  information: { id: "info" },
  hint: { id: "lightbulb" },
} as const;

export function endpointNodes(
  { complete, endpoints }: EndpointsResult,
  context: EndpointContext,
): readonly TreeNode[] {
  const nodes = endpoints.map((entry) => endpointNode(entry, context));
  if (complete) return nodes;
  const label = context.l10n.t("The project is still being read…");
  return [{ id: "reading", label, icon: { id: "loading~spin" } }, ...nodes];
}

function endpointNode(entry: EndpointEntry, context: EndpointContext): TreeNode {
  const { l10n } = context;
  const methods = entry.methods.length > 0 ? entry.methods.join(" ") : l10n.t("any method");
  const guards = entry.guards.length > 0 ? entry.guards.join(", ") : l10n.t("open to all");
  const count = entry.findings.length > 0 ? l10n.t("findings: {0}", entry.findings.length) : "";
  return {
    id: entry.id,
    label: `${methods} ${entry.path}`,
    description: [guards, count].filter(Boolean).join(" · "),
    tooltip: `\`${methods} ${entry.path}\`\n\n\`${entry.handler}\``,
    icon: iconOf(entry),
    spoken: [methods, entry.path, guards, count].filter(Boolean).join(", "),
    kind: "endpoint",
    subject: entry,
    children: [
      handlerNode(entry, context),
      ...guardNodes(entry, l10n),
      responseNode(entry, l10n),
      ...parameterNodes(entry, l10n),
      ...entry.findings.map((finding, at) => findingNode(entry, finding, at, context)),
    ],
  };
}

/** A lock where something stands before the handler; else an open globe: a fact, not a verdict. */
function iconOf({ findings, guards }: EndpointEntry): NonNullable<TreeNode["icon"]> {
  if (findings.some(({ severity }) => severity === "error")) return SEVERITY_ICONS.error;
  if (findings.some(({ severity }) => severity === "warning")) return SEVERITY_ICONS.warning;
  return { id: guards.length > 0 ? "lock" : "globe" };
}

function handlerNode(
  { id, handler, uri, range }: EndpointEntry,
  { l10n, openLocation, placeText }: EndpointContext,
): TreeNode {
  const name = handler.split(".").slice(-2).join(".");
  const place = `${placeText(uri)}:${range.start.line + 1}`;
  return {
    id: `${id}/handler`,
    label: name,
    description: place,
    icon: { id: "symbol-method" },
    spoken: l10n.t("Handler {0}, {1}", name, place),
    action: { command: openLocation, args: [uri, range] },
  };
}

function guardNodes({ id, guards }: EndpointEntry, l10n: Localizer): readonly TreeNode[] {
  return guards.map((guard, at) => ({
    id: `${id}/guard/${at}`,
    label: guard,
    icon: { id: "lock" },
    spoken: l10n.t("Guard: {0}", guard),
  }));
}

function responseNode({ id, responseModel }: EndpointEntry, l10n: Localizer): TreeNode {
  return {
    id: `${id}/response`,
    label: l10n.t("Response: {0}", responseModel ?? l10n.t("not declared")),
    icon: { id: "arrow-left" },
  };
}

function parameterNodes({ id, parameters }: EndpointEntry, l10n: Localizer): readonly TreeNode[] {
  return parameters.map(({ name, from, type }) => ({
    id: `${id}/parameter/${from}/${name}`,
    label: type === null ? name : `${name}: ${type}`,
    description: from,
    icon: { id: "symbol-parameter" },
    spoken: l10n.t("Parameter {0} from {1}", name, from),
  }));
}

function findingNode(
  { id, uri }: EndpointEntry,
  { ruleId, severity, message, range }: EndpointFinding,
  at: number,
  { openLocation }: EndpointContext,
): TreeNode {
  return {
    id: `${id}/finding/${at}`,
    label: message,
    description: ruleId,
    icon: SEVERITY_ICONS[severity],
    spoken: `${severity}: ${message}`,
    action: { command: openLocation, args: [uri, range] },
  };
}
