/** Knowledge about SQL text: where it is handed over, how it looks, and how each driver writes a placeholder. */

/** Functions and constructors whose first argument is SQL, by qualified name. */
export const SQL_FUNCTIONS: ReadonlySet<string> = new Set([
  "sqlalchemy.text",
  "sqlalchemy.sql.text",
  "sqlalchemy.sql.expression.text",
  "sqlalchemy.DDL",
  "sqlalchemy.schema.DDL",
  "sqlmodel.text",
  "alembic.op.execute",
  "django.db.models.expressions.RawSQL",
  "pandas.read_sql",
  "pandas.read_sql_query",
  "pandas.io.sql.read_sql",
]);

/** Methods that hand SQL to a database, whatever the object is called; the text itself has to be SQL. */
export const SQL_METHODS: ReadonlySet<string> = new Set([
  "execute",
  "executemany",
  "executescript",
  "exec_driver_sql",
  "raw",
  "fetch",
  "fetchrow",
  "fetchval",
]);

/** What a statement begins with. */
export const SQL_START =
  /^[\s(]*(?:select\b[\s\S]*\bfrom\b|insert\s+(?:or\s+\w+\s+)?into\b|replace\s+into\b|update\b[\s\S]*\bset\b|delete\s+from\b|merge\s+into\b|with\b[\s\S]*\bas\s*\(|(?:create|alter|drop|truncate)\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)?(?:table|index|view|database|schema|user|role|function|trigger)\b|grant\b[\s\S]*\bto\b|revoke\b[\s\S]*\bfrom\b|call\s+\w|explain\s)/i;

/** The end of a text after which SQL wants a value; anywhere else stands a name or a piece of syntax. */
export const BEFORE_VALUE =
  /(?:'%?|[=<>]\s*|\b(?:like|ilike|between|limit|offset|values)\s*\(?\s*|\bin\s*\(\s*|\bvalues\s*\([^()]*,\s*|\bin\s*\([^()]*,\s*)$/i;

/** How a driver writes a placeholder: `?`, `%s`, `$1` with the values as further arguments, `:1`, `:name`. */
export type Paramstyle = "?" | "%s" | "$1" | ":1" | "named";

const PARAMSTYLES: Readonly<Record<string, Paramstyle>> = {
  sqlite3: "?",
  aiosqlite: "?",
  pyodbc: "?",
  duckdb: "?",
  psycopg: "%s",
  psycopg2: "%s",
  pymysql: "%s",
  MySQLdb: "%s",
  mysql: "%s",
  django: "%s",
  asyncpg: "$1",
  oracledb: ":1",
};

/** The placeholders of the package that a receiver's class comes from. */
export function paramstyleOf(receiver: string | undefined): Paramstyle | undefined {
  return PARAMSTYLES[receiver?.split(".")[0] ?? ""];
}
