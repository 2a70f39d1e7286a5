/** The report as SARIF 2.1.0, the form that code-scanning services read. */

import type { Severity } from "../engine/finding.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { Report, ReportedFinding, ReportedPlace } from "./report.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LEVELS = { error: "error", warning: "warning", information: "note", hint: "note" } as const;
/** GitHub's scale for rules about security: from 7.0 on high, from 4.0 on medium, below low. */
const SECURITY_SEVERITY = { error: "8.0", warning: "5.5", information: "3.0", hint: "1.0" } as const;

/** @param hash a digest of a text, the same on every machine; fingerprints are made with it */
export function formatSarif(report: Report, version: string, hash: (text: string) => string): string {
  const indexOf = new Map(report.rules.map((rule, index) => [rule.id, index]));
  const fingerprint = createFingerprints(hash);
  const run = {
    tool: {
      driver: {
        name: "stack-coach",
        fullName: "Python Stack Coach",
        semanticVersion: version,
        rules: report.rules.map(descriptor),
      },
    },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          ...report.skipped.map(({ path, reason }) => ({
            level: "warning",
            message: { text: reason },
            locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
          })),
          ...report.broken.map((place) => ({
            level: "warning",
            message: { text: "This does not parse; the code around it was not checked." },
            locations: [location(place)],
          })),
        ],
      },
    ],
    results: report.findings.map((finding) => result(finding, indexOf.get(finding.rule.id), fingerprint)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function descriptor(rule: AnyRule): Record<string, unknown> {
  const [reference] = rule.docs.references;
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.docs.why },
    help: { text: `${rule.docs.why}\n\n${rule.docs.whenFine}`, markdown: helpMarkdown(rule) },
    ...(reference === undefined ? {} : { helpUri: reference }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: {
      tags: tags(rule),
      precision: rule.confidence,
      "problem.severity": problemSeverity(rule.severity),
      ...(rule.cwe.length > 0 ? { "security-severity": SECURITY_SEVERITY[rule.severity] } : {}),
    },
  };
}

/** Each tag once, as the schema wants it: one of the sections is called security too. */
function tags({ cwe, section, level }: AnyRule): readonly string[] {
  const security = cwe.length > 0 ? ["security"] : [];
  const weaknesses = cwe.map((id) => `external/cwe/cwe-${String(id).padStart(3, "0")}`);
  return [...new Set([...security, section, level, ...weaknesses])];
}

function helpMarkdown({ docs }: AnyRule): string {
  const block = (code: string): string => `\`\`\`python\n${code.trim()}\n\`\`\``;
  return [
    docs.why,
    "**Avoid**",
    block(docs.bad),
    "**Write**",
    block(docs.good),
    "**When it is fine**",
    docs.whenFine,
  ].join("\n\n");
}

function problemSeverity(severity: Severity): string {
  return severity === "error" || severity === "warning" ? severity : "recommendation";
}

type Fingerprint = (finding: ReportedFinding) => string;

function result(
  finding: ReportedFinding,
  ruleIndex: number | undefined,
  fingerprint: Fingerprint,
): Record<string, unknown> {
  return {
    ruleId: finding.rule.id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [location(finding)],
    ...steps(finding),
    partialFingerprints: { "stackCoach/v1": fingerprint(finding) },
    properties: { messageId: finding.messageId, confidence: finding.confidence },
  };
}

/** A data flow runs from its source to the finding itself; other related places stand beside it. */
function steps(finding: ReportedFinding): Record<string, unknown> {
  const located = [...finding.related, finding].map((step) => ({
    ...location(step),
    message: { text: step.message },
  }));
  if (finding.related.length === 0) return {};
  if (!finding.flow) return { relatedLocations: located.slice(0, -1).map((step, id) => ({ id, ...step })) };
  return { codeFlows: [{ threadFlows: [{ locations: located.map((step) => ({ location: step })) }] }] };
}

/** The lines of a notebook's cell are not lines of its file: the region is its top, the cell a logical place. */
function location({ path, cell, start, end }: ReportedPlace): Record<string, unknown> {
  if (cell !== null) {
    const fullyQualifiedName = `cell ${cell}, line ${start.line}`;
    return {
      physicalLocation: { artifactLocation: artifact(path), region: { startLine: 1 } },
      logicalLocations: [{ name: `cell ${cell}`, fullyQualifiedName, kind: "module" }],
    };
  }
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  return { physicalLocation: { artifactLocation: artifact(path), region } };
}

/** Paths inside the working folder stay relative to it; others become `file:` URIs. */
function artifact(path: string): Record<string, string> {
  const uri = path.split("/").map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace("%3A", ":")}` };
  return { uri, uriBaseId: "%SRCROOT%" };
}

/**
 * A finding keeps its fingerprint while other lines come and go: it is made of the rule, the message, the file
 * and the text of the line, and of a count where all of these are equal.
 */
function createFingerprints(hash: (text: string) => string): Fingerprint {
  const seen = new Map<string, number>();
  return ({ rule, messageId, path, cell, source }) => {
    const text = source.trim().replace(/\s+/g, " ");
    const key = [rule.id, messageId, path, cell === null ? "" : "cell", text].join("\u0000");
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hash(`${key}\u0000${count}`);
  };
}
