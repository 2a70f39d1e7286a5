/** What libraries of the stack are for, in a sentence each, and the place of the guide that teaches them. */

export interface Purpose {
  readonly name: string;
  /** One sentence. */
  readonly text: string;
  /** `page#anchor`. */
  readonly guide: string;
}

const purpose = (name: string, text: string, guide: string): Purpose => ({ name, text, guide });

const PSYCOPG = purpose(
  "psycopg",
  "PostgreSQL from Python: parameters travel beside the SQL, transactions are context managers, and a pool keeps connections.",
  "databases#postgresql",
);
const MYSQL = purpose(
  "MySQL driver",
  "MySQL from Python: values travel as parameters, never inside SQL text.",
  "databases#mysql",
);
const OTEL = purpose(
  "OpenTelemetry",
  "Traces, metrics and logs of one request under one id, sent to whichever monitoring you run.",
  "deployment#tracing",
);

/** By the name that is imported; the longest name that is a prefix of an import counts. */
export const PURPOSES: Readonly<Record<string, Purpose>> = {
  // Web
  django: purpose(
    "Django",
    "Web applications with accounts, admin, forms, ORM and migrations that fit together.",
    "django#when-django-fits",
  ),
  "django.db.models": purpose(
    "Django models",
    "Tables, relations and constraints as classes; queries as lazy querysets.",
    "django#models-and-orm",
  ),
  "django.db.transaction": purpose(
    "Django transactions",
    "Writes that belong together succeed or fail together; side effects wait for the commit.",
    "django#transactions-and-on-commit",
  ),
  "django.forms": purpose(
    "Django forms",
    "Input checked field by field, with errors to show beside each.",
    "django#forms-and-validation",
  ),
  "django.contrib.admin": purpose(
    "Django admin",
    "A back office for staff, made from the models.",
    "django#admin-site",
  ),
  "django.contrib.auth": purpose(
    "Django authentication",
    "Users, groups, permissions and sessions, with slow password hashes.",
    "django#users-groups-permissions",
  ),
  "django.tasks": purpose(
    "django.tasks",
    "Work outside the request; production needs a backend from another package.",
    "django#django-tasks",
  ),
  "django.test": purpose(
    "Django tests",
    "A test client and a database that each test finds fresh.",
    "django#django-testing",
  ),
  rest_framework: purpose(
    "Django REST Framework",
    "APIs on Django: serializers decide which fields come in and go out, permissions who may see which object.",
    "django#rest-framework",
  ),
  ninja: purpose(
    "Django Ninja",
    "Typed APIs on Django from Pydantic schemas.",
    "frameworks#api-layers-for-django",
  ),
  flask: purpose(
    "Flask",
    "A small core for web services; validation, authentication and structure are yours to choose.",
    "flask#when-flask-fits",
  ),
  flask_sqlalchemy: purpose(
    "Flask-SQLAlchemy",
    "SQLAlchemy with a session for each request of a Flask application.",
    "flask#database-integration",
  ),
  flask_login: purpose(
    "Flask-Login",
    "Who is logged in, kept in the session; what they may see stays your check.",
    "flask#sessions-and-login",
  ),
  flask_wtf: purpose(
    "Flask-WTF",
    "Forms with protection from requests that other sites forge.",
    "flask#csrf-and-forms",
  ),
  fastapi: purpose(
    "FastAPI",
    "Typed APIs: requests are validated, responses filtered and OpenAPI written from type hints.",
    "fastapi#when-fastapi-fits",
  ),
  starlette: purpose(
    "Starlette",
    "The ASGI toolkit below FastAPI: routing, middleware, responses.",
    "frameworks#wsgi-and-asgi",
  ),
  jinja2: purpose(
    "Jinja",
    "Templates that escape what they show, where autoescape is on.",
    "security#output-encoding",
  ),
  strawberry: purpose(
    "Strawberry",
    "GraphQL from type hints; depth and cost of queries need limits.",
    "apis#graphql",
  ),
  graphene: purpose("Graphene", "GraphQL for Python; depth and cost of queries need limits.", "apis#graphql"),
  uvicorn: purpose("Uvicorn", "The server that runs ASGI applications.", "deployment#app-servers"),
  gunicorn: purpose(
    "Gunicorn",
    "A server that runs several workers of an application, and replaces those that die.",
    "deployment#app-servers",
  ),
  // Validation and settings
  pydantic: purpose(
    "Pydantic",
    "Data that is checked against type hints at the edge, so that the inside can trust it.",
    "fastapi#request-models",
  ),
  pydantic_settings: purpose(
    "pydantic-settings",
    "Typed settings from the environment that fail at start, not in the night.",
    "secrets#typed-settings",
  ),
  marshmallow: purpose(
    "marshmallow",
    "Schemas that check what comes in and decide what goes out.",
    "apis#input-validation",
  ),
  dotenv: purpose(
    "python-dotenv",
    "Variables from a local .env file, which git ignores.",
    "secrets#environment-and-dotenv",
  ),
  // Data stores
  sqlalchemy: purpose(
    "SQLAlchemy",
    "SQL and objects for relational databases: you decide when rows are loaded and when work is committed.",
    "databases#sqlalchemy-style",
  ),
  sqlmodel: purpose(
    "SQLModel",
    "Tables and validation from one class; what an API returns deserves a class of its own.",
    "databases#orms",
  ),
  alembic: purpose(
    "Alembic",
    "Changes of the schema as reviewed, reversible steps.",
    "databases#schema-migrations",
  ),
  psycopg: PSYCOPG,
  psycopg2: PSYCOPG,
  psycopg_pool: purpose(
    "psycopg pool",
    "Connections that are kept, counted and given back.",
    "databases#connection-pooling",
  ),
  asyncpg: purpose(
    "asyncpg",
    "PostgreSQL for async code, with a pool and prepared statements.",
    "async#async-database",
  ),
  sqlite3: purpose(
    "sqlite3",
    "A database in a file: for tools, tests and small sites with one writer.",
    "databases#sqlite",
  ),
  pymysql: MYSQL,
  MySQLdb: MYSQL,
  pymongo: purpose(
    "PyMongo",
    "Documents that are read and written whole; constraints and relations are your code.",
    "databases#mongodb",
  ),
  redis: purpose(
    "redis",
    "Fast, temporary data: caches with an expiry, limits, sessions, queues.",
    "databases#redis",
  ),
  elasticsearch: purpose(
    "Elasticsearch",
    "Search over text and aggregations, beside the database that holds the truth.",
    "databases#search-engines",
  ),
  opensearchpy: purpose(
    "OpenSearch",
    "Search over text and aggregations, beside the database that holds the truth.",
    "databases#search-engines",
  ),
  boto3: purpose(
    "boto3",
    "AWS from Python: files in S3, queues, secrets; keys come from a role, never from code.",
    "databases#object-storage",
  ),
  "google.cloud.storage": purpose(
    "Cloud Storage",
    "Files kept outside of your servers, so that any of them can serve.",
    "databases#object-storage",
  ),
  "azure.storage.blob": purpose(
    "Azure Blob Storage",
    "Files kept outside of your servers, so that any of them can serve.",
    "databases#object-storage",
  ),
  // Other systems
  requests: purpose(
    "Requests",
    "HTTP for synchronous code; it waits for ever unless you give it a timeout.",
    "integrations#http-clients",
  ),
  httpx: purpose(
    "HTTPX",
    "HTTP for synchronous and async code; one client, kept, saves a handshake for each call.",
    "integrations#http-clients",
  ),
  httpx2: purpose(
    "HTTPX 2",
    "HTTP for synchronous and async code; one client, kept, saves a handshake for each call.",
    "integrations#http-clients",
  ),
  aiohttp: purpose(
    "aiohttp",
    "HTTP for async code; one session for the life of the program.",
    "async#async-clients",
  ),
  urllib3: purpose(
    "urllib3",
    "Pools of HTTP connections, with timeouts and bounded retries.",
    "integrations#retries-and-backoff",
  ),
  tenacity: purpose(
    "Tenacity",
    "Trying again, a bounded number of times, with growing pauses.",
    "integrations#retries-and-backoff",
  ),
  stripe: purpose(
    "Stripe",
    "Payments; events come as signed webhooks, sometimes twice.",
    "integrations#webhook-receivers",
  ),
  // Jobs
  celery: purpose(
    "Celery",
    "Work outside the request, on RabbitMQ or Redis: tasks get ids, limits and bounded retries.",
    "background-jobs#celery-tasks",
  ),
  rq: purpose(
    "RQ",
    "Simple jobs on Redis; give each a timeout and a number of retries.",
    "background-jobs#rq-jobs",
  ),
  dramatiq: purpose(
    "Dramatiq",
    "Work outside the request, on RabbitMQ or Redis.",
    "background-jobs#choosing-a-job-tool",
  ),
  airflow: purpose(
    "Airflow",
    "Dated runs of steps that depend on each other, which can be repeated for past dates.",
    "data#airflow",
  ),
  prefect: purpose(
    "Prefect",
    "Flows in plain Python, with retries, schedules and a view of runs.",
    "data#prefect",
  ),
  apscheduler: purpose(
    "APScheduler",
    "Jobs at fixed times inside a running program; two programs run them twice.",
    "background-jobs#scheduled-jobs",
  ),
  // Data
  pandas: purpose(
    "pandas",
    "Tables in memory, worked on by columns; loops over rows are slow.",
    "data#pandas",
  ),
  numpy: purpose("NumPy", "Arrays of numbers, worked on as a whole.", "data#numpy"),
  polars: purpose("Polars", "Tables in memory with lazy queries that use all cores.", "data#pandas"),
  duckdb: purpose(
    "DuckDB",
    "SQL over files and tables on one machine, without a server.",
    "data#sql-for-analysis",
  ),
  pandera: purpose(
    "pandera",
    "Tables that are checked for columns, types and ranges before they travel on.",
    "data#data-validation",
  ),
  openpyxl: purpose(
    "openpyxl",
    "Excel files read and written; their cells are input like any other.",
    "automation#spreadsheets",
  ),
  csv: purpose("csv", "Rows of text files; what is in them has to be checked.", "data#csv-and-json"),
  json: purpose(
    "json",
    "Text to data and back; the shape of what comes in is not checked.",
    "data#csv-and-json",
  ),
  // AI
  sklearn: purpose(
    "scikit-learn",
    "Models for tables; load one once, check what it is given and what it says.",
    "ai#model-serving",
  ),
  torch: purpose(
    "PyTorch",
    "Neural networks; load weights without running what is in the file.",
    "ai#loading-models-safely",
  ),
  transformers: purpose(
    "Transformers",
    "Pretrained models; load them once, and pin which revision.",
    "ai#loading-models-safely",
  ),
  openai: purpose(
    "OpenAI client",
    "A hosted model: give it a timeout and a limit, and check what it answers.",
    "ai#calling-hosted-models",
  ),
  anthropic: purpose(
    "Anthropic client",
    "A hosted model: give it a timeout and a limit, and check what it answers.",
    "ai#calling-hosted-models",
  ),
  // Tests and quality
  pytest: purpose(
    "pytest",
    "Tests as functions with plain asserts, and fixtures for what they need.",
    "testing#pytest-basics",
  ),
  unittest: purpose(
    "unittest",
    "The standard library's tests as classes; pytest runs them too.",
    "testing#unittest-and-pytest",
  ),
  "unittest.mock": purpose(
    "unittest.mock",
    "Stand-ins for what a test must not touch; put in where the name is used.",
    "testing#test-doubles",
  ),
  hypothesis: purpose(
    "Hypothesis",
    "Tests over inputs that a machine makes up, with the smallest one that fails.",
    "testing#parametrize",
  ),
  responses: purpose(
    "responses",
    "Answers of other services, made up for tests of code that uses Requests.",
    "integrations#sandbox-and-fakes",
  ),
  respx: purpose(
    "RESPX",
    "Answers of other services, made up for tests of code that uses HTTPX.",
    "integrations#sandbox-and-fakes",
  ),
  locust: purpose("Locust", "Load on a system, as users would make it.", "performance#load-testing"),
  cProfile: purpose(
    "cProfile",
    "Where the time goes, call by call: measured, not guessed.",
    "performance#profiling",
  ),
  tracemalloc: purpose("tracemalloc", "Where memory was taken, line by line.", "performance#memory"),
  pdb: purpose("pdb", "Python's debugger; nothing of it stays in code that ships.", "debugging#debugger"),
  // Automation
  bs4: purpose(
    "Beautiful Soup",
    "Pages that others wrote, read politely: with pauses, a name and a limit.",
    "automation#web-scraping",
  ),
  scrapy: purpose("Scrapy", "Many pages, crawled politely.", "automation#web-scraping"),
  selenium: purpose("Selenium", "A browser that is driven by code.", "automation#browser-automation"),
  playwright: purpose(
    "Playwright",
    "A browser that is driven by code, for tests and for pages without an API.",
    "automation#browser-automation",
  ),
  argparse: purpose(
    "argparse",
    "Arguments with help and checks, from the standard library.",
    "automation#command-line-tools",
  ),
  typer: purpose("Typer", "Command lines from type hints.", "automation#command-line-tools"),
  click: purpose("Click", "Command lines with nested commands.", "automation#command-line-tools"),
  subprocess: purpose(
    "subprocess",
    "Other programs, as lists of arguments, with a timeout and a checked result.",
    "automation#external-commands",
  ),
  smtplib: purpose("smtplib", "Mail, sent over an encrypted connection.", "automation#notifications"),
  pathlib: purpose("pathlib", "Paths as objects, the same on every system.", "core-python#file-handling"),
  // Core
  logging: purpose(
    "logging",
    "What happened, at a level, for whoever runs it: configured once, at the entry.",
    "core-python#logging-basics",
  ),
  typing: purpose("typing", "Contracts of functions that tools can check.", "core-python#type-hints"),
  dataclasses: purpose(
    "dataclasses",
    "Classes that hold data, with little to write.",
    "core-python#dataclasses",
  ),
  datetime: purpose(
    "datetime",
    "Dates and times; those that leave the program carry a time zone.",
    "core-python#dates-and-time-zones",
  ),
  zoneinfo: purpose("zoneinfo", "Time zones by name.", "core-python#dates-and-time-zones"),
  asyncio: purpose(
    "asyncio",
    "Many waits at once in one thread; nothing in it may block.",
    "async#when-async-helps",
  ),
  anyio: purpose("AnyIO", "Structured concurrency on asyncio or Trio.", "async#task-groups"),
  multiprocessing: purpose(
    "multiprocessing",
    "Work for the processor on several cores.",
    "async#processes-and-free-threading",
  ),
  "concurrent.futures": purpose(
    "concurrent.futures",
    "Pools of threads for waiting, of processes for computing.",
    "performance#cpu-heavy-work",
  ),
  // Security
  secrets: purpose("secrets", "Random values that nobody can guess.", "security#randomness-and-crypto"),
  random: purpose(
    "random",
    "Random values for games and samples; anybody can guess them.",
    "security#randomness-and-crypto",
  ),
  hashlib: purpose(
    "hashlib",
    "Digests of data; passwords need a slow hash instead.",
    "security#password-hashing",
  ),
  argon2: purpose("argon2", "Password hashes that are slow on purpose.", "security#password-hashing"),
  bcrypt: purpose("bcrypt", "Password hashes that are slow on purpose.", "security#password-hashing"),
  pwdlib: purpose(
    "pwdlib",
    "Password hashes that are slow on purpose, and can be renewed at login.",
    "security#password-hashing",
  ),
  jwt: purpose(
    "PyJWT",
    "Signed tokens: check the signature, the algorithm, who it is for, and until when.",
    "security#json-web-tokens",
  ),
  jose: purpose(
    "python-jose",
    "Signed tokens: check the signature, the algorithm, who it is for, and until when.",
    "security#json-web-tokens",
  ),
  cryptography: purpose(
    "cryptography",
    "Encryption and signatures by people who know how.",
    "security#randomness-and-crypto",
  ),
  pickle: purpose(
    "pickle",
    "Objects as bytes; loading bytes from others runs what they say.",
    "security#unsafe-deserialization",
  ),
  yaml: purpose(
    "PyYAML",
    "YAML to data; only the safe loader leaves it at data.",
    "security#unsafe-deserialization",
  ),
  // Watching
  structlog: purpose(
    "structlog",
    "Log lines as data, with the request's id in each.",
    "deployment#structured-logging",
  ),
  loguru: purpose("Loguru", "Logging with one logger that is ready to use.", "deployment#logging"),
  sentry_sdk: purpose(
    "Sentry",
    "Errors that reach you before users tell you, without private data.",
    "deployment#error-tracking",
  ),
  opentelemetry: OTEL,
  prometheus_client: purpose(
    "Prometheus client",
    "Numbers that monitoring collects: counts, times, queues.",
    "deployment#monitoring",
  ),
};

/** The purpose of what is imported, by its full dotted name, or null for what is not of the stack. */
export function purposeOf(name: string): Purpose | null {
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
    const known = name.slice(0, end);
    if (Object.hasOwn(PURPOSES, known)) return PURPOSES[known] ?? null;
  }
  return null;
}
