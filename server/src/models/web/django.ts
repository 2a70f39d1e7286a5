/** What we know of Django and Django REST framework. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

/** Methods of QuerySet that give another one, of the same model. */
const CHAINING = `all filter exclude annotate alias order_by reverse distinct select_related prefetch_related defer
  only using select_for_update union intersection difference extra none complex_filter`;

const QUERY_METHODS: Readonly<Record<string, FunctionEntry>> = {
  ...each(CHAINING, "Self"),
  ...each("values values_list dates datetimes", "django.db.models.QuerySet"),
  raw: "django.db.models.RawQuerySet[$0]",
  ...each("get first last latest earliest create", "$0"),
  ...each("get_or_create update_or_create", "tuple[$0, bool]"),
  ...each("exists contains", "bool"),
  ...each("count update bulk_update", "int"),
  delete: "tuple[int, dict[str, int]]",
  bulk_create: "list[$0]",
  in_bulk: "dict[?, $0]",
  iterator: "collections.abc.Iterator[$0]",
  aiterator: "collections.abc.AsyncIterator[$0]",
  aggregate: "dict[str, ?]",
  explain: "str",
  ...each("aget afirst alast alatest aearliest acreate", "async $0"),
  ...each("aget_or_create aupdate_or_create", "async tuple[$0, bool]"),
  ...each("aexists acontains", "async bool"),
  ...each("acount aupdate abulk_update", "async int"),
  adelete: "async tuple[int, dict[str, int]]",
  abulk_create: "async list[$0]",
  aaggregate: "async dict[str, ?]",
};

/** A manager passes calls on to a query set; they go by that name. */
const MANAGER_METHODS: Readonly<Record<string, FunctionEntry>> = Object.fromEntries(
  Object.entries(QUERY_METHODS).map(([name, entry]) => {
    const text = entry === "Self" ? "django.db.models.QuerySet[$0]" : String(entry);
    const coroutine = text.startsWith("async ");
    const returns = coroutine ? text.slice("async ".length) : text;
    return [name, { name: `django.db.models.QuerySet.${name}`, returns, coroutine }];
  }),
);

const QUERY_SET: ClassModel = {
  methods: { ...QUERY_METHODS, as_manager: "django.db.models.Manager[$0]" },
  attributes: { ordered: "bool", db: "str", query: "?" },
  iterates: "$0",
  asyncIterates: "$0",
};

const MODEL: ClassModel = {
  methods: {
    ...each("save full_clean clean clean_fields validate_unique refresh_from_db", "None"),
    delete: "tuple[int, dict[str, int]]",
    ...each("asave arefresh_from_db", "async None"),
    adelete: "async tuple[int, dict[str, int]]",
    get_absolute_url: "str",
    get_deferred_fields: "set[str]",
    from_db: "Self",
  },
  attributes: {
    objects: "django.db.models.Manager[Self]",
    pk: "?",
    _meta: "django.db.models.options.Options",
  },
};

/** A model's field, and what it is when read from an instance. */
function fields(names: string, type: string): Record<string, ClassModel> {
  return Object.fromEntries(
    names
      .split(/\s+/)
      .map((name) => [`django.db.models.${name}`, { bases: ["django.db.models.Field"], onInstance: type }]),
  );
}

const FIELDS: Readonly<Record<string, ClassModel>> = {
  "django.db.models.Field": { onInstance: "?" },
  ...fields(
    "CharField TextField EmailField SlugField URLField FilePathField GenericIPAddressField CommaSeparatedIntegerField",
    "str",
  ),
  ...fields(
    "IntegerField BigIntegerField SmallIntegerField PositiveIntegerField PositiveBigIntegerField PositiveSmallIntegerField AutoField BigAutoField SmallAutoField",
    "int",
  ),
  ...fields("BooleanField NullBooleanField", "bool"),
  ...fields("FloatField", "float"),
  ...fields("DecimalField", "decimal.Decimal"),
  ...fields("DateField", "datetime.date"),
  ...fields("DateTimeField", "datetime.datetime"),
  ...fields("TimeField", "datetime.time"),
  ...fields("DurationField", "datetime.timedelta"),
  ...fields("UUIDField", "uuid.UUID"),
  ...fields("BinaryField", "bytes"),
  ...fields("JSONField GeneratedField", "?"),
  ...fields("FileField", "django.db.models.fields.files.FieldFile"),
  ...fields("ImageField", "django.db.models.fields.files.ImageFieldFile"),
  "django.db.models.ForeignKey": {
    bases: ["django.db.models.Field"],
    methods: { __new__: "django.db.models.ForeignKey[@0()]" },
    onInstance: "$0",
  },
  "django.db.models.OneToOneField": {
    bases: ["django.db.models.ForeignKey[$0]"],
    methods: { __new__: "django.db.models.OneToOneField[@0()]" },
    onInstance: "$0",
  },
  "django.db.models.ManyToManyField": {
    bases: ["django.db.models.Field"],
    methods: { __new__: "django.db.models.ManyToManyField[@0()]" },
    onInstance: "django.db.models.ManyRelatedManager[$0]",
  },
};

const REQUEST: ClassModel = {
  attributes: {
    ...each("GET POST", "django.http.QueryDict"),
    COOKIES: "dict[str, str]",
    FILES: "django.utils.datastructures.MultiValueDict[str, django.core.files.uploadedfile.UploadedFile]",
    META: "dict[str, ?]",
    headers: "django.http.HttpHeaders",
    ...each("path path_info method encoding content_type scheme", "str"),
    content_params: "dict[str, str]",
    body: "bytes",
    session: "django.contrib.sessions.backends.base.SessionBase",
    user: "?",
    site: "?",
    resolver_match: "django.urls.ResolverMatch",
  },
  methods: {
    ...each("get_host get_port get_full_path get_full_path_info build_absolute_uri", "str"),
    get_signed_cookie: "str",
    ...each("is_secure accepts is_ajax", "bool"),
    auser: "async ?",
    ...each("read readline", "bytes"),
    readlines: "list[bytes]",
  },
};

const RESPONSE_BASE: ClassModel = {
  methods: {
    ...each("set_cookie set_signed_cookie delete_cookie close flush write setdefault", "None"),
    ...each("has_header writable readable seekable", "bool"),
    get: "str",
    __getitem__: "str",
  },
  attributes: {
    status_code: "int",
    ...each("reason_phrase charset", "str"),
    headers: "django.http.ResponseHeaders",
    ...each("closed streaming", "bool"),
    cookies: "http.cookies.SimpleCookie",
  },
};

const RESPONSES: Readonly<Record<string, ClassModel>> = {
  "django.http.HttpResponseBase": RESPONSE_BASE,
  "django.http.HttpResponse": {
    ...RESPONSE_BASE,
    bases: ["django.http.HttpResponseBase"],
    methods: { ...RESPONSE_BASE.methods, getvalue: "bytes" },
    attributes: { ...RESPONSE_BASE.attributes, content: "bytes", text: "str" },
  },
  ...each(
    "django.http.JsonResponse django.http.HttpResponseBadRequest django.http.HttpResponseForbidden django.http.HttpResponseNotFound django.http.HttpResponseNotAllowed django.http.HttpResponseGone django.http.HttpResponseServerError django.http.HttpResponseNotModified",
    {
      bases: ["django.http.HttpResponse"],
    },
  ),
  "django.http.HttpResponseRedirectBase": { bases: ["django.http.HttpResponse"], attributes: { url: "str" } },
  ...each("django.http.HttpResponseRedirect django.http.HttpResponsePermanentRedirect", {
    bases: ["django.http.HttpResponseRedirectBase"],
  }),
  "django.http.StreamingHttpResponse": { bases: ["django.http.HttpResponseBase"] },
  "django.http.FileResponse": { bases: ["django.http.StreamingHttpResponse"] },
  "django.template.response.SimpleTemplateResponse": { bases: ["django.http.HttpResponse"] },
  "django.template.response.TemplateResponse": { bases: ["django.template.response.SimpleTemplateResponse"] },
};

const VIEW_MODULE = "django.views.generic";

const VIEWS: Readonly<Record<string, ClassModel>> = {
  "django.views.View": {
    attributes: {
      request: "django.http.HttpRequest",
      args: "tuple",
      kwargs: "dict[str, ?]",
      http_method_names: "list[str]",
    },
    methods: {
      as_view: "?",
      ...each("dispatch http_method_not_allowed options", "django.http.HttpResponseBase"),
      setup: "None",
    },
  },
  ...each(
    `${VIEW_MODULE}.TemplateView ${VIEW_MODULE}.RedirectView ${VIEW_MODULE}.FormView ${VIEW_MODULE}.ArchiveIndexView ${VIEW_MODULE}.YearArchiveView ${VIEW_MODULE}.MonthArchiveView ${VIEW_MODULE}.DayArchiveView ${VIEW_MODULE}.DateDetailView`,
    {
      bases: ["django.views.View"],
    },
  ),
  ...each(
    `${VIEW_MODULE}.ListView ${VIEW_MODULE}.DetailView ${VIEW_MODULE}.CreateView ${VIEW_MODULE}.UpdateView ${VIEW_MODULE}.DeleteView`,
    {
      bases: ["django.views.View"],
    },
  ),
  ...each(
    "django.contrib.auth.mixins.LoginRequiredMixin django.contrib.auth.mixins.PermissionRequiredMixin django.contrib.auth.mixins.UserPassesTestMixin",
    { bases: ["django.contrib.auth.mixins.AccessMixin"] },
  ),
  "django.contrib.auth.mixins.AccessMixin": {},
};

const BASE_USER: ClassModel = {
  bases: ["django.db.models.Model"],
  attributes: {
    ...each("is_authenticated is_anonymous is_active", "bool"),
    password: "str",
    last_login: "datetime.datetime",
  },
  methods: {
    ...each("check_password has_usable_password", "bool"),
    ...each("set_password set_unusable_password", "None"),
    ...each("get_username get_session_auth_hash natural_key", "?"),
  },
};

const USER: ClassModel = {
  bases: ["django.contrib.auth.models.AbstractBaseUser", "django.contrib.auth.models.PermissionsMixin"],
  attributes: {
    ...each("is_staff is_superuser", "bool"),
    ...each("username email first_name last_name", "str"),
    date_joined: "datetime.datetime",
    objects: "django.contrib.auth.models.UserManager[Self]",
  },
  methods: { ...each("get_full_name get_short_name", "str"), email_user: "None" },
};

const FORM: ClassModel = {
  methods: {
    ...each("is_valid has_changed is_multipart has_error", "bool"),
    ...each("clean add_error full_clean", "?"),
    ...each("as_p as_table as_ul as_div", "django.utils.safestring.SafeString"),
  },
  attributes: {
    cleaned_data: "dict[str, ?]",
    errors: "?",
    ...each("data files", "?"),
    fields: "dict[str, django.forms.Field]",
    ...each("is_bound", "bool"),
    changed_data: "list[str]",
  },
};

const FORM_FIELDS =
  `BooleanField CharField ChoiceField TypedChoiceField DateField DateTimeField DecimalField DurationField
  EmailField FileField FilePathField FloatField GenericIPAddressField ImageField IntegerField JSONField
  MultipleChoiceField NullBooleanField RegexField SlugField TimeField URLField UUIDField ModelChoiceField
  ModelMultipleChoiceField`
    .split(/\s+/)
    .map((name) => `django.forms.${name}`)
    .join(" ");

const SAFE_STRING: ClassModel = { bases: ["str"] };

const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  "django.shortcuts.render": "django.http.HttpResponse",
  "django.shortcuts.redirect": "django.http.HttpResponseRedirectBase",
  "django.shortcuts.get_object_or_404": "@0()",
  "django.shortcuts.get_list_or_404": "list[@0()]",
  "django.shortcuts.aget_object_or_404": "async @0()",
  ...each("django.urls.reverse django.urls.reverse_lazy", "str"),
  "django.urls.resolve": "django.urls.ResolverMatch",
  ...each("django.urls.path django.urls.re_path", "django.urls.URLPattern"),
  "django.urls.include": "?",
  "django.utils.timezone.now": "datetime.datetime",
  ...each(
    "django.utils.timezone.localtime django.utils.timezone.make_aware django.utils.timezone.make_naive",
    "datetime.datetime",
  ),
  "django.utils.timezone.localdate": "datetime.date",
  ...each("django.utils.timezone.is_aware django.utils.timezone.is_naive", "bool"),
  ...each(
    "django.utils.html.escape django.utils.html.conditional_escape django.utils.html.format_html django.utils.html.format_html_join django.utils.html.json_script django.utils.safestring.mark_safe",
    "django.utils.safestring.SafeString",
  ),
  "django.utils.html.strip_tags": "str",
  ...each(
    "django.utils.text.slugify django.utils.text.get_valid_filename django.utils.encoding.force_str django.utils.encoding.smart_str",
    "str",
  ),
  ...each("django.utils.encoding.force_bytes django.utils.encoding.smart_bytes", "bytes"),
  ...each("django.utils.crypto.get_random_string", "str"),
  "django.utils.crypto.constant_time_compare": "bool",
  ...each("django.utils.http.urlencode django.utils.http.urlsafe_base64_encode", "str"),
  "django.utils.http.urlsafe_base64_decode": "bytes",
  "django.utils.http.url_has_allowed_host_and_scheme": "bool",
  ...each(
    "django.utils.translation.gettext django.utils.translation.ngettext django.utils.translation.pgettext",
    "str",
  ),
  "django.utils.module_loading.import_string": "?",
  "django.utils.decorators.method_decorator": { decorator: "same" },
  "django.utils.functional.cached_property": { decorator: "property" },
  "django.utils.functional.classproperty": { decorator: "property" },
  "django.contrib.auth.authenticate": "?",
  "django.contrib.auth.get_user_model": "type[django.contrib.auth.models.AbstractBaseUser]",
  ...each(
    "django.contrib.auth.login django.contrib.auth.logout django.contrib.auth.update_session_auth_hash",
    "None",
  ),
  "django.contrib.auth.hashers.make_password": "str",
  "django.contrib.auth.hashers.check_password": "bool",
  ...each(
    "django.contrib.messages.success django.contrib.messages.error django.contrib.messages.info django.contrib.messages.warning django.contrib.messages.debug django.contrib.messages.add_message",
    "None",
  ),
  ...each("django.core.mail.send_mail django.core.mail.send_mass_mail", "int"),
  ...each("django.core.mail.mail_admins django.core.mail.mail_managers", "None"),
  "django.core.management.call_command": "?",
  ...each("django.core.signing.dumps", "str"),
  "django.core.signing.loads": "?",
  "django.db.transaction.on_commit": "None",
  ...each(
    "django.db.transaction.commit django.db.transaction.rollback django.db.transaction.set_autocommit",
    "None",
  ),
  // `atomic` is a context manager, and a decorator that leaves the function as it is.
  "django.db.transaction.atomic": { returns: "django.db.transaction.Atomic", decorator: "same" },
  "django.db.transaction.non_atomic_requests": { decorator: "same" },
  "django.template.loader.render_to_string": "django.utils.safestring.SafeString",
  "django.template.loader.get_template": "django.template.backends.base.Template",
  "django.apps.apps.get_model": "?",
  ...each(
    `django.views.decorators.csrf.csrf_exempt django.views.decorators.csrf.csrf_protect
    django.views.decorators.csrf.ensure_csrf_cookie django.views.decorators.csrf.requires_csrf_token
    django.views.decorators.http.require_GET django.views.decorators.http.require_POST
    django.views.decorators.http.require_safe django.views.decorators.http.require_http_methods
    django.views.decorators.http.condition django.views.decorators.http.etag django.views.decorators.http.last_modified
    django.views.decorators.cache.cache_page django.views.decorators.cache.never_cache
    django.views.decorators.cache.cache_control django.views.decorators.vary.vary_on_cookie
    django.views.decorators.vary.vary_on_headers django.views.decorators.gzip.gzip_page
    django.views.decorators.clickjacking.xframe_options_exempt django.views.decorators.clickjacking.xframe_options_deny
    django.views.decorators.clickjacking.xframe_options_sameorigin
    django.views.decorators.debug.sensitive_variables django.views.decorators.debug.sensitive_post_parameters
    django.contrib.auth.decorators.login_required django.contrib.auth.decorators.permission_required
    django.contrib.auth.decorators.user_passes_test django.contrib.admin.views.decorators.staff_member_required
    django.contrib.admin.register django.contrib.admin.action django.contrib.admin.display
    django.dispatch.receiver`,
    { decorator: "same" },
  ),
  ...each("django.forms.modelform_factory", "type[django.forms.ModelForm]"),
  "django.conf.urls.url": "django.urls.URLPattern",
  "django.core.wsgi.get_wsgi_application": "?",
  "django.core.asgi.get_asgi_application": "?",
  "django.setup": "None",
};

export const DJANGO: LibraryModel = {
  packages: ["django"],
  functions: FUNCTIONS,
  classes: {
    "django.db.models.Model": MODEL,
    "django.db.models.QuerySet": QUERY_SET,
    "django.db.models.RawQuerySet": { iterates: "$0" },
    "django.db.models.BaseManager": {},
    "django.db.models.Manager": {
      bases: ["django.db.models.BaseManager"],
      methods: {
        ...MANAGER_METHODS,
        get_queryset: "django.db.models.QuerySet[$0]",
        from_queryset: "?",
        db_manager: "Self",
      },
      attributes: { model: "type[$0]" },
    },
    "django.db.models.ManyRelatedManager": {
      bases: ["django.db.models.Manager[$0]"],
      methods: { ...each("add remove clear set", "None"), ...each("aadd aremove aclear aset", "async None") },
    },
    ...FIELDS,
    ...each("django.db.models.Q django.db.models.F", {
      methods: each("__and__ __or__ __invert__ __xor__", "Self"),
    }),
    ...each(
      "django.db.models.Prefetch django.db.models.Index django.db.models.UniqueConstraint django.db.models.CheckConstraint",
      {},
    ),
    ...each("django.db.models.TextChoices", {
      bases: ["django.db.models.Choices", "str"],
      attributes: { value: "str", label: "str" },
    }),
    ...each("django.db.models.IntegerChoices", {
      bases: ["django.db.models.Choices", "int"],
      attributes: { value: "int", label: "str" },
    }),
    "django.db.models.Choices": {
      bases: ["enum.Enum"],
      attributes: { choices: "list[tuple[?, str]]", labels: "list[str]", values: "list" },
    },
    "django.db.models.options.Options": { attributes: { ...each("app_label model_name db_table", "str") } },
    "django.db.models.fields.files.FieldFile": {
      bases: ["django.core.files.File"],
      attributes: { ...each("name path url", "str"), size: "int" },
      methods: { ...each("save delete", "None") },
    },
    "django.db.models.fields.files.ImageFieldFile": { bases: ["django.db.models.fields.files.FieldFile"] },
    ...each(
      "django.db.models.expressions.RawSQL django.db.models.Func django.db.models.Value django.db.models.Count django.db.models.Sum django.db.models.Avg django.db.models.Max django.db.models.Min",
      {},
    ),
    "django.core.files.File": {
      methods: {
        ...each("read", "?"),
        chunks: "collections.abc.Iterator[bytes]",
        multiple_chunks: "bool",
        ...each("close", "None"),
      },
      attributes: { name: "str", size: "int" },
      enter: "Self",
    },
    "django.core.files.uploadedfile.UploadedFile": {
      bases: ["django.core.files.File"],
      methods: { read: "bytes", chunks: "collections.abc.Iterator[bytes]", multiple_chunks: "bool" },
      attributes: {
        ...each("name content_type charset", "str"),
        size: "int",
        content_type_extra: "dict[str, str]",
      },
    },
    ...each(
      "django.core.files.uploadedfile.InMemoryUploadedFile django.core.files.uploadedfile.TemporaryUploadedFile django.core.files.uploadedfile.SimpleUploadedFile",
      {
        bases: ["django.core.files.uploadedfile.UploadedFile"],
      },
    ),
    "django.core.files.base.ContentFile": { bases: ["django.core.files.File"] },
    "django.core.files.storage.Storage": {
      methods: {
        ...each("save path url get_available_name get_valid_name", "str"),
        open: "django.core.files.File",
        delete: "None",
        exists: "bool",
        size: "int",
      },
    },
    "django.core.files.storage.FileSystemStorage": { bases: ["django.core.files.storage.Storage"] },
    "django.utils.datastructures.MultiValueDict": {
      bases: ["dict[$0, $1]"],
      methods: { ...each("get __getitem__ pop", "$1"), ...each("getlist", "list[$1]"), dict: "dict[$0, $1]" },
    },
    "django.http.QueryDict": {
      bases: ["django.utils.datastructures.MultiValueDict[str, str]"],
      methods: {
        ...each("get __getitem__", "str"),
        getlist: "list[str]",
        urlencode: "str",
        dict: "dict[str, str]",
        copy: "Self",
      },
    },
    "django.http.HttpHeaders": { bases: ["collections.abc.Mapping[str, str]"] },
    "django.http.ResponseHeaders": { bases: ["collections.abc.MutableMapping[str, str]"] },
    "django.http.HttpRequest": REQUEST,
    ...each("django.core.handlers.wsgi.WSGIRequest django.core.handlers.asgi.ASGIRequest", {
      bases: ["django.http.HttpRequest"],
    }),
    ...RESPONSES,
    "django.http.Http404": { bases: ["Exception"] },
    "django.urls.URLPattern": {},
    "django.urls.ResolverMatch": {
      attributes: { ...each("url_name view_name app_name namespace route", "str"), kwargs: "dict[str, ?]" },
    },
    "django.contrib.sessions.backends.base.SessionBase": {
      methods: {
        ...each("cycle_key flush set_expiry clear save delete", "None"),
        get: "?",
        pop: "?",
        __getitem__: "?",
      },
      attributes: { session_key: "str", modified: "bool" },
    },
    ...VIEWS,
    "django.forms.BaseForm": FORM,
    "django.forms.Form": { ...FORM, bases: ["django.forms.BaseForm"] },
    "django.forms.BaseModelForm": { ...FORM, bases: ["django.forms.BaseForm"] },
    "django.forms.ModelForm": {
      ...FORM,
      bases: ["django.forms.BaseModelForm"],
      methods: { ...FORM.methods, save: "?", save_m2m: "None" },
      attributes: { ...FORM.attributes, instance: "?" },
    },
    "django.forms.Field": {},
    ...each(FORM_FIELDS, { bases: ["django.forms.Field"] }),
    "django.utils.safestring.SafeString": SAFE_STRING,
    "django.contrib.auth.models.AbstractBaseUser": BASE_USER,
    "django.contrib.auth.models.AbstractUser": USER,
    "django.contrib.auth.models.User": { bases: ["django.contrib.auth.models.AbstractUser"] },
    "django.contrib.auth.models.UserManager": {
      bases: ["django.db.models.Manager[$0]"],
      methods: { ...each("create_user create_superuser", "$0") },
    },
    "django.contrib.auth.models.PermissionsMixin": {
      bases: ["django.db.models.Model"],
      attributes: { is_superuser: "bool" },
      methods: each("has_perm has_perms has_module_perms", "bool"),
    },
    ...each("django.contrib.auth.models.Group django.contrib.auth.models.Permission", {
      bases: ["django.db.models.Model"],
    }),
    "django.contrib.auth.models.AnonymousUser": {
      attributes: each("is_authenticated is_anonymous is_staff is_superuser", "bool"),
    },
    "django.contrib.admin.ModelAdmin": { bases: ["django.contrib.admin.options.BaseModelAdmin"] },
    "django.contrib.admin.options.BaseModelAdmin": {},
    ...each("django.contrib.admin.TabularInline django.contrib.admin.StackedInline", {
      bases: ["django.contrib.admin.options.InlineModelAdmin"],
    }),
    "django.contrib.admin.options.InlineModelAdmin": {
      bases: ["django.contrib.admin.options.BaseModelAdmin"],
    },
    "django.core.management.base.BaseCommand": { attributes: { stdout: "?", stderr: "?", style: "?" } },
    "django.core.management.base.CommandError": { bases: ["Exception"] },
    "django.core.paginator.Paginator": {
      methods: {
        ...each("page get_page", "django.core.paginator.Page"),
        get_elided_page_range: "collections.abc.Iterator",
      },
      attributes: { ...each("count num_pages per_page", "int"), page_range: "range" },
    },
    "django.core.paginator.Page": {
      methods: {
        ...each("has_next has_previous has_other_pages", "bool"),
        ...each("next_page_number previous_page_number start_index end_index", "int"),
      },
      attributes: { number: "int", object_list: "?", paginator: "django.core.paginator.Paginator" },
    },
    "django.core.mail.EmailMessage": {
      methods: { send: "int", ...each("attach attach_file", "None"), recipients: "list[str]" },
    },
    "django.core.mail.EmailMultiAlternatives": {
      bases: ["django.core.mail.EmailMessage"],
      methods: { attach_alternative: "None" },
    },
    "django.core.cache.backends.base.BaseCache": {
      methods: {
        ...each("get get_or_set", "?"),
        ...each("set set_many clear close delete_many", "None"),
        ...each("add delete touch", "bool"),
        ...each("incr decr", "int"),
        get_many: "dict[str, ?]",
        ...each("aget aget_or_set", "async ?"),
        aset: "async None",
      },
    },
    "django.core.exceptions.ObjectDoesNotExist": { bases: ["Exception"] },
    "django.core.exceptions.MultipleObjectsReturned": { bases: ["Exception"] },
    ...each(
      "django.core.exceptions.PermissionDenied django.core.exceptions.ImproperlyConfigured django.core.exceptions.SuspiciousOperation django.core.exceptions.ValidationError django.core.exceptions.FieldError",
      {
        bases: ["Exception"],
      },
    ),
    "django.db.Error": { bases: ["Exception"] },
    "django.db.DatabaseError": { bases: ["django.db.Error"] },
    ...each(
      "django.db.IntegrityError django.db.OperationalError django.db.ProgrammingError django.db.DataError django.db.InternalError",
      {
        bases: ["django.db.DatabaseError"],
      },
    ),
    "django.db.transaction.Atomic": { enter: "None" },
    "django.db.backends.base.base.BaseDatabaseWrapper": {
      methods: {
        cursor: "django.db.backends.utils.CursorWrapper",
        ...each("close commit rollback connect ensure_connection", "None"),
      },
      attributes: { vendor: "str", queries: "list[dict[str, str]]", in_atomic_block: "bool" },
    },
    "django.db.backends.utils.CursorWrapper": {
      methods: {
        ...each("execute executemany callproc", "?"),
        fetchone: "tuple",
        ...each("fetchall fetchmany", "list[tuple]"),
        close: "None",
      },
      attributes: { rowcount: "int", description: "?" },
      enter: "Self",
      iterates: "tuple",
    },
    "django.template.Template": { methods: { render: "django.utils.safestring.SafeString" } },
    "django.template.Context": { bases: ["dict[str, ?]"] },
    "django.template.backends.base.Template": { methods: { render: "django.utils.safestring.SafeString" } },
    "django.dispatch.Signal": {
      methods: { ...each("connect disconnect", "?"), ...each("send send_robust", "list") },
    },
    ...each("django.test.TestCase django.test.TransactionTestCase django.test.LiveServerTestCase", {
      bases: ["django.test.SimpleTestCase"],
    }),
    "django.test.SimpleTestCase": {
      bases: ["unittest.TestCase"],
      attributes: { client: "django.test.Client" },
      methods: {
        ...each(
          "assertContains assertNotContains assertRedirects assertTemplateUsed assertTemplateNotUsed assertFormError assertHTMLEqual assertJSONEqual",
          "None",
        ),
        assertNumQueries: "?",
      },
    },
    "django.test.Client": {
      methods: {
        ...each("get post put patch delete head options trace request", "django.http.HttpResponse"),
        ...each("login", "bool"),
        ...each("force_login logout", "None"),
      },
    },
    "django.test.RequestFactory": {
      methods: each("get post put patch delete head options trace generic", "django.http.HttpRequest"),
    },
    ...each("django.db.migrations.Migration", {}),
  },
  values: {
    "django.db.connection": "django.db.backends.base.base.BaseDatabaseWrapper",
    "django.core.cache.cache": "django.core.cache.backends.base.BaseCache",
    "django.core.files.storage.default_storage": "django.core.files.storage.Storage",
    ...each(
      "django.db.models.signals.pre_save django.db.models.signals.post_save django.db.models.signals.pre_delete django.db.models.signals.post_delete django.db.models.signals.m2m_changed django.db.models.signals.pre_init django.db.models.signals.post_init",
      "django.dispatch.Signal",
    ),
  },
  aliases: {
    "django.db.models.base.Model": "django.db.models.Model",
    "django.db.models.query.QuerySet": "django.db.models.QuerySet",
    "django.db.models.query.RawQuerySet": "django.db.models.RawQuerySet",
    "django.db.models.query.Prefetch": "django.db.models.Prefetch",
    "django.db.models.query_utils.Q": "django.db.models.Q",
    "django.db.models.expressions.F": "django.db.models.F",
    "django.db.models.manager": "django.db.models",
    "django.db.models.enums": "django.db.models",
    "django.http.request": "django.http",
    "django.http.response": "django.http",
    "django.views.generic.base.View": "django.views.View",
    "django.views.generic.View": "django.views.View",
    "django.views.generic.base": "django.views.generic",
    "django.views.generic.list": "django.views.generic",
    "django.views.generic.detail": "django.views.generic",
    "django.views.generic.edit": "django.views.generic",
    "django.forms.forms": "django.forms",
    "django.forms.models": "django.forms",
    "django.forms.fields": "django.forms",
    "django.urls.conf": "django.urls",
    "django.urls.base": "django.urls",
    "django.core.urlresolvers": "django.urls",
    "django.conf.urls.include": "django.urls.include",
    "django.conf.urls.re_path": "django.urls.re_path",
    "django.conf.urls.path": "django.urls.path",
    "django.db.utils": "django.db",
    "django.core.mail.message": "django.core.mail",
    "django.core.management.BaseCommand": "django.core.management.base.BaseCommand",
    "django.core.management.CommandError": "django.core.management.base.CommandError",
    "django.test.client": "django.test",
    "django.test.testcases": "django.test",
    "django.utils.safestring.SafeText": "django.utils.safestring.SafeString",
    "django.utils.encoding.force_text": "django.utils.encoding.force_str",
    "django.utils.encoding.smart_text": "django.utils.encoding.smart_str",
    "django.utils.translation.ugettext": "django.utils.translation.gettext",
    "django.utils.http.is_safe_url": "django.utils.http.url_has_allowed_host_and_scheme",
    "django.shortcuts.reverse": "django.urls.reverse",
    "django.template.base.Template": "django.template.Template",
    "django.template.context.Context": "django.template.Context",
    "django.contrib.admin.decorators": "django.contrib.admin",
    "django.contrib.admin.options.ModelAdmin": "django.contrib.admin.ModelAdmin",
    "django.dispatch.dispatcher": "django.dispatch",
    "django.contrib.auth.base_user.AbstractBaseUser": "django.contrib.auth.models.AbstractBaseUser",
    ...Object.fromEntries(
      Object.keys(FIELDS).map((name) => [name.replace("models.", "models.fields."), name]),
    ),
    "django.db.models.fields.related.ForeignKey": "django.db.models.ForeignKey",
    "django.db.models.fields.related.ManyToManyField": "django.db.models.ManyToManyField",
    "django.db.models.fields.related.OneToOneField": "django.db.models.OneToOneField",
    "django.db.models.fields.json.JSONField": "django.db.models.JSONField",
    "django.core.files.base.File": "django.core.files.File",
  },
  keepsBuiltins: ["django.db.models", "django.urls", "django.http", "django.conf.urls", "django.forms"],
};

const API_VIEW: ClassModel = {
  bases: ["django.views.View"],
  attributes: {
    request: "rest_framework.request.Request",
    ...each("args", "tuple"),
    kwargs: "dict[str, ?]",
  },
  methods: {
    ...each(
      "check_permissions check_object_permissions check_throttles perform_authentication initial permission_denied",
      "None",
    ),
    ...each("get_permissions get_authenticators get_throttles get_parsers get_renderers", "list"),
    as_view: "?",
  },
};

const GENERIC_VIEW: ClassModel = {
  ...API_VIEW,
  bases: ["rest_framework.views.APIView"],
  methods: {
    ...API_VIEW.methods,
    ...each(
      "get_object get_serializer paginate_queryset filter_queryset get_queryset get_serializer_class",
      "?",
    ),
    get_paginated_response: "rest_framework.response.Response",
    get_serializer_context: "dict[str, ?]",
  },
};

const MIXIN_METHODS = `list:ListModelMixin create:CreateModelMixin retrieve:RetrieveModelMixin update:UpdateModelMixin
  destroy:DestroyModelMixin`;

const MIXINS: Readonly<Record<string, ClassModel>> = Object.fromEntries(
  MIXIN_METHODS.split(/\s+/).map((pair) => {
    const [method = "", name = ""] = pair.split(":");
    return [
      `rest_framework.mixins.${name}`,
      {
        methods: {
          [method]: "rest_framework.response.Response",
          ...(method === "update" ? { partial_update: "rest_framework.response.Response" } : {}),
        },
      },
    ];
  }),
);

const SERIALIZER: ClassModel = {
  bases: ["rest_framework.serializers.BaseSerializer"],
  methods: {
    is_valid: "bool",
    ...each("save create update to_representation to_internal_value validate", "?"),
  },
  attributes: {
    ...each("data validated_data errors initial_data instance", "?"),
    fields: "dict[str, rest_framework.serializers.Field]",
    context: "dict[str, ?]",
  },
};

const SERIALIZER_FIELDS =
  `BooleanField CharField ChoiceField DateField DateTimeField DecimalField DictField DurationField
  EmailField FileField FloatField HiddenField IPAddressField ImageField IntegerField JSONField ListField
  MultipleChoiceField ReadOnlyField RegexField SerializerMethodField SlugField TimeField URLField UUIDField
  PrimaryKeyRelatedField SlugRelatedField StringRelatedField HyperlinkedRelatedField`
    .split(/\s+/)
    .map((name) => `rest_framework.serializers.${name}`)
    .join(" ");

const GENERICS: Readonly<Record<string, string>> = {
  CreateAPIView: "CreateModelMixin",
  ListAPIView: "ListModelMixin",
  RetrieveAPIView: "RetrieveModelMixin",
  DestroyAPIView: "DestroyModelMixin",
  UpdateAPIView: "UpdateModelMixin",
  ListCreateAPIView: "ListModelMixin CreateModelMixin",
  RetrieveUpdateAPIView: "RetrieveModelMixin UpdateModelMixin",
  RetrieveDestroyAPIView: "RetrieveModelMixin DestroyModelMixin",
  RetrieveUpdateDestroyAPIView: "RetrieveModelMixin UpdateModelMixin DestroyModelMixin",
};

function mixinBases(names: string, last: string): readonly string[] {
  return [...names.split(" ").map((name) => `rest_framework.mixins.${name}`), last];
}

const API_ERRORS = `ValidationError ParseError AuthenticationFailed NotAuthenticated PermissionDenied NotFound
  MethodNotAllowed NotAcceptable UnsupportedMediaType Throttled`
  .split(/\s+/)
  .map((name) => `rest_framework.exceptions.${name}`)
  .join(" ");

const PERMISSIONS = `AllowAny IsAuthenticated IsAdminUser IsAuthenticatedOrReadOnly DjangoModelPermissions`
  .split(" ")
  .map((name) => `rest_framework.permissions.${name}`)
  .join(" ");

export const REST_FRAMEWORK: LibraryModel = {
  packages: ["rest_framework"],
  functions: {
    "rest_framework.generics.get_object_or_404": "@0()",
    "rest_framework.reverse.reverse": "str",
    ...each(
      `rest_framework.decorators.api_view rest_framework.decorators.action
      rest_framework.decorators.permission_classes rest_framework.decorators.authentication_classes
      rest_framework.decorators.throttle_classes rest_framework.decorators.parser_classes
      rest_framework.decorators.renderer_classes`,
      { decorator: "same" },
    ),
  },
  classes: {
    "rest_framework.views.APIView": API_VIEW,
    "rest_framework.generics.GenericAPIView": GENERIC_VIEW,
    ...MIXINS,
    ...Object.fromEntries(
      Object.entries(GENERICS).map(([name, mixins]) => [
        `rest_framework.generics.${name}`,
        { bases: mixinBases(mixins, "rest_framework.generics.GenericAPIView") },
      ]),
    ),
    "rest_framework.viewsets.ViewSetMixin": {
      attributes: { action: "str", detail: "bool", basename: "str" },
    },
    "rest_framework.viewsets.ViewSet": {
      bases: ["rest_framework.viewsets.ViewSetMixin", "rest_framework.views.APIView"],
    },
    "rest_framework.viewsets.GenericViewSet": {
      bases: ["rest_framework.viewsets.ViewSetMixin", "rest_framework.generics.GenericAPIView"],
    },
    "rest_framework.viewsets.ReadOnlyModelViewSet": {
      bases: mixinBases("RetrieveModelMixin ListModelMixin", "rest_framework.viewsets.GenericViewSet"),
    },
    "rest_framework.viewsets.ModelViewSet": {
      bases: mixinBases(
        "CreateModelMixin RetrieveModelMixin UpdateModelMixin DestroyModelMixin ListModelMixin",
        "rest_framework.viewsets.GenericViewSet",
      ),
    },
    "rest_framework.request.Request": {
      attributes: {
        data: "?",
        query_params: "django.http.QueryDict",
        ...each("GET POST", "django.http.QueryDict"),
        FILES: "django.utils.datastructures.MultiValueDict[str, django.core.files.uploadedfile.UploadedFile]",
        ...each("user auth", "?"),
        ...each("method path content_type", "str"),
        META: "dict[str, ?]",
        COOKIES: "dict[str, str]",
        headers: "django.http.HttpHeaders",
        body: "bytes",
        session: "django.contrib.sessions.backends.base.SessionBase",
      },
      methods: { ...each("build_absolute_uri get_host get_full_path", "str"), is_secure: "bool" },
    },
    "rest_framework.response.Response": {
      bases: ["django.template.response.SimpleTemplateResponse"],
      attributes: { data: "?", status_code: "int" },
    },
    "rest_framework.serializers.Field": {},
    "rest_framework.serializers.BaseSerializer": { bases: ["rest_framework.serializers.Field"] },
    "rest_framework.serializers.Serializer": SERIALIZER,
    "rest_framework.serializers.ModelSerializer": {
      ...SERIALIZER,
      bases: ["rest_framework.serializers.Serializer"],
    },
    "rest_framework.serializers.HyperlinkedModelSerializer": {
      bases: ["rest_framework.serializers.ModelSerializer"],
    },
    "rest_framework.serializers.ListSerializer": { ...SERIALIZER },
    ...each(SERIALIZER_FIELDS, { bases: ["rest_framework.serializers.Field"] }),
    "rest_framework.exceptions.APIException": {
      bases: ["Exception"],
      attributes: { detail: "?", status_code: "int" },
    },
    ...each(API_ERRORS, { bases: ["rest_framework.exceptions.APIException"] }),
    "rest_framework.permissions.BasePermission": {
      methods: each("has_permission has_object_permission", "bool"),
    },
    ...each(PERMISSIONS, { bases: ["rest_framework.permissions.BasePermission"] }),
    "rest_framework.authentication.BaseAuthentication": {},
    ...each(
      "rest_framework.authentication.SessionAuthentication rest_framework.authentication.TokenAuthentication rest_framework.authentication.BasicAuthentication",
      {
        bases: ["rest_framework.authentication.BaseAuthentication"],
      },
    ),
    "rest_framework.pagination.BasePagination": {},
    ...each(
      "rest_framework.pagination.PageNumberPagination rest_framework.pagination.LimitOffsetPagination rest_framework.pagination.CursorPagination",
      {
        bases: ["rest_framework.pagination.BasePagination"],
      },
    ),
    "rest_framework.throttling.BaseThrottle": {},
    "rest_framework.throttling.SimpleRateThrottle": { bases: ["rest_framework.throttling.BaseThrottle"] },
    ...each(
      "rest_framework.throttling.AnonRateThrottle rest_framework.throttling.UserRateThrottle rest_framework.throttling.ScopedRateThrottle",
      {
        bases: ["rest_framework.throttling.SimpleRateThrottle"],
      },
    ),
    "rest_framework.test.APIClient": {
      bases: ["django.test.Client"],
      methods: {
        ...each("get post put patch delete head options", "rest_framework.response.Response"),
        ...each("force_authenticate credentials", "None"),
      },
    },
    ...each("rest_framework.test.APITestCase", {
      bases: ["django.test.TestCase"],
      attributes: { client: "rest_framework.test.APIClient" },
    }),
    ...each("rest_framework.routers.DefaultRouter rest_framework.routers.SimpleRouter", {
      methods: { register: "None", get_urls: "list" },
      attributes: { urls: "list" },
    }),
  },
  aliases: {
    "rest_framework.serializers.ValidationError": "rest_framework.exceptions.ValidationError",
    "rest_framework.fields": "rest_framework.serializers",
    "rest_framework.relations": "rest_framework.serializers",
  },
};
