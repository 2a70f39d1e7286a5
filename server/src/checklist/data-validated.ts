/** Incoming data validated and counted. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { UNATTENDED } from "./_common.ts";

export default defineCheck({
  id: "data-validated",
  title: "Incoming data validated and counted",
  why: "bad rows do not travel",
  section: "data",
  level: "must-have",
  roles: UNATTENDED,
  guide: "data#data-validation",
  actions: [
    { kind: "snippet", prefix: "data-pandera" },
    { kind: "snippet", prefix: "csv-validated-reader" },
  ],
  judge(stack) {
    const reads = stack.calls(
      /^(?:pandas|polars|duckdb)(?:\.\w+)*\.(?:read_\w+|scan_\w+)$|^csv\.(?:reader|DictReader)$|^openpyxl(?:\.\w+)*\.load_workbook$/,
    );
    const [first] = reads;
    if (first === undefined) return notApplicable("No table of data is read.");
    const schema =
      stack.calls(/^(?:pandera|great_expectations)\./)[0] ??
      stack.types().find(({ bases }) => bases.some((base) => /^pandera\./.test(base)));
    const dbt = stack.texts.find(
      ({ path, yaml }) =>
        yaml?.root != null &&
        /(?:schema|models?|sources)\.ya?ml$/.test(path) &&
        JSON.stringify(yaml.root).includes('"tests"'),
    );
    const rows = stack
      .calls(/(?:^|\.)(?:model_validate|parse_obj|TypeAdapter|validate_python)$/)
      .find(({ path }) => reads.some((read) => read.path === path));
    const typed = reads.find(
      ({ keywords }) =>
        keywords.dtype !== undefined || keywords.schema !== undefined || keywords.usecols !== undefined,
    );
    const place = schema ?? rows ?? (dbt && { path: dbt.path, line: 1 });
    if (place !== undefined)
      return weigh([
        found(`Data is read in ${reads.length} places`, first),
        found("Rows are checked against a schema", place),
      ]);
    return typed === undefined
      ? missing("Nothing checks the data that is read.")
      : weigh([found("Columns have types", typed), lacks("Values are not checked", first)]);
  },
});
