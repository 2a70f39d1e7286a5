/** Taint in document stores and search engines: filters that become operators, and query text. */

import { clears, members, sinks } from "./entries.ts";
import { ALL_RISKS, riskSet, type TaintModel } from "./types.ts";

const COLLECTIONS =
  "pymongo.collection.Collection motor.motor_asyncio.AsyncIOMotorCollection pymongo.asynchronous.collection.AsyncCollection";
const FILTERS =
  "find find_one find_one_and_update find_one_and_replace find_one_and_delete update_one update_many replace_one delete_one delete_many count_documents find_raw_batches";

export const mongo: TaintModel = {
  library: "pymongo",
  sinks: [
    ...sinks("nosql", members(COLLECTIONS, FILTERS), [0, "filter"], {
      part: "items",
      label: "the filter of a MongoDB query",
    }),
    ...sinks("nosql", members(COLLECTIONS, "aggregate"), [0, "pipeline"], {
      part: "items",
      label: "the pipeline of `aggregate`",
    }),
    ...sinks("nosql", members(COLLECTIONS, "distinct"), [1, "filter"], { part: "items" }),
    ...sinks("mass-assignment", members(COLLECTIONS, "insert_one"), [0, "document"], { part: "keys" }),
  ],
  sanitizers: [...clears(ALL_RISKS, "bson.ObjectId bson.objectid.ObjectId")],
};

export const elasticsearch: TaintModel = {
  library: "elasticsearch",
  sinks: [
    ...sinks(
      "nosql",
      members(
        "elasticsearch.Elasticsearch elasticsearch.AsyncElasticsearch opensearchpy.OpenSearch",
        "search delete_by_query update_by_query count",
      ),
      [{ name: "body" }, { name: "query" }],
      { part: "items", label: "the body of a search" },
    ),
  ],
};

export const neo4j: TaintModel = {
  library: "neo4j",
  sinks: [
    ...sinks("nosql-text", members("neo4j.Session neo4j.Transaction neo4j.ManagedTransaction", "run"), [
      0,
      "query",
    ]),
    ...sinks("nosql-text", "neo4j.Driver.execute_query", [0, "query_"]),
  ],
};

export const cassandra: TaintModel = {
  library: "cassandra",
  sinks: [
    ...sinks("nosql-text", members("cassandra.cluster.Session", "execute execute_async prepare"), [
      0,
      "query",
    ]),
  ],
};

export const redis: TaintModel = {
  library: "redis",
  sinks: [
    ...sinks("nosql-text", members("redis.Redis redis.asyncio.Redis", "eval register_script"), [0, "script"]),
  ],
  sanitizers: [...clears(riskSet("nosql"), members("redis.Redis", "exists"))],
};
