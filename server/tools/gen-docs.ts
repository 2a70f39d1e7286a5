/** Generates what people read about rules: one guide page a rule, the catalogue, and the README's table. */

import type { CheckDefinition } from "../src/engine/check.ts";
import type { AnyRule, Equivalents } from "../src/engine/rule.ts";
import { SECTIONS } from "../src/engine/rule.ts";
import { type GeneratedFile, listProjectFiles } from "./gen-shared.ts";

const PAGES = "media/guide/rules";

/** A page for each rule, one that lists them, and the removal of pages whose rule is gone. */
export function generateRulePages(rules: readonly AnyRule[]): readonly GeneratedFile[] {
  const pages = [
    ...rules.map((rule) => ({ path: `${PAGES}/${rule.id}.md`, text: rulePage(rule) })),
    ruleIndex(rules),
  ];
  const current = new Set(pages.map(({ path }) => path));
  const gone = listProjectFiles(PAGES, ".md").filter((path) => !current.has(path));
  return [...pages, ...gone.map((path) => ({ path, text: null }))];
}

function rulePage(rule: AnyRule): string {
  const { docs } = rule;
  const [page = "", anchor = ""] = rule.guide.split("#");
  const parts = [
    `# ${rule.title}`,
    `\`${rule.id}\` · ${factsOf(rule).join(" · ")}`,
    docs.why.trim(),
    "## Instead of",
    fence(docs.bad),
    "## Write",
    fence(docs.good),
    ...frameworkParts(docs.frameworks ?? {}),
    "## When it is fine",
    docs.whenFine.trim(),
    "## Read more",
    [`- [In the guide](../${page}.md#${anchor})`, ...docs.references.map((url) => `- <${url}>`)].join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

function frameworkParts(frameworks: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(frameworks).flatMap(([name, text]) => [`### In ${name}`, text.trim()]);
}

function factsOf(rule: AnyRule): readonly string[] {
  const facts = [`${rule.severity}`, `confidence ${rule.confidence}`, rule.level, fixText(rule)];
  if (rule.cwe.length > 0) facts.push(rule.cwe.map((number) => `CWE-${number}`).join(", "));
  const others = equivalentsText(rule.equivalents);
  if (others !== "") facts.push(`overlaps with ${others}`);
  const offIn = rule.contexts?.offIn ?? [];
  if (offIn.length > 0) facts.push(`quiet in ${offIn.join(", ")} files`);
  return facts;
}

function fixText(rule: AnyRule): string {
  return rule.fix === "none" ? "no automatic fix" : `${rule.fix} fix`;
}

const TOOL_NAMES = { ruff: "Ruff", bandit: "Bandit", pylint: "Pylint", flake8: "Flake8" } as const;

function equivalentsText(equivalents: Equivalents): string {
  return Object.entries(TOOL_NAMES)
    .flatMap(([key, name]) => {
      const codes = equivalents[key as keyof Equivalents] ?? [];
      return codes.length === 0 ? [] : [`${name} ${codes.join(", ")}`];
    })
    .join("; ");
}

function fence(code: string): string {
  return `\`\`\`python\n${code.trim()}\n\`\`\``;
}

/** All facts about all rules and checklist items, for tools. */
export function generateCatalog(
  rules: readonly AnyRule[],
  checks: readonly CheckDefinition[] = [],
): GeneratedFile {
  const entries = rules.map((rule) => ({
    id: rule.id,
    title: rule.title,
    section: rule.section,
    level: rule.level,
    severity: rule.severity,
    confidence: rule.confidence,
    flagship: rule.flagship ?? false,
    cwe: rule.cwe,
    equivalents: rule.equivalents,
    offIn: rule.contexts?.offIn ?? [],
    guide: rule.guide,
    fix: rule.fix,
    messages: rule.messages,
  }));
  const items = checks.map(({ id, title, why, section, level, roles, guide, manual = false }) => ({
    ...{ id, title, why, section, level, roles, guide, manual },
  }));
  const catalog = { version: 1, rules: entries, checks: items };
  return { path: "media/catalog.json", text: `${JSON.stringify(catalog, null, 2)}\n` };
}

const START = "<!-- rules:start, written by npm run gen -->";
const END = "<!-- rules:end -->";

/** The README with the table between its markers replaced. @throws Error where a marker is missing */
export function generateReadme(current: string, rules: readonly AnyRule[]): GeneratedFile {
  const start = current.indexOf(START);
  const end = current.indexOf(END);
  if (start === -1 || end < start) throw new Error(`README.md lacks the markers "${START}" and "${END}"`);
  const table = ruleTable(rules);
  const text = `${current.slice(0, start + START.length)}\n\n${table}\n\n${current.slice(end)}`;
  return { path: "README.md", text };
}

/** One row a section: how many rules, and those that go furthest beyond patterns by name. */
function ruleTable(rules: readonly AnyRule[]): string {
  const rows = SECTIONS.flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section);
    const shown = own.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN_IN_README);
    const names = shown.map(({ id }) => `[${id}](${PAGES}/${id}.md)`).join(", ");
    return own.length === 0 ? [] : [`| ${section} | ${own.length} | ${names} |`];
  });
  return [
    `[All ${rules.length} rules](${INDEX}), each with its reason, an example of both kinds and when it is fine:`,
    "",
    "| Section | Rules | Among them |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

/** Rules of a section that the README names. */
const SHOWN_IN_README = 3;

function rank({ flagship = false, taint, severity }: AnyRule): number {
  const gravity = severity === "error" ? 0 : severity === "warning" ? 1 : 2;
  return (flagship ? 0 : 10) + (taint === undefined ? 5 : 0) + gravity;
}

const INDEX = `${PAGES}/index.md`;

/** The page that lists all rules under the guide's pages that teach them; each of those pages leads to its heading here. */
function ruleIndex(rules: readonly AnyRule[]): GeneratedFile {
  const parts = SECTIONS.map((page) => {
    const taught = rules.filter((rule) => rule.guide.startsWith(`${page}#`));
    return `## ${page}\n\n${taught.length === 0 ? "No rules yet." : ruleIndexTable(taught)}`;
  });
  return { path: INDEX, text: `# All rules\n\n${parts.join("\n\n")}\n` };
}

function ruleIndexTable(rules: readonly AnyRule[]): string {
  const rows = rules.map(({ id, title, severity, fix, guide }) => {
    const taughtIn = `[${guide.split("#")[1]}](../${guide.replace("#", ".md#")})`;
    return `| [\`${id}\`](${id}.md) | ${title} | ${taughtIn} | ${severity} | ${fix} |`;
  });
  return ["| Rule | What it finds | Taught in | Severity | Fix |", "|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}
