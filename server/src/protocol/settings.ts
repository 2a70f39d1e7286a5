/** The settings of the product: the one schema that package.json, the configuration reader and the client share. */

export const COACH_LEVELS = ["essentials", "professional", "senior"] as const;
export type CoachLevel = (typeof COACH_LEVELS)[number];

export const ROLES = ["auto", "backend", "automation", "data", "full-stack"] as const;
export type Role = (typeof ROLES)[number];

export const RULE_SETTINGS = ["error", "warning", "information", "hint", "off"] as const;
export type RuleSetting = (typeof RULE_SETTINGS)[number];

export const RELAXABLE_CONTEXTS = ["test", "migration", "notebook", "script", "settings-dev"] as const;
export type RelaxableContext = (typeof RELAXABLE_CONTEXTS)[number];

export const DEFER_MODES = ["auto", "always", "never"] as const;
export type DeferMode = (typeof DEFER_MODES)[number];

export const RUN_MODES = ["onType", "onSave", "off"] as const;
export type RunMode = (typeof RUN_MODES)[number];

export const CHECKLIST_LEVELS = ["must", "diff", "senior"] as const;
export type ChecklistLevel = (typeof CHECKLIST_LEVELS)[number];

export const TRACE_MODES = ["off", "messages", "verbose"] as const;
export type TraceMode = (typeof TRACE_MODES)[number];

/** The shape of a value: checked when it is read, and printed as JSON schema into package.json. */
export type SettingType =
  | { readonly kind: "boolean" }
  | { readonly kind: "number"; readonly minimum: number }
  | { readonly kind: "enum"; readonly values: readonly string[]; readonly descriptions?: readonly string[] }
  /** Another spelling of an enum's value that is accepted when read: `true` for `auto`. */
  | { readonly kind: "enumArray"; readonly values: readonly string[] }
  | { readonly kind: "stringArray" }
  | { readonly kind: "ruleMap" };

export interface SettingDefinition {
  readonly type: SettingType;
  readonly default: unknown;
  readonly scope: "resource" | "window";
  /** Markdown; `#stackCoach.key#` links to another setting. */
  readonly description: string;
  /** True where `pyproject.toml` and the team file may set it: it says how code is judged, not how an editor looks. */
  readonly project: boolean;
  /** Other values that are understood, and what they mean. */
  readonly aliases?: readonly { readonly from: unknown; readonly to: unknown }[];
}

/** All settings below `stackCoach.`, in the order in which the settings editor shows them. */
export const SETTINGS = {
  enable: {
    type: { kind: "boolean" },
    default: true,
    scope: "resource",
    project: true,
    description: "Turn coaching on for this folder.",
  },
  level: {
    type: {
      kind: "enum",
      values: COACH_LEVELS,
      descriptions: [
        "Must-have habits only.",
        "Must-have habits and those that set professional code apart.",
        "All habits, those of senior engineers too.",
      ],
    },
    default: "professional",
    scope: "resource",
    project: true,
    description: "How much advice to show. Errors and warnings show at every level.",
  },
  role: {
    type: { kind: "enum", values: ROLES },
    default: "auto",
    scope: "resource",
    project: true,
    description: "Role used to filter checklist, snippets and advice.",
  },
  run: {
    type: { kind: "enum", values: RUN_MODES },
    default: "onType",
    scope: "resource",
    project: false,
    description: "When advice is refreshed.",
  },
  rules: {
    type: { kind: "ruleMap" },
    default: {},
    scope: "resource",
    project: true,
    description: "Severity per rule, or per section with a wildcard: `security/*`.",
  },
  "context.relaxed": {
    type: { kind: "enumArray", values: RELAXABLE_CONTEXTS },
    default: RELAXABLE_CONTEXTS,
    scope: "resource",
    project: true,
    description: "File kinds where habit rules are quiet.",
  },
  changedLinesOnly: {
    type: { kind: "boolean" },
    default: false,
    scope: "resource",
    project: true,
    description: "Advise only on lines changed since the last commit.",
  },
  deferToOtherTools: {
    type: {
      kind: "enum",
      values: DEFER_MODES,
      descriptions: [
        "Step aside where a Ruff configuration governs the file.",
        "Step aside everywhere, for Ruff's defaults where it has no configuration.",
        "Show all advice, also what another tool shows.",
      ],
    },
    default: "auto",
    scope: "resource",
    project: true,
    aliases: [
      { from: true, to: "auto" },
      { from: false, to: "never" },
    ],
    description: "Hide advice that Ruff already gives in this project.",
  },
  "checklist.levels": {
    type: { kind: "enumArray", values: CHECKLIST_LEVELS },
    default: CHECKLIST_LEVELS,
    scope: "window",
    project: false,
    description: "Levels shown in the checklist.",
  },
  "checklist.hideNotApplicable": {
    type: { kind: "boolean" },
    default: true,
    scope: "window",
    project: false,
    description: "Hide checklist items that do not apply to this project.",
  },
  "snippets.enable": {
    type: { kind: "boolean" },
    default: true,
    scope: "resource",
    project: false,
    description: "Offer snippets.",
  },
  "snippets.versionAware": {
    type: { kind: "boolean" },
    default: true,
    scope: "resource",
    project: false,
    description: "Offer only forms that the declared versions of Python and of the libraries support.",
  },
  "hover.explanations": {
    type: { kind: "boolean" },
    default: true,
    scope: "resource",
    project: false,
    description: "Show on hover why a finding matters, with a bad and a good example.",
  },
  exclude: {
    type: { kind: "stringArray" },
    default: [],
    scope: "resource",
    project: true,
    description: "Globs of paths never read, added to `#files.exclude#` and `.gitignore`.",
  },
  maxFileSizeKB: {
    type: { kind: "number", minimum: 1 },
    default: 1024,
    scope: "resource",
    project: true,
    description: "Larger files are left out of the check of the whole workspace.",
  },
  maxFiles: {
    type: { kind: "number", minimum: 1 },
    default: 5000,
    scope: "resource",
    project: true,
    description: "The check of the whole workspace stops after this many files.",
  },
  "trace.server": {
    type: { kind: "enum", values: TRACE_MODES },
    default: "off",
    scope: "window",
    project: false,
    description: "Log the messages between editor and server.",
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof SETTINGS;

/** The values of all settings, by key. */
export interface SettingValues {
  readonly enable: boolean;
  readonly level: CoachLevel;
  readonly role: Role;
  readonly run: RunMode;
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly "context.relaxed": readonly RelaxableContext[];
  readonly changedLinesOnly: boolean;
  readonly deferToOtherTools: DeferMode;
  readonly "checklist.levels": readonly ChecklistLevel[];
  readonly "checklist.hideNotApplicable": boolean;
  readonly "snippets.enable": boolean;
  readonly "snippets.versionAware": boolean;
  readonly "hover.explanations": boolean;
  readonly exclude: readonly string[];
  readonly maxFileSizeKB: number;
  readonly maxFiles: number;
  readonly "trace.server": TraceMode;
}

/** The definition of a setting, its literal types forgotten. */
export function settingDefinition(key: SettingKey): SettingDefinition {
  return SETTINGS[key];
}

/** All keys, in the order of the settings editor. */
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** The value of every setting where nobody sets any. */
export const DEFAULT_SETTINGS: SettingValues = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, SETTINGS[key].default]),
) as unknown as SettingValues;
