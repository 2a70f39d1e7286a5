/** What we know of the smaller database drivers, and of clients of directories, documents and spreadsheets. */

import { type ClassModel, each, type LibraryModel } from "../types.ts";

/** A DB-API cursor: what it fetches is not known. */
const CURSOR: ClassModel = {
  methods: { ...each("execute executemany executescript callproc close fetchone fetchall fetchmany", "?") },
  enter: "Self",
  iterates: "?",
};

function connection(cursor: string): ClassModel {
  return {
    methods: { cursor, execute: cursor, ...each("commit rollback close", "None") },
    enter: "Self",
  };
}

export const DRIVERS: LibraryModel = {
  packages: ["aiosqlite", "pyodbc", "duckdb", "oracledb", "mysql", "neo4j", "cassandra", "snowflake"],
  functions: {
    "aiosqlite.connect": "aiosqlite.Connection",
    "pyodbc.connect": "pyodbc.Connection",
    "duckdb.connect": "duckdb.DuckDBPyConnection",
    "oracledb.connect": "oracledb.Connection",
    "mysql.connector.connect": "mysql.connector.MySQLConnection",
    "snowflake.connector.connect": "snowflake.connector.SnowflakeConnection",
    "neo4j.GraphDatabase.driver": "neo4j.Driver",
  },
  classes: {
    "aiosqlite.Connection": {
      methods: {
        ...each("execute executemany executescript cursor", "aiosqlite.Result"),
        commit: "async None",
      },
      asyncEnter: "Self",
      awaits: "Self",
    },
    "aiosqlite.Result": { asyncEnter: "aiosqlite.Cursor", awaits: "aiosqlite.Cursor" },
    "aiosqlite.Cursor": {
      methods: each("execute executemany executescript fetchone fetchall", "?"),
      asyncEnter: "Self",
    },
    "pyodbc.Connection": connection("pyodbc.Cursor"),
    "pyodbc.Cursor": CURSOR,
    "duckdb.DuckDBPyConnection": { methods: each("execute sql query fetchall fetchone", "?"), enter: "Self" },
    "oracledb.Connection": connection("oracledb.Cursor"),
    "oracledb.Cursor": CURSOR,
    "mysql.connector.MySQLConnection": connection("mysql.connector.cursor.MySQLCursor"),
    "mysql.connector.cursor.MySQLCursor": CURSOR,
    "snowflake.connector.SnowflakeConnection": connection("snowflake.connector.cursor.SnowflakeCursor"),
    "snowflake.connector.cursor.SnowflakeCursor": CURSOR,
    "neo4j.Driver": { methods: { session: "neo4j.Session", execute_query: "?" }, enter: "Self" },
    "neo4j.Session": { methods: { run: "?", begin_transaction: "neo4j.Transaction" }, enter: "Self" },
    "neo4j.Transaction": { methods: { run: "?" }, enter: "Self" },
    "cassandra.cluster.Cluster": { methods: { connect: "cassandra.cluster.Session" } },
    "cassandra.cluster.Session": { methods: each("execute execute_async prepare", "?") },
  },
};

const ELEMENT_METHODS = {
  ...each("find", "lxml.etree._Element"),
  ...each("findall iterfind", "list[lxml.etree._Element]"),
  findtext: "str",
  xpath: "?",
};

export const MARKUP: LibraryModel = {
  packages: ["lxml"],
  functions: {
    ...each("lxml.etree.parse", "lxml.etree._ElementTree"),
    ...each(
      "lxml.etree.fromstring lxml.etree.XML lxml.etree.Element lxml.etree.SubElement",
      "lxml.etree._Element",
    ),
    ...each("lxml.html.fromstring lxml.html.document_fromstring", "lxml.etree._Element"),
    "lxml.html.parse": "lxml.etree._ElementTree",
  },
  classes: {
    "lxml.etree._ElementTree": { methods: { ...ELEMENT_METHODS, getroot: "lxml.etree._Element" } },
    "lxml.etree._Element": { methods: { ...ELEMENT_METHODS, get: "str" }, iterates: "lxml.etree._Element" },
  },
};

export const DIRECTORIES: LibraryModel = {
  packages: ["ldap"],
  functions: { ...each("ldap.initialize ldap.open", "ldap.ldapobject.LDAPObject") },
  classes: {
    "ldap.ldapobject.LDAPObject": {
      methods: each(
        "search search_s search_st search_ext search_ext_s simple_bind simple_bind_s bind_s modify_s add_s delete_s unbind_s",
        "?",
      ),
    },
  },
};

export const SPREADSHEETS: LibraryModel = {
  packages: ["openpyxl", "xlsxwriter"],
  functions: { "openpyxl.load_workbook": "openpyxl.Workbook" },
  classes: {
    "openpyxl.Workbook": {
      attributes: { active: "openpyxl.worksheet.worksheet.Worksheet" },
      methods: { create_sheet: "openpyxl.worksheet.worksheet.Worksheet", save: "None" },
    },
    "openpyxl.worksheet.worksheet.Worksheet": { methods: { append: "None", cell: "?" } },
    "xlsxwriter.Workbook": {
      methods: { add_worksheet: "xlsxwriter.worksheet.Worksheet", close: "None" },
      enter: "Self",
    },
    "xlsxwriter.worksheet.Worksheet": { methods: each("write write_row write_column", "int") },
  },
  aliases: {
    "openpyxl.workbook.Workbook": "openpyxl.Workbook",
    "xlsxwriter.workbook.Workbook": "xlsxwriter.Workbook",
  },
};

/** Clients of language models, and servers of tools for them: their classes, so that instances are known. */
export const LANGUAGE_MODELS: LibraryModel = {
  packages: ["openai", "anthropic", "mcp", "fastmcp", "pydantic_ai"],
  classes: {
    ...each("openai.OpenAI openai.AsyncOpenAI openai.AzureOpenAI openai.AsyncAzureOpenAI", {}),
    ...each("anthropic.Anthropic anthropic.AsyncAnthropic", {}),
    ...each("mcp.server.fastmcp.FastMCP fastmcp.FastMCP", {
      methods: each("tool resource prompt", { decorator: "same" }),
    }),
    "pydantic_ai.Agent": { methods: each("tool tool_plain", { decorator: "same" }) },
  },
};
