/** What we know of task queues, workflow tools, tests and common helpers. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const TASK: ClassModel = {
  methods: {
    ...each("delay apply_async", "celery.result.AsyncResult"),
    apply: "celery.result.EagerResult",
    ...each("s si signature subtask", "celery.canvas.Signature"),
    retry: "celery.exceptions.Retry",
    ...each("update_state run", "?"),
    chunks: "?",
    map: "?",
  },
  attributes: { request: "celery.app.task.Context", name: "str", max_retries: "int", app: "celery.Celery" },
};

const SIGNATURE: ClassModel = {
  methods: {
    ...each("delay apply_async", "celery.result.AsyncResult"),
    ...each("set clone on_error link link_error", "?"),
  },
};

const AS_TASK = { object: "celery.Task" } as const;

export const CELERY: LibraryModel = {
  packages: ["celery", "rq", "dramatiq", "huey"],
  functions: {
    "celery.shared_task": { decorator: AS_TASK },
    "celery.decorators.task": { decorator: AS_TASK },
    ...each("celery.chain celery.group celery.chord celery.signature", "celery.canvas.Signature"),
    "celery.utils.log.get_task_logger": "logging.Logger",
    "rq.decorators.job": { decorator: { object: "rq.decorators.JobFunction" } },
    "rq.get_current_job": "rq.job.Job",
    "dramatiq.actor": { decorator: { object: "dramatiq.Actor" } },
  },
  classes: {
    "celery.Celery": {
      methods: {
        task: { decorator: AS_TASK },
        send_task: "celery.result.AsyncResult",
        ...each("config_from_object autodiscover_tasks add_periodic_task start worker_main", "None"),
        AsyncResult: "celery.result.AsyncResult",
        signature: "celery.canvas.Signature",
        on_after_configure: "?",
      },
      attributes: { conf: "?", control: "?", tasks: "?", main: "str" },
    },
    "celery.Task": TASK,
    "celery.app.task.Context": {
      attributes: { ...each("id task", "str"), retries: "int", ...each("args kwargs", "?") },
    },
    "celery.result.AsyncResult": {
      methods: {
        ...each("get wait", "?"),
        ...each("ready successful failed", "bool"),
        ...each("revoke forget", "None"),
      },
      attributes: { ...each("id task_id state status", "str"), result: "?", info: "?" },
    },
    "celery.result.EagerResult": { bases: ["celery.result.AsyncResult"] },
    "celery.canvas.Signature": SIGNATURE,
    "celery.schedules.crontab": {},
    ...each(
      "celery.exceptions.Retry celery.exceptions.Ignore celery.exceptions.Reject celery.exceptions.MaxRetriesExceededError celery.exceptions.SoftTimeLimitExceeded",
      {
        bases: ["Exception"],
      },
    ),
    "rq.Queue": {
      methods: {
        ...each("enqueue enqueue_call enqueue_in enqueue_at fetch_job", "rq.job.Job"),
        empty: "int",
      },
      attributes: { jobs: "list[rq.job.Job]", name: "str" },
    },
    "rq.job.Job": {
      methods: { ...each("get_status get_id", "str"), ...each("save delete cancel refresh", "None") },
      attributes: { id: "str", result: "?" },
    },
    "rq.decorators.JobFunction": { methods: { delay: "rq.job.Job" } },
    "rq.Worker": {},
    "dramatiq.Actor": {
      methods: {
        ...each("send send_with_options", "dramatiq.Message"),
        ...each("message message_with_options", "dramatiq.Message"),
      },
    },
    "dramatiq.Message": { methods: { get_result: "?" } },
    "huey.RedisHuey": {},
  },
  aliases: {
    "celery.app.shared_task": "celery.shared_task",
    "celery.app.base.Celery": "celery.Celery",
    "celery.app.task.Task": "celery.Task",
    "celery.task.task": "celery.decorators.task",
    "celery.canvas.chain": "celery.chain",
    "celery.canvas.group": "celery.group",
    "celery.canvas.chord": "celery.chord",
    "rq.queue.Queue": "rq.Queue",
  },
};

const OPERATORS: Readonly<Record<string, string>> = {
  PythonOperator: "python",
  BranchPythonOperator: "python",
  ShortCircuitOperator: "python",
  PythonVirtualenvOperator: "python",
  BashOperator: "bash",
  EmptyOperator: "empty",
  EmailOperator: "email",
  TriggerDagRunOperator: "trigger_dagrun",
};

const BASE_OPERATOR: ClassModel = {
  methods: {
    ...each("set_upstream set_downstream", "None"),
    ...each("__rshift__ __lshift__", "?"),
    execute: "?",
  },
  attributes: { ...each("task_id dag_id", "str"), dag: "airflow.DAG", output: "?" },
};

/** A decorated function is called while the DAG is put together, and gives a reference to the result to come. */
const XCOM = {
  object: "airflow.sdk.bases.decorator.TaskDecorator",
  returns: "airflow.models.xcom_arg.XComArg",
} as const;

export const AIRFLOW: LibraryModel = {
  packages: ["airflow"],
  functions: {
    "airflow.decorators.dag": { decorator: { object: "collections.abc.Callable", returns: "airflow.DAG" } },
    "airflow.decorators.task": { decorator: XCOM },
    "airflow.decorators.task_group": { decorator: { object: "collections.abc.Callable", returns: "?" } },
    "airflow.utils.dates.days_ago": "datetime.datetime",
    "airflow.operators.python.get_current_context": "dict[str, ?]",
    "airflow.models.baseoperator.chain": "None",
  },
  classes: {
    "airflow.DAG": { attributes: { dag_id: "str", tasks: "list" }, enter: "Self" },
    "airflow.models.BaseOperator": BASE_OPERATOR,
    ...Object.fromEntries(
      Object.entries(OPERATORS).map(([name, module]) => [
        `airflow.operators.${module}.${name}`,
        { ...BASE_OPERATOR, bases: ["airflow.models.BaseOperator"] },
      ]),
    ),
    "airflow.models.xcom_arg.XComArg": { methods: { __getitem__: "Self" } },
    "airflow.models.Variable": { methods: { get: "?", ...each("set delete", "None"), setdefault: "?" } },
    "airflow.models.Connection": {
      attributes: { ...each("host login password schema conn_id conn_type extra", "str"), port: "int" },
      methods: { get_uri: "str", get_connection_from_secrets: "Self" },
    },
    "airflow.models.TaskInstance": {
      methods: { ...each("xcom_pull", "?"), xcom_push: "None" },
      attributes: { task_id: "str", try_number: "int" },
    },
    "airflow.hooks.base.BaseHook": {
      methods: { get_connection: "airflow.models.Connection", get_hook: "?" },
    },
    "airflow.sdk.bases.decorator.TaskDecorator": { methods: each("expand partial override", "?") },
    "airflow.utils.task_group.TaskGroup": { enter: "Self" },
    "airflow.exceptions.AirflowException": { bases: ["Exception"] },
    ...each("airflow.exceptions.AirflowSkipException airflow.exceptions.AirflowFailException", {
      bases: ["airflow.exceptions.AirflowException"],
    }),
  },
  aliases: {
    "airflow.models.DAG": "airflow.DAG",
    "airflow.models.dag.DAG": "airflow.DAG",
    "airflow.models.variable.Variable": "airflow.models.Variable",
    "airflow.models.connection.Connection": "airflow.models.Connection",
    "airflow.models.baseoperator.BaseOperator": "airflow.models.BaseOperator",
    "airflow.models.taskinstance.TaskInstance": "airflow.models.TaskInstance",
    "airflow.operators.python_operator": "airflow.operators.python",
    "airflow.operators.bash_operator": "airflow.operators.bash",
    "airflow.operators.dummy.DummyOperator": "airflow.operators.empty.EmptyOperator",
    "airflow.operators.dummy_operator.DummyOperator": "airflow.operators.empty.EmptyOperator",
    "airflow.providers.standard.operators": "airflow.operators",
    "airflow.hooks.base_hook": "airflow.hooks.base",
    "airflow.sdk.DAG": "airflow.DAG",
    "airflow.sdk.dag": "airflow.decorators.dag",
    "airflow.sdk.task": "airflow.decorators.task",
    "airflow.sdk.task_group": "airflow.decorators.task_group",
    "airflow.sdk.Variable": "airflow.models.Variable",
    "airflow.sdk.Connection": "airflow.models.Connection",
    "airflow.sdk.BaseOperator": "airflow.models.BaseOperator",
    "airflow.decorators.task.python": "airflow.decorators.task",
  },
};

export const PREFECT: LibraryModel = {
  packages: ["prefect"],
  functions: {
    "prefect.flow": { decorator: { object: "prefect.Flow" } },
    "prefect.task": { decorator: { object: "prefect.Task" } },
    "prefect.get_run_logger": "logging.LoggerAdapter",
    "prefect.serve": "None",
  },
  classes: {
    "prefect.Flow": {
      methods: { ...each("serve deploy", "?"), with_options: "Self" },
      attributes: { name: "str" },
    },
    "prefect.Task": {
      methods: { submit: "prefect.futures.PrefectFuture", ...each("map delay", "?"), with_options: "Self" },
      attributes: { name: "str" },
    },
    "prefect.futures.PrefectFuture": { methods: { result: "?", wait: "?" }, attributes: { state: "?" } },
  },
  aliases: { "prefect.flows.flow": "prefect.flow", "prefect.tasks.task": "prefect.task" },
};

const MONKEYPATCH = each("setattr delattr setitem delitem setenv delenv syspath_prepend chdir undo", "None");

export const PYTEST: LibraryModel = {
  packages: ["pytest", "_pytest"],
  functions: {
    "pytest.fixture": { decorator: "same" },
    "pytest.hookimpl": { decorator: "same" },
    ...each("pytest.skip pytest.fail pytest.xfail pytest.exit", "None"),
    "pytest.approx": "?",
    "pytest.importorskip": "?",
    "pytest.param": "?",
    "pytest.raises": "pytest.RaisesContext",
    ...each("pytest.warns pytest.deprecated_call", "pytest.WarningsRecorder"),
    ...each(
      "pytest.mark.parametrize pytest.mark.skip pytest.mark.skipif pytest.mark.xfail pytest.mark.usefixtures pytest.mark.asyncio pytest.mark.django_db pytest.mark.anyio pytest.mark.filterwarnings",
      {
        decorator: "same",
      },
    ),
  },
  classes: {
    "pytest.RaisesContext": { enter: "pytest.ExceptionInfo" },
    "pytest.ExceptionInfo": {
      attributes: { ...each("value type tb", "?"), typename: "str" },
      methods: { ...each("match errisinstance exconly", "?") },
    },
    "pytest.WarningsRecorder": { enter: "Self", methods: { pop: "?" } },
    "pytest.MonkeyPatch": {
      methods: { ...MONKEYPATCH, context: "contextlib.AbstractContextManager[pytest.MonkeyPatch]" },
    },
    "pytest.LogCaptureFixture": {
      attributes: { text: "str", records: "list[logging.LogRecord]", messages: "list[str]" },
      methods: { ...each("clear set_level", "None"), at_level: "?" },
    },
    "pytest.CaptureFixture": { methods: { readouterr: "?" } },
    "pytest.FixtureRequest": {
      attributes: { param: "?" },
      methods: { getfixturevalue: "?", addfinalizer: "None" },
    },
    "pytest.TempPathFactory": { methods: { mktemp: "pathlib.Path", getbasetemp: "pathlib.Path" } },
  },
  aliases: {
    "_pytest.monkeypatch": "pytest",
    "_pytest.logging": "pytest",
    "_pytest.capture": "pytest",
    "_pytest.fixtures": "pytest",
  },
};

/** YAML loaders, by whether they only build plain data. */
const LOADERS =
  "BaseLoader SafeLoader CSafeLoader CBaseLoader FullLoader CFullLoader Loader CLoader UnsafeLoader CUnsafeLoader"
    .split(" ")
    .map((name) => `yaml.${name}`)
    .join(" ");

const LOGURU: Readonly<Record<string, FunctionEntry>> = {
  ...each("trace debug info success warning error critical exception log remove", "None"),
  add: "int",
  ...each("bind opt patch", "Self"),
  contextualize: "?",
  catch: { decorator: "same" },
};

export const HELPERS: LibraryModel = {
  packages: [
    "yaml",
    "structlog",
    "loguru",
    "paramiko",
    "jwt",
    "bs4",
    "tenacity",
    "click",
    "typer",
    "anyio",
    "aiofiles",
    "dotenv",
    "decouple",
    "bcrypt",
    "attr",
    "attrs",
  ],
  functions: {
    ...each("yaml.load yaml.safe_load yaml.full_load yaml.unsafe_load", "?"),
    ...each(
      "yaml.load_all yaml.safe_load_all yaml.full_load_all yaml.unsafe_load_all",
      "collections.abc.Iterator",
    ),
    ...each("yaml.dump yaml.safe_dump yaml.dump_all", "?"),
    ...each("structlog.get_logger structlog.getLogger", "structlog.stdlib.BoundLogger"),
    "jwt.encode": "str",
    "jwt.decode": "dict[str, ?]",
    "jwt.get_unverified_header": "dict[str, ?]",
    ...each("bcrypt.hashpw bcrypt.gensalt", "bytes"),
    "bcrypt.checkpw": "bool",
    ...each("tenacity.retry", { decorator: "same" }),
    ...each("click.command click.group", {
      decorator: { object: "click.Command", returns: "?" },
    }),
    ...each("click.option click.argument click.pass_context click.pass_obj click.version_option", {
      decorator: "same",
    }),
    ...each("click.echo click.secho", "None"),
    ...each("typer.echo typer.secho", "None"),
    ...each("click.prompt", "?"),
    "click.confirm": "bool",
    "typer.run": "None",
    "anyio.sleep": "async None",
    "anyio.run": "?",
    "anyio.to_thread.run_sync": "async ?",
    "anyio.create_task_group": "anyio.abc.TaskGroup",
    "anyio.open_file": "async anyio.AsyncFile",
    "aiofiles.open": "?",
    "dotenv.load_dotenv": "bool",
    "dotenv.dotenv_values": "dict[str, str]",
    ...each(
      "attr.s attr.attrs attr.define attr.frozen attrs.define attrs.frozen attrs.mutable attr.dataclass",
      { decorator: "same" },
    ),
    ...each("attr.ib attr.field attrs.field", "?"),
  },
  classes: {
    ...each(LOADERS, {}),
    "yaml.YAMLError": { bases: ["Exception"] },
    "structlog.stdlib.BoundLogger": {
      methods: {
        ...each("debug info warning warn error critical exception msg log", "None"),
        ...each("bind unbind new try_unbind", "Self"),
        ...each("adebug ainfo awarning aerror acritical aexception", "async None"),
      },
    },
    "loguru._logger.Logger": { methods: LOGURU },
    "paramiko.SSHClient": {
      methods: {
        ...each(
          "connect close set_missing_host_key_policy load_system_host_keys load_host_keys save_host_keys",
          "None",
        ),
        exec_command: "tuple[?, ?, ?]",
        open_sftp: "paramiko.SFTPClient",
        invoke_shell: "?",
        get_transport: "paramiko.Transport",
      },
      enter: "Self",
    },
    "paramiko.SFTPClient": {
      methods: { ...each("put get", "?"), listdir: "list[str]", close: "None", open: "?" },
      enter: "Self",
    },
    "paramiko.Transport": {},
    "paramiko.MissingHostKeyPolicy": {},
    ...each("paramiko.AutoAddPolicy paramiko.WarningPolicy paramiko.RejectPolicy", {
      bases: ["paramiko.MissingHostKeyPolicy"],
    }),
    "paramiko.SSHException": { bases: ["Exception"] },
    "jwt.PyJWTError": { bases: ["Exception"] },
    "jwt.InvalidTokenError": { bases: ["jwt.PyJWTError"] },
    ...each("jwt.DecodeError jwt.ExpiredSignatureError jwt.InvalidAudienceError jwt.InvalidIssuerError", {
      bases: ["jwt.InvalidTokenError"],
    }),
    "bs4.PageElement": {},
    "bs4.Tag": {
      bases: ["bs4.PageElement"],
      methods: {
        ...each("find find_next find_parent find_next_sibling find_previous_sibling", "?"),
        select_one: "bs4.Tag",
        select: "list[bs4.Tag]",
        find_all: "list",
        ...each("get __getitem__", "?"),
        ...each("get_text prettify decode", "str"),
        ...each("decompose extract", "?"),
      },
      attributes: { ...each("text name", "str"), string: "?", attrs: "dict[str, ?]" },
    },
    "bs4.BeautifulSoup": { bases: ["bs4.Tag"], attributes: { title: "bs4.Tag" } },
    "click.Command": {
      methods: { main: "?", ...each("command group", { decorator: "same" }), add_command: "None" },
    },
    "click.Context": {
      methods: { invoke: "?", exit: "None", fail: "None" },
      attributes: { obj: "?", params: "dict[str, ?]" },
    },
    "click.ClickException": { bases: ["Exception"] },
    "typer.Typer": { methods: { ...each("command callback", { decorator: "same" }), add_typer: "None" } },
    "typer.Exit": { bases: ["RuntimeError"] },
    "anyio.abc.TaskGroup": { methods: { start_soon: "None", start: "async ?" }, asyncEnter: "Self" },
    "anyio.AsyncFile": {
      methods: { ...each("read readline", "async ?"), write: "async int", aclose: "async None" },
      asyncEnter: "Self",
    },
    "anyio.Path": {
      methods: {
        read_text: "async str",
        read_bytes: "async bytes",
        ...each("write_text write_bytes", "async int"),
        ...each("exists is_dir is_file", "async bool"),
        ...each("mkdir unlink touch", "async None"),
        open: "async anyio.AsyncFile",
      },
    },
  },
  values: { "loguru.logger": "loguru._logger.Logger" },
  aliases: {
    "bs4.element": "bs4",
    "yaml.loader": "yaml",
    "yaml.cyaml": "yaml",
    "jwt.exceptions": "jwt",
    "paramiko.client": "paramiko",
  },
};
