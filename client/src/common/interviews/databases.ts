/** The interview about databases. */

import type { Localizer } from "../tree/node.ts";
import type { Interview, Option, Question } from "./interview.ts";

export function databases(l10n: Localizer): Interview {
  return {
    title: l10n.t("Database"),
    guide: "databases#choosing-a-store",
    questions: [shape(l10n), load(l10n), upkeep(l10n)],
    options: options(l10n),
  };
}

function options(l10n: Localizer): readonly Option[] {
  return [
    {
      id: "postgresql",
      name: "PostgreSQL",
      strength: l10n.t(
        "Relations, constraints, transactions, JSON and search in one server that grows with you.",
      ),
      cost: l10n.t("A server to run, to back up and to give pooled connections to."),
      guide: "databases#choosing-a-store",
    },
    {
      id: "sqlite",
      name: "SQLite",
      strength: l10n.t("A file and no server: tools, tests, prototypes, and small sites on one machine."),
      cost: l10n.t("One writer at a time and one machine; types are checked only in strict tables."),
      guide: "databases#choosing-a-store",
    },
    {
      id: "mysql",
      name: "MySQL",
      strength: l10n.t("A relational server that many hosts and teams already run well."),
      cost: l10n.t("Changes of schema are not part of a transaction, and some checks came late."),
      guide: "databases#choosing-a-store",
    },
    {
      id: "mongodb",
      name: "MongoDB",
      strength: l10n.t("Documents that are read and written whole, and whose shape varies."),
      cost: l10n.t("Relations, constraints and reports across documents become your code."),
      guide: "databases#mongodb",
    },
    {
      id: "duckdb",
      name: "DuckDB",
      strength: l10n.t("Analysis of files and tables on one machine, in SQL, without a server."),
      cost: l10n.t("Made for analysis: not for many small writes, nor for many processes that write."),
      guide: "data#sql-for-analysis",
    },
  ];
}

function shape(l10n: Localizer): Question {
  return {
    text: l10n.t("What is stored?"),
    answers: [
      {
        label: l10n.t("Things that belong together: customers, orders, payments"),
        because: l10n.t("What belongs together needs foreign keys, constraints and transactions."),
        weights: { postgresql: 3, mysql: 2, sqlite: 1, mongodb: -2 },
      },
      {
        label: l10n.t("Documents of varying shape, read as a whole"),
        because: l10n.t("Documents of varying shape fit JSON columns of PostgreSQL, or a document store."),
        weights: { mongodb: 3, postgresql: 2 },
      },
      {
        label: l10n.t("Large tables that are analysed, rarely changed"),
        because: l10n.t("Analysis reads few columns of many rows, which columnar engines do best."),
        weights: { duckdb: 3, postgresql: 1 },
      },
      {
        label: l10n.t("The state of a tool or of one device"),
        because: l10n.t("The state of one program needs no server."),
        weights: { sqlite: 3, postgresql: -1, mysql: -1, mongodb: -1 },
      },
    ],
  };
}

function load(l10n: Localizer): Question {
  return {
    text: l10n.t("Who writes at the same time?"),
    answers: [
      {
        label: l10n.t("Several processes or machines"),
        because: l10n.t("Several writers need a server that keeps them apart."),
        weights: { postgresql: 2, mysql: 2, mongodb: 1, sqlite: -3, duckdb: -3 },
      },
      {
        label: l10n.t("One process on one machine"),
        because: l10n.t("One writer can do with a file."),
        weights: { sqlite: 2, duckdb: 1 },
      },
    ],
  };
}

function upkeep(l10n: Localizer): Question {
  return {
    text: l10n.t("What does your team or host run already?"),
    answers: [
      {
        label: l10n.t("MySQL or MariaDB"),
        because: l10n.t("A server that somebody already backs up and watches is worth much."),
        weights: { mysql: 3 },
      },
      {
        label: l10n.t("MongoDB"),
        because: l10n.t("A server that somebody already backs up and watches is worth much."),
        weights: { mongodb: 2 },
      },
      {
        label: l10n.t("PostgreSQL, or nothing yet"),
        because: l10n.t("Every cloud offers PostgreSQL as a service, and every Python library knows it."),
        weights: { postgresql: 2 },
      },
      {
        label: l10n.t("No server is wanted"),
        because: l10n.t("Without a server there is nothing to run, and nothing to share between machines."),
        weights: { sqlite: 2, duckdb: 1, postgresql: -2, mysql: -2, mongodb: -2 },
      },
    ],
  };
}
