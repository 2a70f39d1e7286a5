/** The endpoint map, as `stack-coach endpoints` prints it. */

import type { EndpointEntry, EndpointsResult } from "../protocol/endpoints.ts";
import type { EndpointsFormat } from "./arguments.ts";
import type { Style } from "./style.ts";

/** @param pathOf the path of a handler's file as it is shown */
export function formatEndpoints(
  result: EndpointsResult,
  format: EndpointsFormat,
  style: Style,
  pathOf: (uri: string) => string,
): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(
        result.endpoints.map((entry) => ({ ...entry, file: pathOf(entry.uri) })),
        null,
        2,
      )}\n`;
    case "markdown":
      return markdown(result.endpoints, pathOf);
    case "text":
      return text(result.endpoints, style, pathOf);
  }
}

function placeOf({ uri, range }: EndpointEntry, pathOf: (uri: string) => string): string {
  return `${pathOf(uri)}:${range.start.line + 1}`;
}

function methodsOf({ methods }: EndpointEntry): string {
  return methods.length === 0 ? "ANY" : methods.join("/");
}

function guardsOf({ guards }: EndpointEntry): string {
  return guards.length === 0 ? "open" : guards.join(", ");
}

function markdown(entries: readonly EndpointEntry[], pathOf: (uri: string) => string): string {
  const inCell = (cell: string) => cell.replaceAll("|", "\\|");
  const rows = entries.map((entry) =>
    [
      methodsOf(entry),
      `\`${entry.path}\``,
      guardsOf(entry),
      entry.responseModel === null ? "" : `\`${entry.responseModel}\``,
      entry.findings.map(({ ruleId }) => `\`${ruleId}\``).join(", "),
      `${placeOf(entry, pathOf)}`,
    ].map(inCell),
  );
  const lines = [
    ["Method", "Path", "Guards", "Response", "Findings", "Handler"],
    ["---", "---", "---", "---", "---", "---"],
    ...rows,
  ].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

function text(entries: readonly EndpointEntry[], style: Style, pathOf: (uri: string) => string): string {
  const width = Math.max(0, ...entries.map((entry) => methodsOf(entry).length));
  const lines = entries.flatMap((entry) => {
    const guarded = entry.guards.length > 0;
    const answer = entry.responseModel === null ? "" : `  -> ${entry.responseModel}`;
    return [
      `${style("bold", methodsOf(entry).padEnd(width))}  ${entry.path}${answer}`,
      `${" ".repeat(width + 2)}${style(guarded ? "dim" : "yellow", guardsOf(entry))}  ${style("dim", placeOf(entry, pathOf))}`,
      ...entry.findings.map(
        ({ ruleId, severity, message }) => `${" ".repeat(width + 2)}${severity} ${ruleId}: ${message}`,
      ),
    ];
  });
  const open = entries.filter(({ guards }) => guards.length === 0).length;
  const summary = entries.length === 0 ? "No endpoints found." : `${entries.length} endpoints, ${open} open`;
  return `${[...lines, summary].join("\n")}\n`;
}
