/** What the rules on Django and its REST framework ask of a class: its `Meta`, and the fields of its model. */

import type { SourceEdits } from "../../engine/edits.ts";
import type { SemanticModel } from "../../semantic/model.ts";
import type { Assign, ClassDef, Expr } from "../../syntax/ast.ts";
import { literalString } from "../../syntax/calls.ts";
import { spanOf } from "../../syntax/tree.ts";

/** The value of `name = …` in the `Meta` of a class, with its statement. */
export function metaOption(cls: ClassDef, name: string): Assign | undefined {
  const meta = cls.body.find((statement) => statement.kind === "ClassDef" && statement.name === "Meta");
  if (meta?.kind !== "ClassDef") return undefined;
  return meta.body.find(
    (statement): statement is Assign =>
      statement.kind === "Assign" && statement.targets.some((it) => it.kind === "Name" && it.id === name),
  );
}

/** The option that opens all fields of a model: `fields = "__all__"`, or `exclude` without a list of fields. */
export function openFields(
  cls: ClassDef,
): { readonly option: Assign; readonly excludes: boolean } | undefined {
  const fields = metaOption(cls, "fields");
  if (fields !== undefined) {
    return literalString(fields.value) === "__all__" ? { option: fields, excludes: false } : undefined;
  }
  const exclude = metaOption(cls, "exclude");
  return exclude === undefined ? undefined : { option: exclude, excludes: true };
}

/** Replaces an open option by the list of the model's fields, where the model stands in this module. */
export function listFields(
  edits: SourceEdits,
  cls: ClassDef,
  option: Assign,
  model: SemanticModel,
): string | null {
  const reference = metaOption(cls, "model")?.value;
  const definition = reference && model.definitionOf(reference);
  if (definition?.kind !== "ClassDef") return null;
  const excluded = new Set(textsOf(option.value));
  const names = modelFields(definition).filter((name) => !excluded.has(name));
  if (names.length === 0) return null;
  const { start } = spanOf(option);
  edits.replace(
    { start, end: spanOf(option).end },
    `fields = [${names.map((name) => `"${name}"`).join(", ")}]`,
  );
  return "List the model's current fields";
}

/** Names of the fields that a model declares itself: `name = models.CharField(…)`. */
function modelFields(cls: ClassDef): readonly string[] {
  return cls.body.flatMap((statement) => {
    if (statement.kind !== "Assign" || statement.value.kind !== "Call") return [];
    const { func } = statement.value;
    const type = func.kind === "Attribute" ? func.attr : func.kind === "Name" ? func.id : "";
    const [target] = statement.targets;
    return /(?:Field|ForeignKey)$/.test(type) && target?.kind === "Name" ? [target.id] : [];
  });
}

function textsOf(node: Expr): readonly string[] {
  if (node.kind !== "List" && node.kind !== "Tuple" && node.kind !== "Set") return [];
  return node.elts.flatMap((element) => literalString(element) ?? []);
}

/** True for code that only staff reach: by the file's or the class's name. */
export function isForAdmin(path: string, className: string): boolean {
  return (
    /(?:^|\/)(?:admin|wagtail_hooks)(?:\.py$|\/)|_admin\.py$/.test(path) ||
    /admin|internal|backoffice/i.test(className)
  );
}
