/** What we know of SQLAlchemy and SQLModel. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const SELECT_METHODS: Readonly<Record<string, FunctionEntry>> = each(
  `where filter filter_by having order_by group_by limit offset distinct join outerjoin join_from select_from options
  with_for_update execution_options with_hint prefix_with suffix_with correlate union union_all intersect except_
  params add_columns with_only_columns returning values from_select on_conflict_do_nothing on_conflict_do_update
  ordered_values`,
  "Self",
);

const RESULT: ClassModel = {
  methods: {
    ...each("all fetchall fetchmany", "list[$0]"),
    ...each("first one one_or_none fetchone", "$0"),
    ...each("scalar scalar_one scalar_one_or_none", "?"),
    scalars: "sqlalchemy.ScalarResult",
    ...each("mappings", "sqlalchemy.MappingResult"),
    ...each("unique yield_per columns", "Self"),
    partitions: "collections.abc.Iterator[list[$0]]",
    keys: "?",
    ...each("close", "None"),
  },
  attributes: { ...each("rowcount", "int"), ...each("lastrowid inserted_primary_key", "?") },
  iterates: "$0",
};

const SCALARS: ClassModel = {
  methods: {
    ...each("all fetchall fetchmany", "list[$0]"),
    ...each("first one one_or_none", "$0"),
    ...each("unique yield_per", "Self"),
    ...each("close", "None"),
  },
  iterates: "$0",
};

/** Methods of a session; `run` is "async " on the asynchronous one. */
function session(run: "" | "async "): ClassModel {
  return {
    methods: {
      execute: `${run}sqlalchemy.Result`,
      scalars: `${run}sqlalchemy.ScalarResult`,
      scalar: `${run}?`,
      ...each("get get_one", `${run}@0()`),
      merge: `${run}@0`,
      ...each("commit rollback flush close refresh delete reset", run === "" ? "None" : "async None"),
      ...each("add add_all expunge expunge_all expire expire_all", "None"),
      ...(run === ""
        ? {
            query: "sqlalchemy.orm.Query[@0()]",
            connection: "sqlalchemy.Connection",
            ...each("bulk_save_objects bulk_insert_mappings bulk_update_mappings", "None"),
            ...each("begin begin_nested", "sqlalchemy.orm.SessionTransaction"),
          }
        : {
            connection: "async sqlalchemy.ext.asyncio.AsyncConnection",
            stream: "async ?",
            run_sync: "async ?",
            ...each("begin begin_nested", "sqlalchemy.ext.asyncio.AsyncSessionTransaction"),
          }),
      ...each("in_transaction is_modified __contains__", "bool"),
    },
    attributes: { ...each("new dirty deleted no_autoflush bind info", "?"), is_active: "bool" },
    ...(run === "" ? { enter: "Self" } : { asyncEnter: "Self" }),
  };
}

const QUERY: ClassModel = {
  methods: {
    ...each(
      `filter filter_by order_by group_by having limit offset distinct join outerjoin options with_for_update
      execution_options select_from populate_existing enable_eagerloads yield_per union union_all params with_hint
      prefix_with slice autoflush correlate reset_joinpoint`,
      "Self",
    ),
    ...each("all", "list[$0]"),
    ...each("first one one_or_none get", "$0"),
    ...each("count delete update", "int"),
    ...each("scalar", "?"),
    ...each("subquery exists cte as_scalar with_entities from_statement add_columns", "?"),
  },
  iterates: "$0",
};

const CONNECTION: ClassModel = {
  methods: {
    ...each("execute exec_driver_sql", "sqlalchemy.CursorResult"),
    scalars: "sqlalchemy.ScalarResult",
    scalar: "?",
    ...each("close commit rollback invalidate detach", "None"),
    ...each("begin begin_nested", "sqlalchemy.Transaction"),
    execution_options: "Self",
    in_transaction: "bool",
  },
  attributes: { closed: "bool", dialect: "?", engine: "sqlalchemy.Engine" },
  enter: "Self",
};

const ENGINE: ClassModel = {
  methods: {
    connect: "sqlalchemy.Connection",
    begin: "contextlib.AbstractContextManager[sqlalchemy.Connection]",
    raw_connection: "?",
    dispose: "None",
    // Removed in 2.0.
    execute: "sqlalchemy.CursorResult",
    execution_options: "Self",
  },
  attributes: { url: "sqlalchemy.URL", ...each("dialect pool", "?"), ...each("name driver", "str") },
};

const ERRORS: Readonly<Record<string, string>> = {
  SQLAlchemyError: "Exception",
  ArgumentError: "sqlalchemy.exc.SQLAlchemyError",
  InvalidRequestError: "sqlalchemy.exc.SQLAlchemyError",
  NoResultFound: "sqlalchemy.exc.InvalidRequestError",
  MultipleResultsFound: "sqlalchemy.exc.InvalidRequestError",
  TimeoutError: "sqlalchemy.exc.SQLAlchemyError",
  CompileError: "sqlalchemy.exc.SQLAlchemyError",
  StatementError: "sqlalchemy.exc.SQLAlchemyError",
  DBAPIError: "sqlalchemy.exc.StatementError",
  InterfaceError: "sqlalchemy.exc.DBAPIError",
  DatabaseError: "sqlalchemy.exc.DBAPIError",
  DataError: "sqlalchemy.exc.DatabaseError",
  IntegrityError: "sqlalchemy.exc.DatabaseError",
  InternalError: "sqlalchemy.exc.DatabaseError",
  NotSupportedError: "sqlalchemy.exc.DatabaseError",
  OperationalError: "sqlalchemy.exc.DatabaseError",
  ProgrammingError: "sqlalchemy.exc.DatabaseError",
};

const TYPES =
  `BigInteger Boolean Date DateTime Double Enum Float Integer Interval JSON LargeBinary Numeric PickleType
  SmallInteger String Text Time Unicode UnicodeText Uuid`
    .split(/\s+/)
    .map((name) => `sqlalchemy.${name}`)
    .join(" ");

/** What both `Column` and a mapped attribute can do in an expression; on instances it is the value. */
const COLUMN: ClassModel = {
  methods: {
    ...each(
      `in_ not_in is_ is_not like ilike not_like contains startswith endswith between desc asc label any has op
      regexp_match cast distinct __and__ __or__ __invert__`,
      "sqlalchemy.ColumnElement",
    ),
  },
};

export const SQLALCHEMY: LibraryModel = {
  packages: ["sqlalchemy"],
  functions: {
    "sqlalchemy.create_engine": "sqlalchemy.Engine",
    "sqlalchemy.engine_from_config": "sqlalchemy.Engine",
    "sqlalchemy.text": "sqlalchemy.TextClause",
    "sqlalchemy.select": "sqlalchemy.Select[@0()]",
    "sqlalchemy.insert": "sqlalchemy.Insert",
    "sqlalchemy.update": "sqlalchemy.Update",
    "sqlalchemy.delete": "sqlalchemy.Delete",
    ...each(
      "sqlalchemy.and_ sqlalchemy.or_ sqlalchemy.not_ sqlalchemy.literal_column sqlalchemy.column sqlalchemy.literal sqlalchemy.bindparam sqlalchemy.case sqlalchemy.cast sqlalchemy.desc sqlalchemy.asc sqlalchemy.null sqlalchemy.distinct",
      "sqlalchemy.ColumnElement",
    ),
    "sqlalchemy.inspect": "?",
    "sqlalchemy.make_url": "sqlalchemy.URL",
    "sqlalchemy.event.listens_for": { decorator: "same" },
    "sqlalchemy.event.listen": "None",
    "sqlalchemy.orm.declarative_base": "type[sqlalchemy.orm.DeclarativeBase]",
    ...each(
      "sqlalchemy.orm.relationship sqlalchemy.orm.backref sqlalchemy.orm.column_property sqlalchemy.orm.synonym",
      "?",
    ),
    "sqlalchemy.orm.mapped_column": "?",
    ...each(
      "sqlalchemy.orm.joinedload sqlalchemy.orm.selectinload sqlalchemy.orm.subqueryload sqlalchemy.orm.contains_eager sqlalchemy.orm.lazyload sqlalchemy.orm.raiseload sqlalchemy.orm.load_only sqlalchemy.orm.defer sqlalchemy.orm.undefer sqlalchemy.orm.noload",
      "sqlalchemy.orm.Load",
    ),
    "sqlalchemy.orm.aliased": "?",
    "sqlalchemy.orm.declared_attr": { decorator: "property" },
    "sqlalchemy.orm.validates": { decorator: "same" },
    "sqlalchemy.ext.hybrid.hybrid_property": { decorator: "property" },
    "sqlalchemy.ext.hybrid.hybrid_method": { decorator: "same" },
    ...each(
      "sqlalchemy.ext.asyncio.create_async_engine sqlalchemy.ext.asyncio.async_engine_from_config",
      "sqlalchemy.ext.asyncio.AsyncEngine",
    ),
    "sqlalchemy.dialects.postgresql.insert": "sqlalchemy.Insert",
    "sqlalchemy.dialects.sqlite.insert": "sqlalchemy.Insert",
    "sqlalchemy.dialects.mysql.insert": "sqlalchemy.Insert",
  },
  classes: {
    "sqlalchemy.Engine": ENGINE,
    "sqlalchemy.Connection": CONNECTION,
    "sqlalchemy.Transaction": {
      methods: { ...each("commit rollback close", "None") },
      enter: "Self",
      attributes: { is_active: "bool" },
    },
    "sqlalchemy.Result": RESULT,
    "sqlalchemy.CursorResult": { ...RESULT, bases: ["sqlalchemy.Result[$0]"] },
    "sqlalchemy.ScalarResult": SCALARS,
    "sqlalchemy.MappingResult": SCALARS,
    "sqlalchemy.Row": { methods: { _asdict: "dict[str, ?]", __getitem__: "?" } },
    "sqlalchemy.TextClause": {
      methods: { ...each("bindparams", "Self"), columns: "?" },
      attributes: { text: "str" },
    },
    "sqlalchemy.Select": {
      methods: { ...SELECT_METHODS, ...each("subquery cte alias scalar_subquery exists", "?") },
    },
    ...each("sqlalchemy.Insert sqlalchemy.Update sqlalchemy.Delete", { methods: SELECT_METHODS }),
    "sqlalchemy.ColumnElement": COLUMN,
    "sqlalchemy.Column": { ...COLUMN, bases: ["sqlalchemy.ColumnElement"], onInstance: "?" },
    ...each(
      "sqlalchemy.ForeignKey sqlalchemy.Index sqlalchemy.UniqueConstraint sqlalchemy.CheckConstraint sqlalchemy.PrimaryKeyConstraint sqlalchemy.ForeignKeyConstraint sqlalchemy.Identity sqlalchemy.Sequence sqlalchemy.DDL",
      {},
    ),
    ...each(TYPES, {}),
    "sqlalchemy.Table": {
      methods: { ...each("select insert update delete", "?"), ...each("create drop", "None") },
      attributes: { c: "?", columns: "?", name: "str" },
    },
    "sqlalchemy.MetaData": {
      methods: { ...each("create_all drop_all reflect clear", "None") },
      attributes: { tables: "dict[str, sqlalchemy.Table]" },
    },
    "sqlalchemy.URL": {
      attributes: { ...each("drivername username password host database", "str"), port: "int" },
      methods: { ...each("set create", "Self"), render_as_string: "str" },
    },
    "sqlalchemy.orm.Session": session(""),
    "sqlalchemy.orm.scoped_session": {
      ...session(""),
      methods: { ...session("").methods, remove: "None", __call__: "sqlalchemy.orm.Session" },
    },
    "sqlalchemy.orm.sessionmaker": {
      methods: {
        __call__: "sqlalchemy.orm.Session",
        configure: "None",
        begin: "contextlib.AbstractContextManager[sqlalchemy.orm.Session]",
      },
    },
    "sqlalchemy.orm.SessionTransaction": { methods: each("commit rollback close", "None"), enter: "Self" },
    "sqlalchemy.orm.Query": QUERY,
    "sqlalchemy.orm.Load": {
      methods: each(
        "joinedload selectinload subqueryload contains_eager lazyload raiseload load_only defer",
        "Self",
      ),
    },
    "sqlalchemy.orm.DeclarativeBase": {
      attributes: { metadata: "sqlalchemy.MetaData", registry: "?", __table__: "sqlalchemy.Table" },
    },
    ...each("sqlalchemy.orm.DeclarativeBaseNoMeta sqlalchemy.orm.MappedAsDataclass", {}),
    "sqlalchemy.orm.Mapped": { ...COLUMN, onInstance: "$0" },
    "sqlalchemy.orm.WriteOnlyMapped": { onInstance: "?" },
    "sqlalchemy.orm.DynamicMapped": { onInstance: "?" },
    "sqlalchemy.ext.asyncio.AsyncEngine": {
      methods: {
        connect: "sqlalchemy.ext.asyncio.AsyncConnection",
        begin: "contextlib.AbstractAsyncContextManager[sqlalchemy.ext.asyncio.AsyncConnection]",
        dispose: "async None",
      },
      attributes: { sync_engine: "sqlalchemy.Engine", url: "sqlalchemy.URL" },
    },
    "sqlalchemy.ext.asyncio.AsyncConnection": {
      methods: {
        ...each("execute exec_driver_sql", "async sqlalchemy.CursorResult"),
        scalars: "async sqlalchemy.ScalarResult",
        scalar: "async ?",
        ...each("commit rollback close", "async None"),
        run_sync: "async ?",
        stream: "?",
      },
      asyncEnter: "Self",
      awaits: "Self",
    },
    "sqlalchemy.ext.asyncio.AsyncSession": session("async "),
    "sqlalchemy.ext.asyncio.AsyncSessionTransaction": {
      methods: each("commit rollback", "async None"),
      asyncEnter: "Self",
      awaits: "Self",
    },
    "sqlalchemy.ext.asyncio.async_sessionmaker": {
      methods: {
        __call__: "sqlalchemy.ext.asyncio.AsyncSession",
        configure: "None",
        begin: "contextlib.AbstractAsyncContextManager[sqlalchemy.ext.asyncio.AsyncSession]",
      },
    },
    "sqlalchemy.ext.asyncio.AsyncAttrs": {},
    ...Object.fromEntries(
      Object.entries(ERRORS).map(([name, base]) => [`sqlalchemy.exc.${name}`, { bases: [base] }]),
    ),
  },
  aliases: {
    "sqlalchemy.sql.text": "sqlalchemy.text",
    "sqlalchemy.sql.select": "sqlalchemy.select",
    "sqlalchemy.sql.func": "sqlalchemy.func",
    "sqlalchemy.sql.and_": "sqlalchemy.and_",
    "sqlalchemy.sql.or_": "sqlalchemy.or_",
    "sqlalchemy.sql.insert": "sqlalchemy.insert",
    "sqlalchemy.sql.update": "sqlalchemy.update",
    "sqlalchemy.sql.delete": "sqlalchemy.delete",
    "sqlalchemy.sql.literal_column": "sqlalchemy.literal_column",
    "sqlalchemy.sql.expression": "sqlalchemy",
    "sqlalchemy.sql.sqltypes": "sqlalchemy",
    "sqlalchemy.types": "sqlalchemy",
    "sqlalchemy.schema": "sqlalchemy",
    "sqlalchemy.sql.schema": "sqlalchemy",
    "sqlalchemy.engine.create_engine": "sqlalchemy.create_engine",
    "sqlalchemy.engine.Engine": "sqlalchemy.Engine",
    "sqlalchemy.engine.base.Engine": "sqlalchemy.Engine",
    "sqlalchemy.engine.Connection": "sqlalchemy.Connection",
    "sqlalchemy.engine.base.Connection": "sqlalchemy.Connection",
    "sqlalchemy.engine.url.URL": "sqlalchemy.URL",
    "sqlalchemy.engine.URL": "sqlalchemy.URL",
    "sqlalchemy.engine.Result": "sqlalchemy.Result",
    "sqlalchemy.engine.Row": "sqlalchemy.Row",
    "sqlalchemy.orm.session.Session": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.session.sessionmaker": "sqlalchemy.orm.sessionmaker",
    "sqlalchemy.orm.query.Query": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.scoping.scoped_session": "sqlalchemy.orm.scoped_session",
    "sqlalchemy.ext.declarative.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.declared_attr": "sqlalchemy.orm.declared_attr",
    "sqlalchemy.ext.asyncio.session": "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.asyncio.engine": "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm.exc.NoResultFound": "sqlalchemy.exc.NoResultFound",
    "sqlalchemy.orm.exc.MultipleResultsFound": "sqlalchemy.exc.MultipleResultsFound",
  },
  keepsBuiltins: ["sqlalchemy.orm"],
};

export const SQLMODEL: LibraryModel = {
  packages: ["sqlmodel"],
  functions: {
    "sqlmodel.select": "sqlmodel.sql.expression.Select[@0()]",
    ...each("sqlmodel.Field sqlmodel.Relationship sqlmodel.col", "?"),
  },
  classes: {
    "sqlmodel.SQLModel": {
      bases: ["pydantic.BaseModel"],
      attributes: { metadata: "sqlalchemy.MetaData" },
      methods: { sqlmodel_update: "Self" },
    },
    "sqlmodel.Session": {
      bases: ["sqlalchemy.orm.Session"],
      methods: { exec: "sqlalchemy.ScalarResult" },
      enter: "Self",
    },
    "sqlmodel.ext.asyncio.session.AsyncSession": {
      bases: ["sqlalchemy.ext.asyncio.AsyncSession"],
      methods: { exec: "async sqlalchemy.ScalarResult" },
      asyncEnter: "Self",
    },
    "sqlmodel.sql.expression.Select": { bases: ["sqlalchemy.Select[$0]"], methods: SELECT_METHODS },
  },
  aliases: {
    ...Object.fromEntries(
      `create_engine text and_ or_ not_ insert update delete func Column ForeignKey Index UniqueConstraint JSON String
      Integer Text Boolean DateTime Enum Float Numeric desc asc`
        .split(/\s+/)
        .map((name) => [`sqlmodel.${name}`, `sqlalchemy.${name}`]),
    ),
    "sqlmodel.main": "sqlmodel",
    "sqlmodel.orm.session.Session": "sqlmodel.Session",
  },
};
