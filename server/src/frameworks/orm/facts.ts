/** The ORM view as facts of the project: all models, and the functions that make or read their rows. */

import { defineProjectFact, type ProjectFileInfo } from "../../semantic/project.ts";
import { type CodePart, collectCode, createCode, type OrmCode } from "./code.ts";
import { collectModels } from "./collect.ts";
import { createSchema } from "./schema.ts";
import type { OrmPart, OrmSchema } from "./types.ts";

/** Words without which a file says nothing of models. */
const MODEL_WORDS = [
  "models",
  "Column",
  "mapped_column",
  "relationship",
  "SQLModel",
  "Mapped",
  "DeclarativeBase",
  "declarative_base",
];
/** A function that reads rows need not name a library: any that takes them may. */
const CODE_WORDS = ["def ", "class "];

/** Models of the past and of tests are no models of the project. */
function counts(file: ProjectFileInfo): boolean {
  return (
    !file.classes.has("migration") &&
    !file.classes.has("test") &&
    !/(?:^|\/)(?:alembic|migrations)\//.test(file.relativePath)
  );
}

export const ORM_SCHEMA = defineProjectFact<OrmPart, OrmSchema>({
  id: "orm.schema",
  words: MODEL_WORDS,
  collect: (model, file) => (counts(file) ? collectModels(model) : null),
  merge: (parts, { complete }) => createSchema(parts, complete),
});

export const ORM_CODE = defineProjectFact<CodePart, OrmCode>({
  id: "orm.code",
  words: CODE_WORDS,
  collect: (model, file) => (counts(file) ? collectCode(model) : null),
  merge: (parts) => createCode(parts.map(({ part }) => part)),
});
