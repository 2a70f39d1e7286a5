/** The parts of the stack by which rules, checklist items and the guide are grouped. */

/** Sections that hold rules, in the guide's order. */
export const SECTIONS = [
  "core-python",
  "frameworks",
  "django",
  "flask",
  "fastapi",
  "apis",
  "integrations",
  "databases",
  "testing",
  "debugging",
  "workflow",
  "deployment",
  "performance",
  "async",
  "background-jobs",
  "security",
  "secrets",
  "data",
  "automation",
  "ai",
] as const;
export type Section = (typeof SECTIONS)[number];

/** How early in a career a habit belongs. */
export type Level = "must-have" | "differentiator" | "senior";
