/** What we know of asyncio, threads, processes and context managers in the standard library. */

import { type ClassModel, each, type LibraryModel } from "../types.ts";

const LOCK: ClassModel = {
  methods: { ...each("acquire locked", "bool"), release: "None" },
  enter: "bool",
};

const ASYNC_LOCK: ClassModel = {
  methods: { acquire: "async bool", locked: "bool", release: "None" },
  asyncEnter: "None",
};

const FUTURE_METHODS = {
  ...each("cancel cancelled done", "bool"),
  ...each("add_done_callback set_exception set_result", "None"),
  exception: "BaseException",
};

const QUEUE: ClassModel = {
  methods: {
    ...each("put put_nowait task_done join shutdown", "None"),
    ...each("get get_nowait", "$0"),
    ...each("empty full", "bool"),
    qsize: "int",
  },
};

const ASYNC_QUEUE: ClassModel = {
  methods: {
    put: "async None",
    get: "async $0",
    join: "async None",
    ...each("put_nowait task_done shutdown", "None"),
    get_nowait: "$0",
    ...each("empty full", "bool"),
    qsize: "int",
  },
};

const LOOP: ClassModel = {
  methods: {
    create_task: "asyncio.Task[@0!]",
    create_future: "asyncio.Future",
    run_until_complete: "@0!",
    run_in_executor: "asyncio.Future",
    ...each("call_soon call_soon_threadsafe", "asyncio.Handle"),
    ...each("call_later call_at", "asyncio.TimerHandle"),
    ...each("run_forever stop close add_signal_handler set_debug set_exception_handler", "None"),
    ...each("is_running is_closed get_debug", "bool"),
    time: "float",
    ...each("sock_recv", "async bytes"),
    ...each("sock_sendall sock_connect shutdown_asyncgens shutdown_default_executor", "async None"),
  },
};

const EXECUTOR: ClassModel = {
  methods: { submit: "concurrent.futures.Future", map: "collections.abc.Iterator", shutdown: "None" },
  enter: "Self",
};

const THREAD: ClassModel = {
  methods: { ...each("start join run", "None"), is_alive: "bool" },
  attributes: { name: "str", daemon: "bool", ident: "int", native_id: "int" },
};

const PROCESS: ClassModel = {
  methods: { ...each("start join run terminate kill close", "None"), is_alive: "bool" },
  attributes: { name: "str", daemon: "bool", pid: "int", exitcode: "int", sentinel: "int" },
};

const POOL: ClassModel = {
  methods: {
    ...each("map starmap", "list"),
    ...each("imap imap_unordered", "collections.abc.Iterator"),
    ...each("apply_async map_async starmap_async", "multiprocessing.pool.AsyncResult"),
    apply: "?",
    ...each("close join terminate", "None"),
  },
  enter: "Self",
};

export const CONCURRENCY: LibraryModel = {
  packages: ["asyncio", "threading", "concurrent", "multiprocessing", "queue", "contextlib", "sched"],
  functions: {
    "asyncio.sleep": "async ?",
    "asyncio.run": "@0!",
    ...each("asyncio.create_task asyncio.ensure_future", "asyncio.Task[@0!]"),
    "asyncio.gather": "asyncio.Future[list]",
    "asyncio.shield": "asyncio.Future[@0!]",
    "asyncio.wait_for": "async @0!",
    "asyncio.wait": "async tuple[set, set]",
    "asyncio.as_completed": "collections.abc.Iterator",
    "asyncio.to_thread": "async ?",
    ...each("asyncio.timeout asyncio.timeout_at", "asyncio.Timeout"),
    ...each(
      "asyncio.get_event_loop asyncio.get_running_loop asyncio.new_event_loop",
      "asyncio.AbstractEventLoop",
    ),
    "asyncio.set_event_loop": "None",
    "asyncio.current_task": "asyncio.Task",
    "asyncio.all_tasks": "set[asyncio.Task]",
    ...each("asyncio.iscoroutine asyncio.iscoroutinefunction asyncio.isfuture", "bool"),
    ...each(
      "asyncio.create_subprocess_exec asyncio.create_subprocess_shell",
      "async asyncio.subprocess.Process",
    ),
    ...each(
      "asyncio.open_connection asyncio.open_unix_connection",
      "async tuple[asyncio.StreamReader, asyncio.StreamWriter]",
    ),
    ...each("asyncio.start_server asyncio.start_unix_server", "async asyncio.Server"),
    "asyncio.run_coroutine_threadsafe": "concurrent.futures.Future[@0!]",
    "asyncio.wrap_future": "asyncio.Future",
    "threading.current_thread": "threading.Thread",
    "threading.main_thread": "threading.Thread",
    "threading.enumerate": "list[threading.Thread]",
    ...each("threading.active_count threading.get_ident threading.get_native_id", "int"),
    "concurrent.futures.as_completed": "collections.abc.Iterator[@0*]",
    "multiprocessing.cpu_count": "int",
    "multiprocessing.current_process": "multiprocessing.Process",
    "multiprocessing.Pool": "multiprocessing.pool.Pool",
    "multiprocessing.Manager": "multiprocessing.managers.SyncManager",
    ...each("multiprocessing.Lock multiprocessing.RLock", "multiprocessing.synchronize.Lock"),
    "multiprocessing.Pipe":
      "tuple[multiprocessing.connection.Connection, multiprocessing.connection.Connection]",
    ...each("multiprocessing.Queue multiprocessing.JoinableQueue", "multiprocessing.queues.Queue"),
    "contextlib.contextmanager": { decorator: "context-manager" },
    "contextlib.asynccontextmanager": { decorator: "async-context-manager" },
  },
  classes: {
    "asyncio.AbstractEventLoop": LOOP,
    "asyncio.Future": { methods: { ...FUTURE_METHODS, result: "$0" }, awaits: "$0" },
    "asyncio.Task": {
      bases: ["asyncio.Future[$0]"],
      methods: {
        ...FUTURE_METHODS,
        result: "$0",
        get_name: "str",
        set_name: "None",
        uncancel: "int",
        cancelling: "int",
      },
      awaits: "$0",
    },
    "asyncio.TaskGroup": { methods: { create_task: "asyncio.Task[@0!]" }, asyncEnter: "Self" },
    "asyncio.Timeout": { methods: { reschedule: "None", expired: "bool" }, asyncEnter: "Self" },
    "asyncio.Runner": {
      methods: { run: "@0!", close: "None", get_loop: "asyncio.AbstractEventLoop" },
      enter: "Self",
    },
    ...each("asyncio.Lock asyncio.Semaphore asyncio.BoundedSemaphore", ASYNC_LOCK),
    "asyncio.Condition": {
      ...ASYNC_LOCK,
      methods: { ...ASYNC_LOCK.methods, wait: "async bool", ...each("notify notify_all", "None") },
    },
    "asyncio.Event": { methods: { ...each("set clear", "None"), is_set: "bool", wait: "async bool" } },
    ...each("asyncio.Queue asyncio.PriorityQueue asyncio.LifoQueue", ASYNC_QUEUE),
    ...each("asyncio.Handle asyncio.TimerHandle", { methods: { cancel: "None", cancelled: "bool" } }),
    "asyncio.StreamReader": {
      methods: { ...each("read readexactly readline readuntil", "async bytes"), at_eof: "bool" },
      asyncIterates: "bytes",
    },
    "asyncio.StreamWriter": {
      methods: {
        ...each("write writelines write_eof close", "None"),
        ...each("drain wait_closed start_tls", "async None"),
        ...each("can_write_eof is_closing", "bool"),
      },
    },
    "asyncio.Server": {
      methods: {
        close: "None",
        is_serving: "bool",
        ...each("serve_forever start_serving wait_closed", "async None"),
      },
      asyncEnter: "Self",
    },
    "asyncio.subprocess.Process": {
      methods: {
        wait: "async int",
        communicate: "async tuple[bytes, bytes]",
        ...each("send_signal terminate kill", "None"),
      },
      attributes: {
        pid: "int",
        returncode: "int",
        stdin: "asyncio.StreamWriter",
        ...each("stdout stderr", "asyncio.StreamReader"),
      },
    },
    "asyncio.CancelledError": { bases: ["BaseException"] },
    "asyncio.TimeoutError": { bases: ["TimeoutError"] },
    "threading.Thread": THREAD,
    "threading.Timer": {
      ...THREAD,
      bases: ["threading.Thread"],
      methods: { ...THREAD.methods, cancel: "None" },
    },
    ...each("threading.Lock threading.RLock threading.Semaphore threading.BoundedSemaphore", LOCK),
    "threading.Condition": {
      ...LOCK,
      methods: { ...LOCK.methods, ...each("wait wait_for", "bool"), ...each("notify notify_all", "None") },
    },
    "threading.Event": { methods: { ...each("set clear", "None"), ...each("is_set wait", "bool") } },
    "threading.Barrier": { methods: { wait: "int", ...each("reset abort", "None") } },
    "threading.local": {},
    "concurrent.futures.Future": { methods: { ...FUTURE_METHODS, result: "$0", running: "bool" } },
    "concurrent.futures.Executor": EXECUTOR,
    ...each("concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor", {
      ...EXECUTOR,
      bases: ["concurrent.futures.Executor"],
    }),
    "multiprocessing.Process": PROCESS,
    "multiprocessing.pool.Pool": POOL,
    "multiprocessing.pool.ThreadPool": { ...POOL, bases: ["multiprocessing.pool.Pool"] },
    "multiprocessing.pool.AsyncResult": {
      methods: { get: "?", wait: "None", ...each("ready successful", "bool") },
    },
    "multiprocessing.synchronize.Lock": LOCK,
    "multiprocessing.queues.Queue": QUEUE,
    "multiprocessing.connection.Connection": {
      methods: {
        recv: "?",
        recv_bytes: "bytes",
        poll: "bool",
        fileno: "int",
        ...each("send send_bytes close", "None"),
      },
      enter: "Self",
    },
    "multiprocessing.managers.SyncManager": {
      methods: { shutdown: "None", dict: "dict", list: "list" },
      enter: "Self",
    },
    ...each("queue.Queue queue.LifoQueue queue.PriorityQueue queue.SimpleQueue", QUEUE),
    ...each("queue.Empty queue.Full", { bases: ["Exception"] }),
    "contextlib.AbstractContextManager": { enter: "$0" },
    "contextlib.AbstractAsyncContextManager": { asyncEnter: "$0" },
    "contextlib.ExitStack": {
      methods: { enter_context: "?", close: "None", pop_all: "Self", push: "@0", callback: "@0" },
      enter: "Self",
    },
    "contextlib.AsyncExitStack": {
      methods: { enter_context: "?", enter_async_context: "async ?", aclose: "async None", pop_all: "Self" },
      asyncEnter: "Self",
    },
    "contextlib.closing": { methods: { __new__: "contextlib.closing[@0]" }, enter: "$0" },
    "contextlib.aclosing": { methods: { __new__: "contextlib.aclosing[@0]" }, asyncEnter: "$0" },
    "contextlib.nullcontext": {
      methods: { __new__: "contextlib.nullcontext[@0]" },
      enter: "$0",
      asyncEnter: "$0",
    },
    "contextlib.suppress": { enter: "None" },
    ...each("contextlib.redirect_stdout contextlib.redirect_stderr", { enter: "?" }),
    "contextlib.chdir": { enter: "None" },
  },
  aliases: {
    "asyncio.exceptions": "asyncio",
    "asyncio.tasks": "asyncio",
    "asyncio.locks": "asyncio",
    "asyncio.queues": "asyncio",
    "asyncio.futures": "asyncio",
    "asyncio.events.get_event_loop": "asyncio.get_event_loop",
    "concurrent.futures.thread.ThreadPoolExecutor": "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.process.ProcessPoolExecutor": "concurrent.futures.ProcessPoolExecutor",
  },
  keepsBuiltins: ["threading", "contextlib", "queue"],
};
