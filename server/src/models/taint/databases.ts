/** Taint in database drivers and SQLAlchemy: where SQL text is read. */

import { clears, members, sinks } from "./entries.ts";
import { ALL_RISKS, riskSet, type SinkModel, type TaintModel } from "./types.ts";

/** Cursors and connections of the DB-API drivers, with the methods that read SQL text. */
const DRIVERS: Readonly<Record<string, readonly string[]>> = {
  "psycopg.Cursor": ["execute", "executemany", "stream"],
  "psycopg.AsyncCursor": ["execute", "executemany", "stream"],
  "psycopg.Connection": ["execute"],
  "psycopg.AsyncConnection": ["execute"],
  "psycopg2.extensions.cursor": ["execute", "executemany", "mogrify", "copy_expert"],
  "pymysql.cursors.Cursor": ["execute", "executemany", "mogrify"],
  "MySQLdb.cursors.Cursor": ["execute", "executemany"],
  "mysql.connector.cursor.MySQLCursor": ["execute", "executemany"],
  "oracledb.Cursor": ["execute", "executemany"],
  "pyodbc.Cursor": ["execute", "executemany"],
  "aiosqlite.Connection": ["execute", "executemany", "executescript"],
  "aiosqlite.Cursor": ["execute", "executemany", "executescript"],
  "asyncpg.Connection": ["execute", "executemany", "fetch", "fetchrow", "fetchval", "prepare", "cursor"],
  "asyncpg.connection.Connection": [
    "execute",
    "executemany",
    "fetch",
    "fetchrow",
    "fetchval",
    "prepare",
    "cursor",
  ],
  "asyncpg.Pool": ["execute", "executemany", "fetch", "fetchrow", "fetchval"],
  "snowflake.connector.cursor.SnowflakeCursor": ["execute", "executemany"],
  "duckdb.DuckDBPyConnection": ["execute", "sql", "query"],
  "sqlalchemy.engine.Connection": ["execute", "exec_driver_sql"],
  "sqlalchemy.Connection": ["execute", "exec_driver_sql"],
  "sqlalchemy.orm.Session": ["execute", "scalars", "scalar"],
  "sqlalchemy.ext.asyncio.AsyncSession": ["execute", "scalars", "scalar"],
};

const driverSinks = Object.entries(DRIVERS).flatMap(([cls, methods]) =>
  methods.map(
    (method): SinkModel => ({
      name: `${cls}.${method}`,
      risk: "sql",
      args: [{ at: 0 }],
      label: `the SQL text of \`${method}\``,
    }),
  ),
);

const text = (name: string, at = 0): SinkModel => ({ name, risk: "sql", args: [{ at }] });

const LOOKUPS = ["sqlalchemy.orm.Session", "sqlalchemy.ext.asyncio.AsyncSession", "sqlmodel.Session"].flatMap(
  (cls) => ["get", "query", "execute", "exec", "scalars", "scalar"].map((method) => `${cls}.${method}`),
);

export const databases: TaintModel = {
  library: "databases",
  sinks: [
    ...driverSinks,
    text("sqlalchemy.text"),
    text("sqlalchemy.sql.text"),
    text("sqlalchemy.sql.expression.text"),
    text("sqlalchemy.literal_column"),
    text("sqlalchemy.DDL"),
    text("alembic.op.execute"),
    text("pandas.read_sql"),
    text("pandas.read_sql_query"),
    text("polars.read_database"),
    ...sinks(
      "mass-assignment",
      "sqlalchemy.orm.DeclarativeBase flask_sqlalchemy.SQLAlchemy.Model",
      [{ mapping: true }],
      {
        part: "keys",
        label: "the constructor of a model",
      },
    ),
    ...sinks(
      "mass-assignment",
      "sqlalchemy.Insert.values sqlalchemy.Update.values",
      [{ at: 0 }, { mapping: true }],
      {
        part: "keys",
      },
    ),
  ],
  sanitizers: [
    ...clears(
      ALL_RISKS,
      members(
        "sqlalchemy.orm.Query",
        "filter filter_by get get_or_404 first first_or_404 one one_or_none all",
      ),
    ),
    // What is found in the database is not what it was looked up by.
    ...LOOKUPS.map((name) => ({ name, clears: ALL_RISKS })),
    // What has been made a statement is reported where it was made.
    ...clears(
      riskSet("sql"),
      "sqlalchemy.text sqlalchemy.sql.expression.text sqlalchemy.literal_column sqlalchemy.DDL",
    ),
    { name: "psycopg.sql.Identifier", clears: riskSet("sql") },
    { name: "psycopg.sql.Literal", clears: riskSet("sql") },
    { name: "psycopg2.sql.Identifier", clears: riskSet("sql") },
    { name: "psycopg2.sql.Literal", clears: riskSet("sql") },
  ],
};
