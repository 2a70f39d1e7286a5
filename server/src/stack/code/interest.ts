/** Which calls tell something about a project's stack; all others are not remembered. */

/** Packages whose functions are remembered, by the first part of their name. */
const PACKAGES: ReadonlySet<string> = new Set(
  `airflow aiohttp alembic anthropic apiflask apscheduler argon2 arq argparse asyncio asyncpg authlib aws_lambda_powertools
  backoff bcrypt boto3 botocore bs4 bugsnag cachetools celery click cProfile dagster ddtrace decouple deepspeed django django_ratelimit
  dj_database_url dotenv dramatiq duckdb dynaconf elasticsearch environ environs fakeredis fastapi fastapi_limiter fastapi_pagination
  feedparser fire flasgger flask flask_caching flask_cors flask_limiter flask_login flask_migrate flask_mail flask_smorest flask_sqlalchemy
  flask_talisman flask_wtf freezegun fsspec gevent google granian gunicorn great_expectations hishel honeybadger httpretty
  httpx httpx_retries huey hypercorn itsdangerous jinja2 joblib jose json_log_formatter jwt kafka keyring kombu limits
  litestar locust logging loguru luigi lxml mangum marshmallow mechanize memcache mlflow mongoengine motor moto msal msgspec mysql
  newrelic ninja oauthlib onnxruntime openai opentelemetry opensearchpy pandas pandera paramiko passlib peewee pika playwright polars prefect
  procrastinate prometheus_client prometheus_fastapi_instrumentator psycopg psycopg2 psycopg_pool pwdlib pydantic pydantic_settings pylibmc
  pymemcache pymongo pymysql pyodbc pyramid pyspark pytest pythonjsonlogger raven ratelimit redis requests requests_cache respx responses rest_framework
  rollbar rq s3fs sanic sched schedule scrapy selenium selectolax sentry_sdk signal sklearn slack_sdk slowapi smtplib snowflake socketio sqlalchemy
  sqlite3 sqlmodel stamina starlette statsd stripe structlog subprocess svix standardwebhooks tenacity testcontainers torch tornado transformers
  typer unittest urllib urllib3 uvicorn uwsgi valkey vcr waitress watchtower webargs whitenoise werkzeug wtforms xlsxwriter openpyxl docx hmac dbt pyinstrument`.split(
    /\s+/,
  ),
);

/** Methods that are remembered whatever their object is: it mostly comes from another module. */
const METHODS: ReadonlySet<string> = new Set(
  `add_exception_handler add_middleware add_periodic_task add_api_route add_url_rule apply_async assertNumQueries atomic before_request begin begin_nested bind bind_contextvars
  bulk_create check_object_permissions compare_digest construct_event content_type_json cursor defer delay delete_many delete_pattern enqueue enqueue_in errorhandler
  exception_handler exec_driver_sql execute executemany fromstring get_json get_or_create has_permission
  hset include_router init_app instrument_app is_valid joinedload json json_or_404 limit limit_offset mount
  on_conflict_do_nothing on_conflict_do_update on_event order_by paginate permission_required post prefetch_related
  raiseload register register_blueprint require_http_methods route run select_for_update select_related selectinload
  send send_task set_cookie set_password setex subqueryload to_sql transaction update_or_create upsert validate validate_call validate_on_submit
  verify verify_signature websocket_route from_mapping update check_password_hash generate_password_hash read_csv
  assert_num_queries add_job start_http_server Instrumentator expire setLevel addHandler force_login force_authenticate sleep wait_for_timeout throttle commit`.split(
    /\s+/,
  ),
);

/** @param method the last name where the call is one of an attribute, else null */
export function isTelling(qualified: string | undefined, method: string | null): boolean {
  if (qualified !== undefined) {
    const dot = qualified.indexOf(".");
    if (PACKAGES.has(dot === -1 ? qualified : qualified.slice(0, dot))) return true;
  }
  return method !== null && METHODS.has(method);
}
