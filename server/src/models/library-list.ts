/** All models of libraries. Plain data: the build evaluates this module, so that a start need not (`esbuild.mjs`). */

import { DIRECTORIES, DRIVERS, LANGUAGE_MODELS, MARKUP, SPREADSHEETS } from "./data/drivers.ts";
import { NUMPY, PANDAS } from "./data/frames.ts";
import { AIRFLOW, CELERY, HELPERS, PREFECT, PYTEST } from "./data/jobs.ts";
import { SQLALCHEMY, SQLMODEL } from "./data/sqlalchemy.ts";
import { AWS, MONGO, MYSQL, POSTGRES, REDIS } from "./data/stores.ts";
import { BUILTINS } from "./python/builtins.ts";
import { CONCURRENCY } from "./python/concurrency.ts";
import { DATA } from "./python/data.ts";
import { IO } from "./python/io.ts";
import { NETWORK } from "./python/network.ts";
import type { LibraryModel } from "./types.ts";
import { AIOHTTP, HTTPX, REQUESTS, URLLIB3 } from "./web/clients.ts";
import { DJANGO, REST_FRAMEWORK } from "./web/django.ts";
import { FASTAPI, PYDANTIC } from "./web/fastapi.ts";
import { FLASK, JINJA, WERKZEUG } from "./web/flask.ts";

export const LIBRARIES: readonly LibraryModel[] = [
  BUILTINS,
  IO,
  DATA,
  NETWORK,
  CONCURRENCY,
  REQUESTS,
  HTTPX,
  AIOHTTP,
  URLLIB3,
  DJANGO,
  REST_FRAMEWORK,
  WERKZEUG,
  FLASK,
  JINJA,
  FASTAPI,
  PYDANTIC,
  SQLALCHEMY,
  SQLMODEL,
  PANDAS,
  NUMPY,
  CELERY,
  REDIS,
  AWS,
  POSTGRES,
  MYSQL,
  MONGO,
  AIRFLOW,
  PREFECT,
  PYTEST,
  HELPERS,
  DRIVERS,
  MARKUP,
  DIRECTORIES,
  SPREADSHEETS,
  LANGUAGE_MODELS,
];
