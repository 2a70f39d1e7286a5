/** Small projects for each item about code: frameworks, interfaces, databases, security. */

import type { Cases } from "./cases.ts";

const manifest = (...dependencies: readonly string[]): string =>
  `[project]\nname = "shop"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;
const FASTAPI = manifest("fastapi");
const app = (code: string, options = ""): string =>
  `from fastapi import FastAPI\n\napp = FastAPI(${options})\n\n\n${code}`;
const ROUTES =
  '@app.get("/orders")\ndef orders() -> list[int]:\n    return []\n\n\n@app.post("/orders")\ndef add(order: dict) -> int:\n    return 1\n';
const API = { "pyproject.toml": FASTAPI, "main.py": app(ROUTES) };
const PLAIN = { "a.py": "def total(prices: list[int]) -> int:\n    return sum(prices)\n" };
const settings = (text: string): string =>
  `SECRET_KEY = get()\nINSTALLED_APPS = ["django.contrib.auth"]\nROOT_URLCONF = "shop.urls"\n${text}`;
const DJANGO = { "pyproject.toml": manifest("django>=5.2") };
const MODELS = `from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80, unique=True)


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    title = models.CharField(max_length=80, db_index=True)
`;
const URLS =
  'from django.urls import path\nfrom . import views\n\nurlpatterns = [path("books/", views.books)]\n';
const VIEWS = 'from django.http import HttpResponse\n\n\ndef books(request):\n    return HttpResponse("")\n';

export const CODE_CASES: Cases = {
  "public-functions-typed": {
    proven: {
      "a.py": Array.from({ length: 6 }, (_, n) => `def f${n}(a: int) -> int:\n    return a\n`).join("\n"),
    },
    partly: {
      "a.py": Array.from({ length: 6 }, (_, n) =>
        n < 3 ? `def f${n}(a: int) -> int:\n    return a\n` : `def f${n}(a):\n    return a\n`,
      ).join("\n"),
    },
    missing: { "a.py": Array.from({ length: 6 }, (_, n) => `def f${n}(a):\n    return a\n`).join("\n") },
    "not-applicable": PLAIN,
  },
  "exceptions-handled-narrowly": {
    proven: { "a.py": 'def check(n: int) -> None:\n    if n < 0:\n        raise ValueError("negative")\n' },
    partly: {
      "a.py":
        "def load() -> None:\n    try:\n        work()\n    except:\n        pass\n\n\ndef other() -> None:\n    raise ValueError(1)\n",
    },
    "not-applicable": PLAIN,
  },
  "framework-chosen": {
    proven: API,
    partly: { "pyproject.toml": manifest("fastapi", "flask"), "main.py": app(ROUTES) },
    "not-applicable": PLAIN,
  },
  "app-structure-layered": {
    proven: API,
    partly: {
      ...API,
      "main.py": app(
        `@app.get("/orders")\ndef orders(session) -> list[int]:\n    return session.execute("SELECT id FROM orders")\n`,
      ),
    },
    "not-applicable": PLAIN,
  },
  "django-version-supported": {
    proven: DJANGO,
    missing: { "requirements.txt": "django==3.2.1\n" },
    "cannot-tell": { "requirements.txt": "django\n" },
    "not-applicable": PLAIN,
  },
  "django-deploy-settings": {
    proven: {
      ...DJANGO,
      "shop/settings.py": settings(
        'DEBUG = False\nALLOWED_HOSTS = ["shop.example"]\nSECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600\nSESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n',
      ),
    },
    partly: {
      ...DJANGO,
      "shop/settings.py": settings("DEBUG = False\nALLOWED_HOSTS = ['*']\nMIDDLEWARE = []\n"),
    },
    "not-applicable": PLAIN,
  },
  "flask-app-factory": {
    proven: {
      "pyproject.toml": manifest("flask"),
      "app/__init__.py":
        "from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n    return app\n",
      "app/other.py": "",
    },
    missing: {
      "pyproject.toml": manifest("flask"),
      "app.py": "from flask import Flask\n\napp = Flask(__name__)\n",
      "b.py": "",
    },
    "not-applicable": PLAIN,
  },
  "fastapi-lifespan": {
    proven: { "pyproject.toml": FASTAPI, "main.py": app(ROUTES, "lifespan=lifespan") },
    partly: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.on_event("startup")\ndef start() -> None:\n    pass\n', "lifespan=lifespan"),
    },
    missing: {
      "pyproject.toml": FASTAPI,
      "main.py": `import httpx\n${app("client = httpx.AsyncClient(timeout=3)\n")}`,
    },
    "not-applicable": PLAIN,
  },
  "fastapi-response-models": {
    proven: API,
    partly: {
      "pyproject.toml": FASTAPI,
      "main.py": app(`${ROUTES}\n\n@app.get("/all")\ndef everything():\n    return 1\n`),
    },
    missing: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.get("/all")\ndef everything():\n    return 1\n'),
    },
    "not-applicable": PLAIN,
  },
  "api-endpoints-exist": {
    proven: API,
    partly: {
      "pyproject.toml": FASTAPI,
      "main.py": app(
        '@app.get("/a")\ndef a() -> int:\n    return 1\n\n\n@app.get("/b")\ndef b() -> int:\n    return 1\n',
      ),
    },
    missing: { "pyproject.toml": FASTAPI, "main.py": "" },
    "not-applicable": PLAIN,
  },
  "api-input-validated": {
    proven: API,
    missing: {
      "pyproject.toml": manifest("flask"),
      "a.py":
        'from flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/orders")\ndef add():\n    return request.get_json()["id"]\n',
    },
    "not-applicable": PLAIN,
  },
  "api-errors-consistent": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": app(
        '@app.exception_handler(KeyError)\ndef lost(request, error):\n    return JSONResponse({"title": "not found"}, status_code=404)\n\n\n@app.get("/a")\ndef a() -> int:\n    return 1\n',
      ).replace(
        "from fastapi import FastAPI",
        "from fastapi import FastAPI\nfrom fastapi.responses import JSONResponse",
      ),
    },
    partly: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.get("/a")\ndef a() -> int:\n    return 1\n'),
    },
    "not-applicable": PLAIN,
  },
  "api-authenticated": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": `from fastapi import Depends, FastAPI\nfrom fastapi.security import OAuth2PasswordBearer\n\nbearer = OAuth2PasswordBearer("token")\napp = FastAPI(dependencies=[Depends(bearer)])\n\n\n${ROUTES}`,
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "pagination-default": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": app(
        '@app.get("/orders")\ndef orders(limit: Annotated[int, Query(le=100)] = 20) -> list[int]:\n    return []\n',
      ).replace(
        "from fastapi import FastAPI",
        "from typing import Annotated\n\nfrom fastapi import FastAPI, Query",
      ),
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "rate-limit-configured": {
    proven: {
      "pyproject.toml": manifest("flask", "flask-limiter"),
      "a.py":
        'from flask import Flask\nfrom flask_limiter import Limiter\n\napp = Flask(__name__)\nlimiter = Limiter(app=app, storage_uri="redis://cache")\n\n\n@app.get("/a")\ndef a():\n    return "1"\n',
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "openapi-published": {
    proven: { "pyproject.toml": FASTAPI, "main.py": app(ROUTES, 'title="Shop", version="1"') },
    partly: API,
    missing: { ...DJANGO, "shop/urls.py": URLS, "shop/views.py": VIEWS },
    "not-applicable": PLAIN,
  },
  "cors-restricted": {
    proven: API,
    missing: {
      ...API,
      "main.py": `from fastapi.middleware.cors import CORSMiddleware\n${app(`app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)\n\n\n${ROUTES}`)}`,
    },
    "not-applicable": PLAIN,
  },
  "http-timeouts-set": {
    proven: { "a.py": 'import requests\n\nrequests.get("https://example.org", timeout=3)\n' },
    partly: {
      "a.py":
        'import requests\n\nrequests.get("https://example.org", timeout=3)\nrequests.get("https://example.org")\n',
    },
    missing: { "a.py": 'import requests\n\nrequests.get("https://example.org")\n' },
    "not-applicable": PLAIN,
  },
  "http-retries-bounded": {
    proven: {
      "a.py": "from urllib3.util.retry import Retry\n\nretry = Retry(total=3, backoff_factor=0.5)\n",
    },
    partly: {
      "a.py":
        "from tenacity import retry, stop_after_attempt\n\n\n@retry(stop=stop_after_attempt(3))\ndef load() -> None:\n    pass\n",
    },
    missing: { "a.py": 'import requests\n\nrequests.get("https://example.org", timeout=3)\n' },
    "not-applicable": PLAIN,
  },
  "webhook-signature-checked": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": `import hmac\n${app('@app.post("/webhooks/pay")\nasync def pay(request) -> None:\n    if not hmac.compare_digest(a, b):\n        raise ValueError\n')}`,
    },
    missing: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.post("/webhooks/pay")\nasync def pay(event: dict) -> None:\n    save(event)\n'),
    },
    "not-applicable": PLAIN,
  },
  "idempotency-handled": {
    proven: {
      "pyproject.toml": manifest("django", "stripe"),
      "shop/models.py":
        "from django.db import models\n\n\nclass Event(models.Model):\n    event_id = models.CharField(max_length=80, unique=True)\n",
      "shop/views.py":
        "from .models import Event\n\n\ndef take(key):\n    return Event.objects.get_or_create(event_id=key)\n",
    },
    missing: { "pyproject.toml": manifest("stripe") },
    "not-applicable": PLAIN,
  },
  "external-calls-faked": {
    proven: {
      "requirements-dev.txt": "respx\n",
      "a.py": 'import httpx\n\nhttpx.get("https://example.org", timeout=3)\n',
      "tests/test_a.py": "def test_a():\n    assert 1\n",
    },
    missing: {
      "a.py": 'import httpx\n\nhttpx.get("https://example.org", timeout=3)\n',
      "tests/test_a.py": "def test_a():\n    assert 1\n",
    },
    "not-applicable": PLAIN,
  },
  "database-configured": {
    proven: {
      "a.py":
        'import os\n\nfrom sqlalchemy import create_engine\n\nengine = create_engine(os.environ["DATABASE_URL"])\n',
    },
    missing: {
      "a.py": 'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql://db/shop")\n',
    },
    "not-applicable": PLAIN,
  },
  "migrations-present": {
    proven: {
      ...DJANGO,
      "shop/models.py": MODELS,
      "shop/migrations/0001_initial.py": "",
      ".gitlab-ci.yml": "test:\n  script:\n    - python manage.py makemigrations --check\n",
    },
    partly: { ...DJANGO, "shop/models.py": MODELS, "shop/migrations/0001_initial.py": "" },
    missing: { ...DJANGO, "shop/models.py": MODELS },
    "not-applicable": PLAIN,
  },
  "constraints-and-indexes-declared": {
    proven: { ...DJANGO, "shop/models.py": MODELS },
    partly: { ...DJANGO, "shop/models.py": MODELS.replace(", db_index=True", "") },
    "not-applicable": PLAIN,
  },
  "connection-pool-configured": {
    proven: {
      "pyproject.toml": manifest("sqlalchemy"),
      "a.py": "from sqlalchemy import create_engine\n\nengine = create_engine(url, pool_size=5)\n",
    },
    partly: {
      "pyproject.toml": manifest("sqlalchemy"),
      "a.py": "from sqlalchemy import create_engine\n\nengine = create_engine(url)\n",
    },
    missing: { "pyproject.toml": manifest("psycopg") },
    "not-applicable": PLAIN,
  },
  "transactions-explicit": {
    proven: {
      "pyproject.toml": manifest("django", "psycopg"),
      "a.py": "from django.db import transaction\n\nwith transaction.atomic():\n    pass\n",
    },
    "cannot-tell": { "pyproject.toml": manifest("psycopg") },
    "not-applicable": PLAIN,
  },
  "n-plus-one-guarded": {
    partly: { ...DJANGO, "shop/models.py": MODELS },
    proven: {
      ...DJANGO,
      "shop/models.py": MODELS,
      "shop/views.py":
        'from .models import Book\n\n\ndef books():\n    return list(Book.objects.select_related("author"))\n',
      "tests/test_a.py":
        "def test_a(django_assert_num_queries):\n    with django_assert_num_queries(1):\n        pass\n",
    },
    "not-applicable": PLAIN,
  },
  "sql-parameterized": {
    proven: { "a.py": 'def load(cursor, key):\n    cursor.execute("SELECT 1 WHERE a = %s", (key,))\n' },
    partly: {
      "a.py": `import sqlite3\n\n\ndef load(key):\n    sqlite3.connect("a").execute(f"SELECT id FROM orders WHERE email = '{key}'")\n`,
    },
    "not-applicable": PLAIN,
  },
  "object-storage-configured": {
    proven: { "pyproject.toml": manifest("boto3") },
    partly: {
      "pyproject.toml": manifest("boto3"),
      "a.py": 'import boto3\n\ns3 = boto3.client("s3", aws_access_key_id="AKIAEXAMPLE")\n',
    },
    missing: {
      ...DJANGO,
      "shop/models.py":
        "from django.db import models\n\n\nclass Photo(models.Model):\n    file = models.ImageField()\n",
    },
    "not-applicable": PLAIN,
  },
  "integration-tests-exist": {
    proven: { ...API, "tests/integration/test_a.py": "def test_a():\n    assert 1\n" },
    partly: {
      ...API,
      "tests/test_a.py":
        'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite://")\n\n\ndef test_a():\n    assert engine\n',
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "api-tests-exist": {
    proven: {
      ...API,
      "tests/test_a.py":
        "def test_a(client):\n    answer = client.get('/orders')\n    assert answer.status_code == 404\n    assert answer.json() == {}\n",
    },
    partly: {
      ...API,
      "tests/test_a.py": "def test_a(client):\n    assert client.get('/orders').status_code == 200\n",
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "authorization-tests-exist": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": `from fastapi import Depends, FastAPI\nfrom fastapi.security import OAuth2PasswordBearer\n\nbearer = OAuth2PasswordBearer("token")\napp = FastAPI(dependencies=[Depends(bearer)])\n\n\n${ROUTES}`,
      "tests/test_a.py":
        "def test_other_user_sees_nothing(client):\n    assert client.get('/orders/1').status_code == 404\n",
    },
    "not-applicable": API,
  },
  "e2e-tests-exist": {
    proven: {
      "templates/a.html": "",
      "tests/test_a.py":
        "from playwright.sync_api import Page\n\n\ndef test_a(page: Page):\n    assert page\n",
    },
    missing: { "templates/a.html": "", "a.py": "" },
    "not-applicable": PLAIN,
  },
  "no-leftover-debug-code": {
    proven: { "shop/__init__.py": "", "pyproject.toml": '[tool.ruff.lint]\nselect = ["T20", "T10"]\n' },
    partly: PLAIN,
    missing: { "shop/__init__.py": "", "shop/a.py": "def load() -> None:\n    breakpoint()\n" },
  },
  "config-from-environment": {
    proven: { "a.py": 'import os\n\nURL = os.environ["URL"]\n', ".env.example": "URL=\n" },
    partly: { "a.py": 'import os\n\nURL = os.environ["URL"]\n' },
    "not-applicable": PLAIN,
  },
  "debug-off-in-production": {
    proven: API,
    partly: { "pyproject.toml": FASTAPI, "main.py": app(ROUTES, "debug=True") },
    "not-applicable": PLAIN,
  },
  "logging-configured": {
    proven: {
      "a.py":
        "import logging\n\nlogging.basicConfig(level=logging.INFO)\nlog = logging.getLogger(__name__)\n",
    },
    partly: { "a.py": "import logging\n\nlog = logging.getLogger(__name__)\n" },
    missing: PLAIN,
    "not-applicable": { "README.md": "" },
  },
  "logs-structured": {
    proven: {
      "a.py":
        "import structlog\n\nstructlog.configure(processors=[structlog.processors.JSONRenderer()])\nstructlog.contextvars.bind_contextvars(request_id=1)\n",
    },
    partly: {
      "a.py": "import structlog\n\nstructlog.configure(processors=[structlog.processors.JSONRenderer()])\n",
    },
    missing: PLAIN,
  },
  "error-tracking-initialised": {
    proven: {
      "a.py":
        'import os\n\nimport sentry_sdk\n\nsentry_sdk.init(dsn=os.environ["DSN"], environment="live")\n',
    },
    partly: { "a.py": 'import sentry_sdk\n\nsentry_sdk.init("https://key@sentry.example/1")\n' },
    missing: PLAIN,
  },
  "metrics-or-tracing": {
    proven: { "a.py": 'from prometheus_client import Counter\n\nORDERS = Counter("orders", "Orders")\n' },
    missing: PLAIN,
  },
  "health-endpoint": {
    proven: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.get("/health")\ndef health() -> str:\n    return "ok"\n'),
      Dockerfile: "FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost/health\n",
    },
    partly: {
      "pyproject.toml": FASTAPI,
      "main.py": app('@app.get("/health")\ndef health() -> str:\n    return "ok"\n'),
    },
    missing: API,
    "not-applicable": PLAIN,
  },
  "app-server-for-production": {
    proven: { ...API, Dockerfile: 'FROM python:3.13\nCMD ["uvicorn", "main:app", "--workers", "2"]\n' },
    partly: { ...API, Procfile: "web: gunicorn main:app\n" },
    missing: { ...API, Dockerfile: "FROM python:3.13\nCMD flask run\n" },
    "not-applicable": PLAIN,
  },
  "cache-configured": {
    proven: {
      ...DJANGO,
      "settings.py": 'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}\n',
    },
    partly: {
      ...DJANGO,
      "settings.py": 'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}\n',
    },
    "not-applicable": PLAIN,
  },
  "async-without-blocking": {
    partly: { "a.py": "import time\n\n\nasync def load() -> None:\n    time.sleep(1)\n" },
    "not-applicable": PLAIN,
  },
  "job-queue-configured": {
    proven: {
      "pyproject.toml": manifest("celery"),
      "tasks.py":
        "from celery import shared_task\n\n\n@shared_task\ndef send() -> None:\n    pass\n\n\ndef later() -> None:\n    send.delay()\n",
      Procfile: "worker: celery -A shop worker\n",
    },
    partly: {
      "pyproject.toml": manifest("celery"),
      "tasks.py": "from celery import shared_task\n\n\n@shared_task\ndef send() -> None:\n    pass\n",
    },
    missing: {
      "pyproject.toml": FASTAPI,
      "main.py": `import requests\n${app('@app.get("/a")\ndef a() -> int:\n    return requests.get("https://example.org", timeout=3).status_code\n')}`,
    },
    "not-applicable": PLAIN,
  },
  "task-retries-bounded": {
    proven: {
      "pyproject.toml": manifest("celery"),
      "tasks.py":
        "from celery import shared_task\n\n\n@shared_task(autoretry_for=(OSError,), max_retries=3, time_limit=60)\ndef send() -> None:\n    pass\n",
    },
    partly: {
      "pyproject.toml": manifest("celery"),
      "tasks.py": "from celery import shared_task\n\n\n@shared_task\ndef send() -> None:\n    pass\n",
    },
    "not-applicable": PLAIN,
  },
  "schedule-declared": {
    proven: { "settings.py": 'CELERY_BEAT_SCHEDULE = {"clean": {"task": "a"}}\n' },
    "not-applicable": PLAIN,
  },
  "object-level-authorization": { "not-applicable": PLAIN },
  "passwords-hashed-strongly": {
    proven: { ...DJANGO, "settings.py": settings("") },
    partly: {
      "a.py": 'from passlib.context import CryptContext\n\ncontext = CryptContext(schemes=["bcrypt"])\n',
    },
    "not-applicable": PLAIN,
  },
  "csrf-protected": {
    proven: {
      ...DJANGO,
      "shop/urls.py": URLS,
      "shop/views.py": VIEWS,
      "settings.py": 'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\n',
    },
    missing: { ...DJANGO, "shop/urls.py": URLS, "shop/views.py": VIEWS, "settings.py": "MIDDLEWARE = []\n" },
    "cannot-tell": { ...DJANGO, "shop/urls.py": URLS, "shop/views.py": VIEWS },
    "not-applicable": PLAIN,
  },
  "cookies-secure": {
    proven: {
      ...DJANGO,
      "shop/urls.py": URLS,
      "shop/views.py": VIEWS,
      "settings.py": "SESSION_COOKIE_SECURE = True\n",
    },
    partly: { ...DJANGO, "shop/urls.py": URLS, "shop/views.py": VIEWS },
    "not-applicable": PLAIN,
  },
  "security-events-logged": { "not-applicable": PLAIN },
  "database-least-privilege": {
    proven: {
      "compose.yaml": "services:\n  web:\n    build: .\n    environment:\n      DB_USER: shop\n",
      "pyproject.toml": manifest("psycopg"),
    },
    missing: {
      "compose.yaml": "services:\n  web:\n    build: .\n    environment:\n      - POSTGRES_USER=postgres\n",
      "pyproject.toml": manifest("psycopg"),
    },
    "cannot-tell": { "pyproject.toml": manifest("psycopg") },
    "not-applicable": PLAIN,
  },
  "no-hardcoded-secrets": {
    proven: {
      ...PLAIN,
      ".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks:\n      - id: gitleaks\n",
    },
    partly: PLAIN,
  },
  "settings-typed": {
    proven: {
      "a.py":
        "from pydantic import SecretStr\nfrom pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    secret_key: SecretStr\n",
    },
    partly: {
      "a.py":
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    secret_key: str\n",
    },
    missing: { "a.py": 'import os\n\nURL = os.environ["URL"]\n' },
    "not-applicable": PLAIN,
  },
  "data-validated": {
    proven: {
      "a.py":
        'import pandas as pd\nimport pandera as pa\n\nschema = pa.DataFrameSchema({})\nframe = pd.read_csv("a.csv")\n',
    },
    partly: { "a.py": 'import pandas as pd\n\nframe = pd.read_csv("a.csv", dtype=str)\n' },
    missing: { "a.py": 'import pandas as pd\n\nframe = pd.read_csv("a.csv")\n' },
    "not-applicable": PLAIN,
  },
  "loads-idempotent": {
    proven: { "a.py": 'def load(frame, engine):\n    frame.to_sql("a", engine, if_exists="replace")\n' },
    missing: { "a.py": 'def load(frame, engine):\n    frame.to_sql("a", engine, if_exists="append")\n' },
    "not-applicable": PLAIN,
  },
  "pipeline-observed": {
    proven: {
      "pyproject.toml": manifest("apache-airflow"),
      "dags/a.py": "from airflow import DAG\n\ndag = DAG(on_failure_callback=tell)\n",
    },
    missing: {
      "pyproject.toml": manifest("apache-airflow"),
      "dags/a.py": "from airflow import DAG\n\ndag = DAG()\n",
    },
    "not-applicable": PLAIN,
  },
  "script-entry-point": {
    proven: {
      "a.py":
        'import argparse\n\n\ndef main() -> int:\n    argparse.ArgumentParser().parse_args()\n    return 0\n\n\nif __name__ == "__main__":\n    raise SystemExit(main())\n',
    },
    partly: { "a.py": 'if __name__ == "__main__":\n    work()\n' },
    "not-applicable": PLAIN,
  },
  "scraper-polite": {
    proven: {
      "pyproject.toml": manifest("beautifulsoup4"),
      "a.py":
        'import time\n\nimport requests\nfrom bs4 import BeautifulSoup\n\npage = requests.get("https://example.org", headers={"User-Agent": "me"}, timeout=3)\nBeautifulSoup(page.text)\ntime.sleep(1)\n',
    },
    partly: {
      "pyproject.toml": manifest("beautifulsoup4"),
      "a.py":
        'import requests\nfrom bs4 import BeautifulSoup\n\nBeautifulSoup(requests.get("https://example.org", timeout=3).text)\n',
    },
    "not-applicable": PLAIN,
  },
  "model-api-bounded": {
    proven: {
      "pyproject.toml": manifest("fastapi", "openai"),
      "main.py": `from openai import OpenAI\n${app(`client = OpenAI(timeout=20)\n\n\n${ROUTES}`)}`,
    },
    missing: {
      "pyproject.toml": manifest("fastapi", "openai"),
      "main.py": `from openai import OpenAI\n${app(`client = OpenAI()\n\n\n${ROUTES}`)}`,
    },
    "not-applicable": PLAIN,
  },
  "frontend-present": {
    proven: { ...API, "templates/a.html": "" },
    partly: { ...API, "package.json": '{"dependencies": {"react": "19"}}' },
    missing: API,
    "not-applicable": PLAIN,
  },
};
