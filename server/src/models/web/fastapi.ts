/** What we know of FastAPI, Starlette and Pydantic. Objects of Starlette go by FastAPI's name where it has one. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

const ROUTES: Readonly<Record<string, FunctionEntry>> = each(
  "get post put patch delete head options trace websocket api_route on_event middleware exception_handler route websocket_route",
  { decorator: "same" },
);

const ROUTER: ClassModel = {
  methods: {
    ...ROUTES,
    ...each(
      "include_router add_api_route add_route mount add_websocket_route add_event_handler host",
      "None",
    ),
    url_path_for: "?",
  },
  attributes: { routes: "list", ...each("prefix", "str"), tags: "list[str]", dependency_overrides: "dict" },
};

const CONNECTION = {
  headers: "starlette.datastructures.Headers",
  query_params: "starlette.datastructures.QueryParams",
  path_params: "dict[str, ?]",
  cookies: "dict[str, str]",
  client: "starlette.datastructures.Address",
  url: "starlette.datastructures.URL",
  base_url: "starlette.datastructures.URL",
  session: "dict[str, ?]",
  ...each("auth user scope", "?"),
  state: "starlette.datastructures.State",
  app: "?",
};

const REQUEST: ClassModel = {
  attributes: { ...CONNECTION, method: "str" },
  methods: {
    body: "async bytes",
    json: "async ?",
    form: "starlette.requests._FormContextManager",
    stream: "collections.abc.AsyncIterator[bytes]",
    ...each("close", "async None"),
    is_disconnected: "async bool",
    url_for: "starlette.datastructures.URL",
  },
};

const WEB_SOCKET: ClassModel = {
  attributes: CONNECTION,
  methods: {
    ...each("accept close send send_text send_bytes send_json", "async None"),
    receive: "async dict[str, ?]",
    receive_text: "async str",
    receive_bytes: "async bytes",
    receive_json: "async ?",
    iter_text: "collections.abc.AsyncIterator[str]",
    iter_bytes: "collections.abc.AsyncIterator[bytes]",
    iter_json: "collections.abc.AsyncIterator",
  },
};

const RESPONSE: ClassModel = {
  attributes: {
    status_code: "int",
    body: "bytes",
    headers: "starlette.datastructures.MutableHeaders",
    media_type: "str",
    background: "?",
  },
  methods: { ...each("set_cookie delete_cookie init_headers", "None"), render: "bytes" },
};

const CLIENT_METHODS = each("get post put patch delete head options request", "httpx.Response");

export const FASTAPI: LibraryModel = {
  packages: ["fastapi", "starlette", "uvicorn"],
  functions: {
    ...each(
      "fastapi.Depends fastapi.Security fastapi.Body fastapi.Query fastapi.Path fastapi.Header fastapi.Cookie fastapi.Form fastapi.File",
      "?",
    ),
    "fastapi.encoders.jsonable_encoder": "?",
    "fastapi.concurrency.run_in_threadpool": "async ?",
    "starlette.concurrency.iterate_in_threadpool": "collections.abc.AsyncIterator[@0*]",
    "uvicorn.run": "None",
  },
  classes: {
    "starlette.applications.Starlette": {
      ...ROUTER,
      methods: { ...ROUTER.methods, add_middleware: "None", add_exception_handler: "None" },
    },
    "fastapi.FastAPI": {
      ...ROUTER,
      bases: ["starlette.applications.Starlette"],
      methods: {
        ...ROUTER.methods,
        ...each("add_middleware add_exception_handler", "None"),
        openapi: "dict[str, ?]",
      },
      attributes: {
        ...ROUTER.attributes,
        state: "starlette.datastructures.State",
        ...each("title version description", "str"),
      },
    },
    "fastapi.APIRouter": { ...ROUTER, bases: ["starlette.routing.Router"] },
    "starlette.routing.Router": ROUTER,
    ...each("starlette.routing.Route starlette.routing.Mount starlette.routing.WebSocketRoute", {}),
    "fastapi.Request": REQUEST,
    "fastapi.WebSocket": WEB_SOCKET,
    "fastapi.Response": RESPONSE,
    ...each(
      "fastapi.responses.JSONResponse fastapi.responses.HTMLResponse fastapi.responses.PlainTextResponse fastapi.responses.RedirectResponse fastapi.responses.StreamingResponse fastapi.responses.FileResponse",
      { bases: ["fastapi.Response"] },
    ),
    ...each("fastapi.responses.ORJSONResponse fastapi.responses.UJSONResponse", {
      bases: ["fastapi.responses.JSONResponse"],
    }),
    "starlette.exceptions.HTTPException": {
      bases: ["Exception"],
      attributes: { status_code: "int", detail: "?", headers: "?" },
    },
    "fastapi.HTTPException": { bases: ["starlette.exceptions.HTTPException"] },
    "fastapi.WebSocketException": { bases: ["Exception"] },
    "fastapi.WebSocketDisconnect": { bases: ["Exception"], attributes: { code: "int", reason: "str" } },
    "fastapi.exceptions.RequestValidationError": {
      bases: ["fastapi.exceptions.ValidationException"],
      attributes: { body: "?" },
    },
    "fastapi.exceptions.ValidationException": {
      bases: ["Exception"],
      methods: { errors: "collections.abc.Sequence" },
    },
    "starlette.datastructures.UploadFile": {
      attributes: {
        ...each("filename content_type", "str"),
        size: "int",
        file: "?",
        headers: "starlette.datastructures.Headers",
      },
      methods: { read: "async bytes", ...each("write seek close", "async None") },
    },
    "fastapi.UploadFile": {
      bases: ["starlette.datastructures.UploadFile"],
      attributes: {
        ...each("filename content_type", "str"),
        size: "int",
        file: "?",
        headers: "starlette.datastructures.Headers",
      },
      methods: { read: "async bytes", ...each("write seek close", "async None") },
    },
    "fastapi.BackgroundTasks": {
      bases: ["starlette.background.BackgroundTask"],
      methods: { add_task: "None" },
    },
    "starlette.background.BackgroundTask": {},
    "starlette.datastructures.Headers": {
      bases: ["collections.abc.Mapping[str, str]"],
      methods: { ...each("get __getitem__", "str"), getlist: "list[str]" },
    },
    "starlette.datastructures.MutableHeaders": {
      bases: ["starlette.datastructures.Headers"],
      methods: { ...each("append update add_vary_header", "None"), setdefault: "str" },
    },
    "starlette.datastructures.QueryParams": {
      bases: ["collections.abc.Mapping[str, str]"],
      methods: {
        ...each("get __getitem__", "str"),
        getlist: "list[str]",
        multi_items: "list[tuple[str, str]]",
      },
    },
    "starlette.datastructures.FormData": {
      bases: ["collections.abc.Mapping[str, ?]"],
      methods: { ...each("get __getitem__", "?"), getlist: "list", close: "async None" },
    },
    "starlette.requests._FormContextManager": {
      awaits: "starlette.datastructures.FormData",
      asyncEnter: "starlette.datastructures.FormData",
    },
    "starlette.datastructures.Address": { bases: ["tuple[?]"], attributes: { host: "str", port: "int" } },
    "starlette.datastructures.URL": {
      attributes: {
        ...each("scheme netloc path query fragment username password hostname", "str"),
        port: "int",
        is_secure: "bool",
      },
      methods: each("replace include_query_params remove_query_params", "Self"),
    },
    "starlette.datastructures.State": {},
    "starlette.middleware.base.BaseHTTPMiddleware": {},
    ...each(
      "fastapi.middleware.cors.CORSMiddleware fastapi.middleware.gzip.GZipMiddleware fastapi.middleware.httpsredirect.HTTPSRedirectMiddleware fastapi.middleware.trustedhost.TrustedHostMiddleware starlette.middleware.sessions.SessionMiddleware starlette.middleware.Middleware",
      {},
    ),
    "fastapi.staticfiles.StaticFiles": {},
    "fastapi.templating.Jinja2Templates": {
      methods: { TemplateResponse: "fastapi.responses.HTMLResponse", get_template: "jinja2.Template" },
    },
    "fastapi.testclient.TestClient": { bases: ["httpx.Client"], methods: CLIENT_METHODS, enter: "Self" },
    ...each(
      "fastapi.security.OAuth2PasswordBearer fastapi.security.HTTPBearer fastapi.security.HTTPBasic fastapi.security.APIKeyHeader fastapi.security.APIKeyCookie fastapi.security.APIKeyQuery",
      {},
    ),
    "fastapi.security.HTTPAuthorizationCredentials": {
      bases: ["pydantic.BaseModel"],
      attributes: each("scheme credentials", "str"),
    },
    "fastapi.security.HTTPBasicCredentials": {
      bases: ["pydantic.BaseModel"],
      attributes: each("username password", "str"),
    },
    "fastapi.security.OAuth2PasswordRequestForm": {
      attributes: {
        ...each("username password grant_type client_id client_secret", "str"),
        scopes: "list[str]",
      },
    },
  },
  aliases: {
    "fastapi.applications.FastAPI": "fastapi.FastAPI",
    "fastapi.routing.APIRouter": "fastapi.APIRouter",
    "fastapi.requests": "fastapi",
    "fastapi.websockets": "fastapi",
    "fastapi.background.BackgroundTasks": "fastapi.BackgroundTasks",
    "fastapi.datastructures.UploadFile": "fastapi.UploadFile",
    "fastapi.exceptions.HTTPException": "fastapi.HTTPException",
    "fastapi.param_functions": "fastapi",
    "fastapi.responses.Response": "fastapi.Response",
    "starlette.requests.Request": "fastapi.Request",
    "starlette.websockets": "fastapi",
    "starlette.responses.Response": "fastapi.Response",
    "starlette.responses": "fastapi.responses",
    "starlette.status": "fastapi.status",
    "starlette.testclient": "fastapi.testclient",
    "starlette.staticfiles": "fastapi.staticfiles",
    "starlette.templating": "fastapi.templating",
    "starlette.middleware.cors": "fastapi.middleware.cors",
    "starlette.middleware.gzip": "fastapi.middleware.gzip",
    "starlette.middleware.httpsredirect": "fastapi.middleware.httpsredirect",
    "starlette.middleware.trustedhost": "fastapi.middleware.trustedhost",
    "starlette.concurrency.run_in_threadpool": "fastapi.concurrency.run_in_threadpool",
  },
};

const BASE_MODEL: ClassModel = {
  methods: {
    ...each("model_dump dict", "dict[str, ?]"),
    ...each("model_dump_json json", "str"),
    ...each(
      "model_validate model_validate_json model_validate_strings model_construct model_copy copy parse_obj parse_raw parse_file from_orm construct",
      "Self",
    ),
    ...each("model_json_schema schema", "dict[str, ?]"),
    schema_json: "str",
    model_post_init: "None",
    ...each("model_rebuild update_forward_refs", "?"),
  },
  attributes: {
    ...each("model_fields model_extra model_computed_fields", "dict[str, ?]"),
    model_fields_set: "set[str]",
  },
};

export const PYDANTIC: LibraryModel = {
  packages: ["pydantic", "pydantic_settings"],
  functions: {
    ...each("pydantic.Field pydantic.PrivateAttr", "?"),
    ...each("pydantic.conint pydantic.constr pydantic.confloat pydantic.condecimal pydantic.conlist", "?"),
    ...each("pydantic.validator pydantic.root_validator pydantic.field_validator", {
      decorator: "class-method",
    }),
    ...each(
      "pydantic.model_validator pydantic.field_serializer pydantic.model_serializer pydantic.validate_call pydantic.validate_arguments",
      {
        decorator: "same",
      },
    ),
    "pydantic.computed_field": { decorator: "same" },
    "pydantic.create_model": "type[pydantic.BaseModel]",
    ...each("pydantic.parse_obj_as", "?"),
    "pydantic.dataclasses.dataclass": { decorator: "same" },
  },
  classes: {
    "pydantic.BaseModel": BASE_MODEL,
    "pydantic.RootModel": { bases: ["pydantic.BaseModel"], attributes: { root: "$0" } },
    "pydantic_settings.BaseSettings": { bases: ["pydantic.BaseModel"] },
    "pydantic_settings.SettingsConfigDict": {},
    "pydantic.ConfigDict": {},
    "pydantic.TypeAdapter": {
      methods: { ...each("validate_python validate_json", "?"), dump_json: "bytes" },
    },
    "pydantic.SecretStr": { methods: { get_secret_value: "str" } },
    "pydantic.SecretBytes": { methods: { get_secret_value: "bytes" } },
    ...each("pydantic.EmailStr pydantic.NameEmail", { bases: ["str"] }),
    ...each("pydantic.AnyUrl pydantic.AnyHttpUrl pydantic.HttpUrl pydantic.PostgresDsn pydantic.RedisDsn", {
      attributes: { ...each("scheme host path query fragment username password", "str"), port: "int" },
    }),
    "pydantic.ValidationError": {
      bases: ["ValueError"],
      methods: { errors: "list[dict[str, ?]]", error_count: "int", json: "str" },
    },
  },
  aliases: {
    "pydantic.main.BaseModel": "pydantic.BaseModel",
    "pydantic.fields.Field": "pydantic.Field",
    "pydantic.networks": "pydantic",
    "pydantic.types": "pydantic",
    "pydantic.error_wrappers.ValidationError": "pydantic.ValidationError",
    "pydantic_core.ValidationError": "pydantic.ValidationError",
    "pydantic.class_validators": "pydantic",
    "pydantic.functional_validators": "pydantic",
    "pydantic.v1": "pydantic",
    "pydantic.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic_settings.main.BaseSettings": "pydantic_settings.BaseSettings",
  },
};
