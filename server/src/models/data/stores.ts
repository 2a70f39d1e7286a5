/** What we know of database drivers and stores: PostgreSQL, MySQL, Redis, MongoDB, AWS. */

import { type ClassModel, each, type LibraryModel } from "../types.ts";

const CURSOR_ATTRIBUTES = { ...each("rowcount lastrowid arraysize", "int"), description: "?" };

const PSYCOPG2_CURSOR: ClassModel = {
  methods: {
    ...each("execute executemany callproc close copy_expert copy_from copy_to scroll nextset", "None"),
    mogrify: "bytes",
    fetchone: "?",
    ...each("fetchall fetchmany", "list"),
  },
  attributes: { ...CURSOR_ATTRIBUTES, query: "bytes", connection: "psycopg2.extensions.connection" },
  enter: "Self",
  iterates: "?",
};

/** Transactions of a DB-API connection. */
const CONNECTION_METHODS = each("commit rollback close", "None");

const SQL_COMPOSABLE: ClassModel = { methods: { as_string: "str", ...each("__add__ __mul__", "Self") } };

/** The `sql` module that both versions of psycopg have. */
function sqlModule(module: string): Record<string, ClassModel> {
  return {
    [`${module}.Composable`]: SQL_COMPOSABLE,
    [`${module}.SQL`]: {
      bases: [`${module}.Composable`],
      methods: { ...each("format join", `${module}.Composed`), as_string: "str" },
    },
    [`${module}.Composed`]: {
      bases: [`${module}.Composable`],
      methods: { join: `${module}.Composed`, as_string: "str" },
    },
    ...each(`${module}.Identifier ${module}.Literal ${module}.Placeholder`, {
      bases: [`${module}.Composable`],
    }),
  };
}

/** The exceptions of DB-API 2.0 in a module. */
function dbApiErrors(module: string): Record<string, ClassModel> {
  return {
    [`${module}.Warning`]: { bases: ["Exception"] },
    [`${module}.Error`]: { bases: ["Exception"] },
    [`${module}.InterfaceError`]: { bases: [`${module}.Error`] },
    [`${module}.DatabaseError`]: { bases: [`${module}.Error`] },
    ...Object.fromEntries(
      "DataError IntegrityError InternalError NotSupportedError OperationalError ProgrammingError"
        .split(" ")
        .map((name) => [`${module}.${name}`, { bases: [`${module}.DatabaseError`] }]),
    ),
  };
}

export const POSTGRES: LibraryModel = {
  packages: ["psycopg2", "psycopg", "psycopg_pool", "asyncpg"],
  functions: {
    "psycopg2.connect": { returns: "psycopg2.extensions.connection", unknownWith: ["connection_factory"] },
    ...each("psycopg2.extras.execute_values psycopg2.extras.execute_batch", "?"),
    "psycopg.connect": "psycopg.Connection",
    ...each("asyncpg.connect", "async asyncpg.Connection"),
    "asyncpg.create_pool": "asyncpg.Pool",
  },
  classes: {
    "psycopg2.extensions.connection": {
      methods: {
        ...CONNECTION_METHODS,
        cursor: { returns: "psycopg2.extensions.cursor", unknownWith: ["cursor_factory"] },
        ...each("set_session set_client_encoding set_isolation_level reset cancel", "None"),
      },
      attributes: { autocommit: "bool", closed: "int", status: "int" },
      enter: "Self",
    },
    "psycopg2.extensions.cursor": PSYCOPG2_CURSOR,
    ...each("psycopg2.extras.DictCursor psycopg2.extras.RealDictCursor psycopg2.extras.NamedTupleCursor", {
      bases: ["psycopg2.extensions.cursor"],
    }),
    ...each("psycopg2.pool.SimpleConnectionPool psycopg2.pool.ThreadedConnectionPool", {
      methods: { getconn: "psycopg2.extensions.connection", ...each("putconn closeall", "None") },
    }),
    ...sqlModule("psycopg2.sql"),
    ...dbApiErrors("psycopg2"),
    "psycopg.Connection": {
      methods: {
        ...CONNECTION_METHODS,
        connect: { name: "psycopg.connect", returns: "psycopg.Connection" },
        cursor: { returns: "psycopg.Cursor", unknownWith: ["name"] },
        execute: "psycopg.Cursor",
        transaction: "contextlib.AbstractContextManager",
      },
      attributes: { ...each("autocommit closed", "bool") },
      enter: "Self",
    },
    "psycopg.Cursor": {
      methods: {
        execute: "Self",
        ...each("executemany close", "None"),
        fetchone: "?",
        ...each("fetchall fetchmany", "list"),
        stream: "collections.abc.Iterator",
      },
      attributes: CURSOR_ATTRIBUTES,
      enter: "Self",
      iterates: "?",
    },
    "psycopg.AsyncConnection": {
      methods: {
        connect: "async psycopg.AsyncConnection",
        cursor: { returns: "psycopg.AsyncCursor", unknownWith: ["name"] },
        execute: "async psycopg.AsyncCursor",
        ...each("commit rollback close", "async None"),
        transaction: "contextlib.AbstractAsyncContextManager",
      },
      asyncEnter: "Self",
    },
    "psycopg.AsyncCursor": {
      methods: {
        execute: "async Self",
        ...each("executemany close", "async None"),
        fetchone: "async ?",
        ...each("fetchall fetchmany", "async list"),
      },
      attributes: CURSOR_ATTRIBUTES,
      asyncEnter: "Self",
      asyncIterates: "?",
    },
    "psycopg_pool.ConnectionPool": {
      methods: {
        connection: "contextlib.AbstractContextManager[psycopg.Connection]",
        getconn: "psycopg.Connection",
        ...each("putconn open close wait", "None"),
      },
      enter: "Self",
    },
    "psycopg_pool.AsyncConnectionPool": {
      methods: {
        connection: "contextlib.AbstractAsyncContextManager[psycopg.AsyncConnection]",
        getconn: "async psycopg.AsyncConnection",
        ...each("putconn open close wait", "async None"),
      },
      asyncEnter: "Self",
    },
    ...sqlModule("psycopg.sql"),
    ...dbApiErrors("psycopg"),
    "asyncpg.Connection": {
      methods: {
        execute: "async str",
        ...each("executemany close", "async None"),
        fetch: "async list[asyncpg.Record]",
        fetchrow: "async asyncpg.Record",
        fetchval: "async ?",
        prepare: "async ?",
        transaction: "asyncpg.transaction.Transaction",
        cursor: "?",
        is_closed: "bool",
      },
    },
    "asyncpg.Pool": {
      methods: {
        execute: "async str",
        ...each("executemany close", "async None"),
        fetch: "async list[asyncpg.Record]",
        fetchrow: "async asyncpg.Record",
        fetchval: "async ?",
        acquire: "asyncpg.pool.PoolAcquireContext",
        release: "async None",
      },
      asyncEnter: "Self",
      awaits: "Self",
    },
    "asyncpg.pool.PoolAcquireContext": { asyncEnter: "asyncpg.Connection", awaits: "asyncpg.Connection" },
    "asyncpg.transaction.Transaction": {
      methods: each("start commit rollback", "async None"),
      asyncEnter: "?",
    },
    "asyncpg.Record": { methods: { ...each("get __getitem__", "?"), keys: "?", values: "?", items: "?" } },
  },
  aliases: {
    "psycopg2.extras.connection": "psycopg2.extensions.connection",
    "asyncpg.connection.Connection": "asyncpg.Connection",
    "asyncpg.connection.connect": "asyncpg.connect",
    "asyncpg.pool.Pool": "asyncpg.Pool",
    "asyncpg.pool.create_pool": "asyncpg.create_pool",
  },
};

const PYMYSQL_CURSOR: ClassModel = {
  methods: {
    ...each("execute executemany", "int"),
    ...each("close callproc", "?"),
    mogrify: "str",
    fetchone: "?",
    ...each("fetchall fetchmany", "?"),
  },
  attributes: CURSOR_ATTRIBUTES,
  enter: "Self",
  iterates: "?",
};

export const MYSQL: LibraryModel = {
  packages: ["pymysql", "MySQLdb"],
  functions: {
    "pymysql.connect": "pymysql.connections.Connection",
    "MySQLdb.connect": "MySQLdb.connections.Connection",
  },
  classes: {
    "pymysql.connections.Connection": {
      methods: {
        ...CONNECTION_METHODS,
        cursor: "pymysql.cursors.Cursor",
        ...each("ping begin select_db autocommit", "None"),
        ...each("escape escape_string literal", "str"),
      },
      attributes: { open: "bool" },
      enter: "Self",
    },
    "pymysql.cursors.Cursor": PYMYSQL_CURSOR,
    ...each("pymysql.cursors.DictCursor pymysql.cursors.SSCursor pymysql.cursors.SSDictCursor", {
      bases: ["pymysql.cursors.Cursor"],
    }),
    ...dbApiErrors("pymysql"),
    "MySQLdb.connections.Connection": {
      methods: { ...CONNECTION_METHODS, cursor: "MySQLdb.cursors.Cursor" },
    },
    "MySQLdb.cursors.Cursor": PYMYSQL_CURSOR,
    ...dbApiErrors("MySQLdb"),
  },
  aliases: {
    "pymysql.Connection": "pymysql.connections.Connection",
    "pymysql.Connect": "pymysql.connect",
    "pymysql.err": "pymysql",
    "MySQLdb.Connection": "MySQLdb.connections.Connection",
    "MySQLdb.Connect": "MySQLdb.connect",
  },
};

const REDIS_COMMANDS = `get set setex setnx mget mset getset getdel incr incrby decr decrby delete exists expire expireat
  pexpire persist ttl pttl keys scan scan_iter hget hset hmset hgetall hmget hdel hexists hincrby hkeys hvals lpush rpush lpop rpop
  blpop brpop lrange llen lrem ltrim sadd srem smembers sismember scard zadd zrem zrange zrangebyscore zscore
  publish eval evalsha register_script flushdb flushall ping info append strlen type rename xadd xread xack
  xreadgroup lock execute_command`;

export const REDIS: LibraryModel = {
  packages: ["redis"],
  functions: {
    "redis.from_url": "redis.Redis",
    "redis.asyncio.from_url": "redis.asyncio.Redis",
  },
  classes: {
    "redis.Redis": {
      methods: {
        ...each(REDIS_COMMANDS, "?"),
        from_url: "Self",
        pipeline: "redis.client.Pipeline",
        pubsub: "redis.client.PubSub",
        lock: "redis.lock.Lock",
        close: "None",
      },
      enter: "Self",
    },
    "redis.client.Pipeline": {
      bases: ["redis.Redis"],
      methods: { execute: "list", ...each("watch multi unwatch reset", "?") },
      enter: "Self",
    },
    "redis.client.PubSub": {
      methods: {
        ...each("subscribe psubscribe unsubscribe get_message", "?"),
        listen: "collections.abc.Iterator",
      },
    },
    "redis.lock.Lock": {
      methods: { ...each("acquire locked owned extend", "bool"), release: "None" },
      enter: "Self",
    },
    "redis.asyncio.Redis": {
      methods: {
        // A coroutine or another awaitable, command by command.
        ...each(REDIS_COMMANDS, "collections.abc.Awaitable"),
        from_url: "Self",
        pipeline: "?",
        pubsub: "?",
        scan_iter: "collections.abc.AsyncIterator",
        register_script: "?",
        lock: "?",
        ...each("aclose close", "async None"),
      },
      asyncEnter: "Self",
    },
    ...each("redis.ConnectionPool redis.BlockingConnectionPool redis.sentinel.Sentinel", {}),
    "redis.RedisError": { bases: ["Exception"] },
    ...each("redis.ConnectionError redis.ResponseError redis.DataError redis.WatchError", {
      bases: ["redis.RedisError"],
    }),
    "redis.TimeoutError": { bases: ["redis.RedisError"] },
  },
  aliases: {
    "redis.StrictRedis": "redis.Redis",
    "redis.client.Redis": "redis.Redis",
    "redis.client.StrictRedis": "redis.Redis",
    "redis.utils.from_url": "redis.from_url",
    "redis.exceptions": "redis",
    "redis.connection": "redis",
    "redis.asyncio.client.Redis": "redis.asyncio.Redis",
    "redis.asyncio.StrictRedis": "redis.asyncio.Redis",
    aioredis: "redis.asyncio",
  },
};

const COLLECTION: ClassModel = {
  methods: {
    ...each("find find_raw_batches", "pymongo.cursor.Cursor"),
    aggregate: "pymongo.command_cursor.CommandCursor",
    ...each("find_one find_one_and_update find_one_and_replace find_one_and_delete", "dict[str, ?]"),
    insert_one: "pymongo.results.InsertOneResult",
    insert_many: "pymongo.results.InsertManyResult",
    ...each("update_one update_many replace_one", "pymongo.results.UpdateResult"),
    ...each("delete_one delete_many", "pymongo.results.DeleteResult"),
    bulk_write: "pymongo.results.BulkWriteResult",
    ...each("count_documents estimated_document_count", "int"),
    distinct: "list",
    create_index: "str",
    create_indexes: "list[str]",
    ...each("drop drop_index drop_indexes", "None"),
    __getitem__: "Self",
  },
  attributes: each("name full_name", "str"),
};

export const MONGO: LibraryModel = {
  packages: ["pymongo", "bson", "motor"],
  classes: {
    "pymongo.MongoClient": {
      methods: {
        ...each("get_database get_default_database __getitem__ __getattr__", "pymongo.database.Database"),
        list_database_names: "list[str]",
        ...each("close drop_database", "None"),
        start_session: "?",
        server_info: "dict[str, ?]",
      },
      enter: "Self",
    },
    "pymongo.database.Database": {
      methods: {
        ...each("get_collection create_collection __getitem__ __getattr__", "pymongo.collection.Collection"),
        list_collection_names: "list[str]",
        command: "dict[str, ?]",
        aggregate: "pymongo.command_cursor.CommandCursor",
      },
      attributes: { name: "str", client: "pymongo.MongoClient" },
    },
    "pymongo.collection.Collection": COLLECTION,
    "pymongo.cursor.Cursor": {
      methods: {
        ...each("sort limit skip batch_size hint where allow_disk_use rewind", "Self"),
        distinct: "list",
        to_list: "list[dict[str, ?]]",
        close: "None",
        explain: "?",
        next: "dict[str, ?]",
      },
      iterates: "dict[str, ?]",
    },
    "pymongo.command_cursor.CommandCursor": {
      iterates: "dict[str, ?]",
      methods: { close: "None", to_list: "list[dict[str, ?]]" },
    },
    "pymongo.results.InsertOneResult": { attributes: { inserted_id: "?", acknowledged: "bool" } },
    "pymongo.results.InsertManyResult": { attributes: { inserted_ids: "list", acknowledged: "bool" } },
    "pymongo.results.UpdateResult": {
      attributes: { ...each("matched_count modified_count", "int"), upserted_id: "?" },
    },
    "pymongo.results.DeleteResult": { attributes: { deleted_count: "int" } },
    "pymongo.results.BulkWriteResult": {
      attributes: each("inserted_count matched_count modified_count deleted_count upserted_count", "int"),
    },
    "pymongo.errors.PyMongoError": { bases: ["Exception"] },
    "pymongo.errors.OperationFailure": { bases: ["pymongo.errors.PyMongoError"] },
    "pymongo.errors.WriteError": { bases: ["pymongo.errors.OperationFailure"] },
    "pymongo.errors.DuplicateKeyError": { bases: ["pymongo.errors.WriteError"] },
    "bson.ObjectId": {
      attributes: { generation_time: "datetime.datetime", binary: "bytes" },
      methods: { is_valid: "bool" },
    },
    "motor.motor_asyncio.AsyncIOMotorClient": {
      methods: {
        ...each(
          "get_database get_default_database __getitem__ __getattr__",
          "motor.motor_asyncio.AsyncIOMotorDatabase",
        ),
        close: "None",
      },
    },
    "motor.motor_asyncio.AsyncIOMotorDatabase": {
      methods: {
        ...each("get_collection __getitem__ __getattr__", "motor.motor_asyncio.AsyncIOMotorCollection"),
        command: "collections.abc.Awaitable[dict[str, ?]]",
      },
    },
    "motor.motor_asyncio.AsyncIOMotorCollection": {
      methods: {
        ...each("find aggregate", "motor.motor_asyncio.AsyncIOMotorCursor"),
        ...each(
          "find_one find_one_and_update find_one_and_replace find_one_and_delete",
          "collections.abc.Awaitable[dict[str, ?]]",
        ),
        insert_one: "collections.abc.Awaitable[pymongo.results.InsertOneResult]",
        insert_many: "collections.abc.Awaitable[pymongo.results.InsertManyResult]",
        ...each(
          "update_one update_many replace_one",
          "collections.abc.Awaitable[pymongo.results.UpdateResult]",
        ),
        ...each("delete_one delete_many", "collections.abc.Awaitable[pymongo.results.DeleteResult]"),
        ...each("count_documents estimated_document_count", "collections.abc.Awaitable[int]"),
      },
    },
    "motor.motor_asyncio.AsyncIOMotorCursor": {
      methods: {
        ...each("sort limit skip batch_size", "Self"),
        to_list: "collections.abc.Awaitable[list[dict[str, ?]]]",
      },
      asyncIterates: "dict[str, ?]",
    },
  },
  aliases: {
    "pymongo.mongo_client.MongoClient": "pymongo.MongoClient",
    "pymongo.synchronous.collection.Collection": "pymongo.collection.Collection",
    "bson.objectid.ObjectId": "bson.ObjectId",
  },
};

/** AWS services with a client class of their own, made at run time under this name. */
const AWS_SERVICES: Readonly<Record<string, string>> = {
  s3: "S3",
  sqs: "SQS",
  sns: "SNS",
  ses: "SES",
  sesv2: "SESV2",
  sts: "STS",
  iam: "IAM",
  ec2: "EC2",
  ecs: "ECS",
  kms: "KMS",
  rds: "RDS",
  ssm: "SSM",
  lambda: "Lambda",
  dynamodb: "DynamoDB",
  cloudwatch: "CloudWatch",
  logs: "CloudWatchLogs",
  secretsmanager: "SecretsManager",
  stepfunctions: "SFN",
  kinesis: "Kinesis",
  firehose: "Firehose",
  athena: "Athena",
  glue: "Glue",
  "bedrock-runtime": "BedrockRuntime",
};

const awsTypes = (module: string, services: readonly string[]) =>
  Object.fromEntries(services.map((service) => [service, `${module}.${AWS_SERVICES[service]}`]));

const CLIENTS = {
  position: 0,
  keyword: "service_name",
  types: awsTypes("botocore.client", Object.keys(AWS_SERVICES)),
};
const RESOURCES = {
  position: 0,
  keyword: "service_name",
  types: {
    s3: "boto3.resources.factory.s3.ServiceResource",
    sqs: "boto3.resources.factory.sqs.ServiceResource",
    sns: "boto3.resources.factory.sns.ServiceResource",
    ec2: "boto3.resources.factory.ec2.ServiceResource",
    iam: "boto3.resources.factory.iam.ServiceResource",
    dynamodb: "boto3.resources.factory.dynamodb.ServiceResource",
  },
};

export const AWS: LibraryModel = {
  packages: ["boto3", "botocore"],
  functions: {
    "boto3.client": { returnsBy: CLIENTS },
    "boto3.resource": { returnsBy: RESOURCES },
    "boto3.setup_default_session": "None",
  },
  classes: {
    "boto3.Session": {
      methods: {
        client: { returnsBy: CLIENTS },
        resource: { returnsBy: RESOURCES },
        get_credentials: "?",
        get_available_services: "list[str]",
      },
      attributes: each("region_name profile_name", "str"),
    },
    "botocore.client.BaseClient": {
      methods: {
        get_paginator: "botocore.paginate.Paginator",
        get_waiter: "?",
        can_paginate: "bool",
        close: "None",
        generate_presigned_url: "str",
      },
    },
    ...each(
      Object.values(AWS_SERVICES)
        .map((name) => `botocore.client.${name}`)
        .join(" "),
      { bases: ["botocore.client.BaseClient"] },
    ),
    ...each(Object.values(RESOURCES.types).join(" "), {}),
    "botocore.paginate.Paginator": { methods: { paginate: "botocore.paginate.PageIterator" } },
    "botocore.paginate.PageIterator": {
      iterates: "dict[str, ?]",
      methods: { search: "collections.abc.Iterator" },
    },
    "botocore.config.Config": {},
    "botocore.exceptions.BotoCoreError": { bases: ["Exception"] },
    "botocore.exceptions.ClientError": {
      bases: ["Exception"],
      attributes: { response: "dict[str, ?]", operation_name: "str" },
    },
    "botocore.exceptions.NoCredentialsError": { bases: ["botocore.exceptions.BotoCoreError"] },
  },
  aliases: { "boto3.session.Session": "boto3.Session", "botocore.client.Config": "botocore.config.Config" },
};
