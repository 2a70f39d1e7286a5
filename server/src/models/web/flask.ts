/** What we know of Flask, its common extensions, Werkzeug, Jinja2 and MarkupSafe. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

/** Decorators of applications and blueprints that register the function and hand it back. */
const REGISTERING: Readonly<Record<string, FunctionEntry>> = each(
  `route get post put patch delete endpoint before_request after_request teardown_request errorhandler
  context_processor url_value_preprocessor url_defaults app_errorhandler before_app_request after_app_request
  teardown_app_request app_context_processor app_template_filter app_template_test app_template_global
  template_filter template_test template_global teardown_appcontext shell_context_processor before_first_request`,
  { decorator: "same" },
);

const SCAFFOLD: ClassModel = {
  methods: {
    ...REGISTERING,
    ...each("add_url_rule register_error_handler register_blueprint", "None"),
    send_static_file: "flask.Response",
  },
  attributes: { ...each("name import_name root_path static_folder template_folder", "str") },
};

const MULTI_DICT: ClassModel = {
  bases: ["dict[$0, $1]"],
  methods: {
    ...each("get __getitem__ pop", "$1"),
    getlist: "list[$1]",
    to_dict: "dict[$0, $1]",
    ...each("items", "collections.abc.Iterator[tuple[$0, $1]]"),
    lists: "collections.abc.Iterator[tuple[$0, list[$1]]]",
    ...each("add setlist", "None"),
  },
  iterates: "$0",
};

const TEXT_DICT = "werkzeug.datastructures.MultiDict[str, str]";

const REQUEST: ClassModel = {
  attributes: {
    ...each("args form values", TEXT_DICT),
    files: "werkzeug.datastructures.MultiDict[str, werkzeug.datastructures.FileStorage]",
    cookies: TEXT_DICT,
    headers: "werkzeug.datastructures.Headers",
    ...each("json view_args", "?"),
    data: "bytes",
    environ: "dict[str, ?]",
    ...each(
      "method path full_path script_root url base_url url_root host host_url remote_addr scheme referrer content_type mimetype endpoint blueprint root_path",
      "str",
    ),
    query_string: "bytes",
    ...each("is_json is_secure", "bool"),
    content_length: "int",
    authorization: "werkzeug.datastructures.Authorization",
    user_agent: "werkzeug.user_agent.UserAgent",
    stream: "?",
    access_route: "list[str]",
  },
  methods: {
    get_json: "?",
    get_data: { returnsBy: { position: 1, keyword: "as_text", types: { "": "bytes" } } },
    close: "None",
  },
};

const RESPONSE: ClassModel = {
  methods: {
    ...each("set_cookie delete_cookie set_data close set_etag", "None"),
    get_json: "?",
    get_data: { returnsBy: { position: 0, keyword: "as_text", types: { "": "bytes" } } },
  },
  attributes: {
    headers: "werkzeug.datastructures.Headers",
    status_code: "int",
    ...each("status mimetype content_type location", "str"),
    data: "bytes",
    json: "?",
    is_json: "bool",
  },
};

const HTTP_ERRORS =
  `BadRequest Unauthorized Forbidden NotFound MethodNotAllowed NotAcceptable RequestTimeout Conflict Gone
  LengthRequired PreconditionFailed RequestEntityTooLarge UnsupportedMediaType UnprocessableEntity TooManyRequests
  InternalServerError NotImplemented BadGateway ServiceUnavailable GatewayTimeout`
    .split(/\s+/)
    .map((name) => `werkzeug.exceptions.${name}`)
    .join(" ");

export const WERKZEUG: LibraryModel = {
  packages: ["werkzeug"],
  functions: {
    "werkzeug.utils.secure_filename": "str",
    "werkzeug.utils.safe_join": "str",
    "werkzeug.utils.redirect": "werkzeug.wrappers.Response",
    "werkzeug.utils.cached_property": { decorator: "property" },
    "werkzeug.security.generate_password_hash": "str",
    "werkzeug.security.check_password_hash": "bool",
    "werkzeug.security.gen_salt": "str",
    "werkzeug.exceptions.abort": "None",
    "werkzeug.serving.run_simple": "None",
  },
  classes: {
    "werkzeug.wrappers.Request": REQUEST,
    "werkzeug.wrappers.Response": RESPONSE,
    "werkzeug.datastructures.MultiDict": MULTI_DICT,
    ...each("werkzeug.datastructures.ImmutableMultiDict werkzeug.datastructures.CombinedMultiDict", {
      bases: ["werkzeug.datastructures.MultiDict[$0, $1]"],
    }),
    "werkzeug.datastructures.Headers": {
      methods: {
        ...each("get __getitem__", "str"),
        ...each("getlist get_all", "list[str]"),
        ...each("add set extend clear setdefault", "None"),
        __contains__: "bool",
      },
      iterates: "tuple[str, str]",
    },
    "werkzeug.datastructures.FileStorage": {
      methods: {
        read: "bytes",
        readline: "bytes",
        readlines: "list[bytes]",
        ...each("save close", "None"),
        seek: "int",
        tell: "int",
      },
      attributes: {
        ...each("filename name content_type mimetype", "str"),
        content_length: "int",
        stream: "?",
        headers: "werkzeug.datastructures.Headers",
      },
      iterates: "bytes",
    },
    "werkzeug.datastructures.Authorization": { attributes: each("type username password token", "str") },
    "werkzeug.user_agent.UserAgent": { attributes: each("string platform browser version language", "str") },
    "werkzeug.exceptions.HTTPException": {
      bases: ["Exception"],
      attributes: { code: "int", ...each("description name", "str") },
      methods: { get_response: "werkzeug.wrappers.Response" },
    },
    ...each(HTTP_ERRORS, { bases: ["werkzeug.exceptions.HTTPException"] }),
    "werkzeug.test.TestResponse": {
      ...RESPONSE,
      bases: ["werkzeug.wrappers.Response"],
      attributes: { ...RESPONSE.attributes, text: "str" },
    },
    ...each("werkzeug.middleware.proxy_fix.ProxyFix", {}),
  },
  aliases: {
    "werkzeug.security.safe_join": "werkzeug.utils.safe_join",
    "werkzeug.secure_filename": "werkzeug.utils.secure_filename",
    "werkzeug.datastructures.file_storage.FileStorage": "werkzeug.datastructures.FileStorage",
    "werkzeug.datastructures.structures.MultiDict": "werkzeug.datastructures.MultiDict",
    "werkzeug.wrappers.request.Request": "werkzeug.wrappers.Request",
    "werkzeug.wrappers.response.Response": "werkzeug.wrappers.Response",
  },
};

export const FLASK: LibraryModel = {
  packages:
    `flask quart flask_sqlalchemy flask_wtf wtforms flask_login flask_cors flask_restful flask_limiter`.split(
      " ",
    ),
  functions: {
    ...each("flask.render_template flask.render_template_string", "str"),
    ...each("flask.stream_template flask.stream_template_string", "collections.abc.Iterator[str]"),
    ...each("flask.jsonify flask.make_response flask.send_file flask.send_from_directory", "flask.Response"),
    "flask.redirect": "werkzeug.wrappers.Response",
    "flask.abort": "None",
    "flask.url_for": "str",
    "flask.flash": "None",
    "flask.get_flashed_messages": "list",
    "flask.after_this_request": { decorator: "same" },
    "flask.stream_with_context": "@0",
    ...each("flask.has_request_context flask.has_app_context", "bool"),
    "flask.json.dumps": "str",
    "flask.json.loads": "?",
    ...each("flask_login.login_required flask_login.fresh_login_required", { decorator: "same" }),
    ...each("flask_login.login_user", "bool"),
    ...each("flask_login.logout_user", "bool"),
    "flask_cors.cross_origin": { decorator: "same" },
  },
  classes: {
    "flask.sansio.scaffold.Scaffold": SCAFFOLD,
    "flask.Flask": {
      ...SCAFFOLD,
      bases: ["flask.sansio.scaffold.Scaffold"],
      methods: {
        ...SCAFFOLD.methods,
        run: "None",
        test_client: "flask.testing.FlaskClient",
        test_cli_runner: "?",
        ...each("app_context", "flask.ctx.AppContext"),
        ...each("test_request_context request_context", "flask.ctx.RequestContext"),
        make_response: "flask.Response",
        open_resource: "?",
        url_for: "str",
      },
      attributes: {
        ...SCAFFOLD.attributes,
        config: "flask.Config",
        logger: "logging.Logger",
        jinja_env: "jinja2.Environment",
        ...each("debug testing", "bool"),
        secret_key: "?",
        url_map: "?",
        extensions: "dict[str, ?]",
        instance_path: "str",
      },
    },
    "flask.Blueprint": { ...SCAFFOLD, bases: ["flask.sansio.scaffold.Scaffold"] },
    "flask.Request": { ...REQUEST, bases: ["werkzeug.wrappers.Request"] },
    "flask.Response": { ...RESPONSE, bases: ["werkzeug.wrappers.Response"] },
    "flask.Config": {
      bases: ["dict[str, ?]"],
      methods: {
        ...each("from_pyfile from_file from_envvar from_mapping from_prefixed_env", "bool"),
        from_object: "None",
        get_namespace: "dict[str, ?]",
      },
    },
    "flask.sessions.SessionMixin": {
      bases: ["collections.abc.MutableMapping[str, ?]"],
      attributes: each("permanent new modified accessed", "bool"),
    },
    "flask.ctx._AppCtxGlobals": { methods: { ...each("get pop setdefault", "?") } },
    "flask.ctx.AppContext": { enter: "Self", methods: each("push pop", "None") },
    "flask.ctx.RequestContext": { enter: "Self", methods: each("push pop", "None") },
    "flask.testing.FlaskClient": {
      methods: {
        ...each("get post put patch delete head options trace open", "werkzeug.test.TestResponse"),
        ...each("set_cookie delete_cookie", "None"),
        session_transaction: "?",
      },
      enter: "Self",
    },
    "flask.views.View": { methods: { as_view: "?" } },
    "flask.views.MethodView": { bases: ["flask.views.View"] },
    "flask_sqlalchemy.SQLAlchemy": {
      attributes: {
        session: "sqlalchemy.orm.scoped_session",
        Model: "type[flask_sqlalchemy.model.Model]",
        engine: "sqlalchemy.Engine",
        metadata: "sqlalchemy.MetaData",
      },
      methods: {
        ...each("create_all drop_all init_app reflect", "None"),
        // The extension offers the names of SQLAlchemy as its own.
        Column: { name: "sqlalchemy.Column", returns: "sqlalchemy.Column" },
        ForeignKey: { name: "sqlalchemy.ForeignKey", returns: "sqlalchemy.ForeignKey" },
        relationship: { name: "sqlalchemy.orm.relationship", returns: "?" },
        text: { name: "sqlalchemy.text", returns: "sqlalchemy.TextClause" },
        select: { name: "sqlalchemy.select", returns: "sqlalchemy.Select[@0()]" },
        ...each("get_or_404 first_or_404 one_or_404", "?"),
        paginate: "?",
      },
    },
    "flask_sqlalchemy.model.Model": {
      bases: ["sqlalchemy.orm.DeclarativeBase"],
      attributes: { query: "sqlalchemy.orm.Query[Self]" },
    },
    "flask_wtf.FlaskForm": {
      bases: ["wtforms.Form"],
      methods: { validate_on_submit: "bool", hidden_tag: "str", is_submitted: "bool" },
    },
    "flask_wtf.CSRFProtect": { methods: { exempt: { decorator: "same" }, init_app: "None" } },
    "wtforms.Form": {
      methods: { validate: "bool", populate_obj: "None" },
      attributes: { data: "dict[str, ?]", errors: "dict[str, ?]" },
    },
    "flask_login.LoginManager": {
      methods: {
        init_app: "None",
        user_loader: { decorator: "same" },
        unauthorized_handler: { decorator: "same" },
      },
    },
    "flask_login.UserMixin": {
      attributes: each("is_authenticated is_active is_anonymous", "bool"),
      methods: { get_id: "str" },
    },
    "flask_cors.CORS": {},
    "flask_restful.Resource": { bases: ["flask.views.MethodView"] },
    "flask_restful.Api": { methods: { add_resource: "None" } },
    "flask_limiter.Limiter": {
      methods: { limit: { decorator: "same" }, exempt: { decorator: "same" }, init_app: "None" },
    },
  },
  values: {
    "flask.request": "flask.Request",
    "flask.session": "flask.sessions.SessionMixin",
    "flask.g": "flask.ctx._AppCtxGlobals",
    "flask.current_app": "flask.Flask",
  },
  aliases: {
    "flask.app.Flask": "flask.Flask",
    "flask.blueprints.Blueprint": "flask.Blueprint",
    "flask.wrappers": "flask",
    "flask.config.Config": "flask.Config",
    "flask.globals": "flask",
    "flask.helpers": "flask",
    "flask.templating": "flask",
    "flask.json.jsonify": "flask.jsonify",
    "flask.Markup": "markupsafe.Markup",
    "flask.escape": "markupsafe.escape",
    "flask.safe_join": "werkzeug.utils.safe_join",
    "flask_wtf.csrf.CSRFProtect": "flask_wtf.CSRFProtect",
    "flask_wtf.form.FlaskForm": "flask_wtf.FlaskForm",
  },
  keepsBuiltins: ["flask"],
};

const TEMPLATE: ClassModel = {
  methods: {
    render: "str",
    render_async: "async str",
    ...each("generate", "collections.abc.Iterator[str]"),
    stream: "jinja2.environment.TemplateStream",
  },
  attributes: each("name filename", "str"),
};

const ENVIRONMENT: ClassModel = {
  methods: {
    ...each("from_string get_template select_template get_or_select_template", "jinja2.Template"),
    list_templates: "list[str]",
    ...each("add_extension", "None"),
    overlay: "Self",
  },
  attributes: { ...each("filters globals tests", "dict[str, ?]"), autoescape: "?" },
};

export const JINJA: LibraryModel = {
  packages: ["jinja2", "markupsafe"],
  functions: {
    "jinja2.select_autoescape": "?",
    "markupsafe.escape": "markupsafe.Markup",
    "markupsafe.escape_silent": "markupsafe.Markup",
    ...each("jinja2.pass_context jinja2.pass_environment jinja2.pass_eval_context", { decorator: "same" }),
  },
  classes: {
    "jinja2.Template": TEMPLATE,
    "jinja2.Environment": ENVIRONMENT,
    "jinja2.sandbox.SandboxedEnvironment": { bases: ["jinja2.Environment"] },
    "jinja2.sandbox.ImmutableSandboxedEnvironment": { bases: ["jinja2.sandbox.SandboxedEnvironment"] },
    ...each(
      "jinja2.FileSystemLoader jinja2.PackageLoader jinja2.DictLoader jinja2.ChoiceLoader jinja2.FunctionLoader jinja2.PrefixLoader",
      {
        bases: ["jinja2.BaseLoader"],
      },
    ),
    "jinja2.BaseLoader": {},
    "jinja2.environment.TemplateStream": { iterates: "str", methods: { dump: "None" } },
    "jinja2.TemplateError": { bases: ["Exception"] },
    ...each("jinja2.TemplateNotFound", { bases: ["LookupError", "jinja2.TemplateError"] }),
    ...each("jinja2.TemplateSyntaxError jinja2.UndefinedError", { bases: ["jinja2.TemplateError"] }),
    "markupsafe.Markup": {
      bases: ["str"],
      methods: {
        unescape: "str",
        striptags: "str",
        escape: "markupsafe.Markup",
        __mod__: "Self",
        __add__: "Self",
        format: "Self",
      },
    },
  },
  aliases: {
    "jinja2.environment.Environment": "jinja2.Environment",
    "jinja2.environment.Template": "jinja2.Template",
    "jinja2.loaders": "jinja2",
    "jinja2.exceptions": "jinja2",
    "jinja2.Markup": "markupsafe.Markup",
    "jinja2.escape": "markupsafe.escape",
    "jinja2.utils.select_autoescape": "jinja2.select_autoescape",
  },
};
