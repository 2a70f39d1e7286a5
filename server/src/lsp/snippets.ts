/** How snippets are shown. */

import type { SnippetModel } from "../models/snippets.ts";

const NAMES: Readonly<Record<string, string>> = {
  python: "Python",
  django: "Django",
  djangorestframework: "Django REST framework",
  fastapi: "FastAPI",
  flask: "Flask",
  pydantic: "Pydantic",
  sqlalchemy: "SQLAlchemy",
  celery: "Celery",
};

/** `FastAPI 0.115+, SQLAlchemy 2.0+`; "" where nothing is needed. */
export function needsText({ needs }: SnippetModel): string {
  return needs
    .map(({ distribution, minimum }) => `${NAMES[distribution] ?? distribution}${minimum && ` ${minimum}+`}`)
    .join(", ");
}
