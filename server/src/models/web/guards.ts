/** What stands before request handlers: decorators, permission classes, mixins and dependencies, by what they do. */

/**
 * `authentication`: lets in only who is known. `permission`: lets in only some of those. `object`: checks the
 * very object that is asked for. `public`: opens a door that is otherwise shut. `signature`: checks who sent a
 * message. `throttle`: limits how often.
 */
export type GuardKind = "authentication" | "permission" | "object" | "public" | "signature" | "throttle";

/** Guards of libraries by qualified name, or by last name where libraries agree on it. */
export const KNOWN_GUARDS: Readonly<Record<string, GuardKind>> = {
  // Django
  login_required: "authentication",
  async_login_required: "authentication",
  login_not_required: "public",
  staff_member_required: "permission",
  superuser_required: "permission",
  permission_required: "permission",
  user_passes_test: "permission",
  LoginRequiredMixin: "authentication",
  AccessMixin: "authentication",
  PermissionRequiredMixin: "permission",
  UserPassesTestMixin: "permission",
  StaffuserRequiredMixin: "permission",
  SuperuserRequiredMixin: "permission",
  GroupRequiredMixin: "permission",
  LoginRequiredMiddleware: "authentication",
  // Django REST framework
  IsAuthenticated: "authentication",
  IsAuthenticatedOrReadOnly: "authentication",
  IsAdminUser: "permission",
  DjangoModelPermissions: "permission",
  DjangoModelPermissionsOrAnonReadOnly: "permission",
  DjangoObjectPermissions: "object",
  AllowAny: "public",
  TokenHasScope: "permission",
  TokenHasReadWriteScope: "permission",
  HasAPIKey: "authentication",
  // Flask and its extensions
  fresh_login_required: "authentication",
  jwt_required: "authentication",
  fresh_jwt_required: "authentication",
  auth_required: "authentication",
  auth_token_required: "authentication",
  http_auth_required: "authentication",
  roles_required: "permission",
  roles_accepted: "permission",
  permissions_required: "permission",
  permissions_accepted: "permission",
  token_required: "authentication",
  requires_auth: "authentication",
  // FastAPI and Starlette
  requires: "permission",
  OAuth2PasswordBearer: "authentication",
  OAuth2AuthorizationCodeBearer: "authentication",
  OAuth2: "authentication",
  HTTPBearer: "authentication",
  HTTPBasic: "authentication",
  HTTPDigest: "authentication",
  OpenIdConnect: "authentication",
  APIKeyHeader: "authentication",
  APIKeyQuery: "authentication",
  APIKeyCookie: "authentication",
  RateLimiter: "throttle",
  ratelimit: "throttle",
  limit: "throttle",
  shared_limit: "throttle",
  AnonRateThrottle: "throttle",
  UserRateThrottle: "throttle",
  ScopedRateThrottle: "throttle",
  axes_dispatch: "throttle",
};

/** Names of a project's own guards, where their code is not at hand or shows nothing. The first that fits counts. */
export const GUARD_NAMES: readonly (readonly [RegExp, GuardKind])[] = [
  [/optional|or_?none|maybe|allow_?any|public|anonymous_ok|_if_authenticated/i, "public"],
  [/rate_?limit|throttl|limiter/i, "throttle"],
  [/signature|hmac|webhook_?(?:auth|secret|token)/i, "signature"],
  [
    /object_?(?:level)?_?permission|is_?owner|owner_?(?:required|only)|owns_|check_(?:\w+_)?ownership/i,
    "object",
  ],
  [
    /admin|superuser|staff|permission|(?:^|_)roles?(?:_|$)|role[sd]?_?(?:required|check)|requires?_?(?:role|perm|scope)|scopes?(?:_|$)|privilege|authori[sz]e|access_?(?:control|required|level)|can_\w+|moderator|Is[A-Z]\w*(?:Admin|Member|Owner|Manager)/i,
    "permission",
  ],
  [
    /login|logged_?in|sign(?:ed)?_?in_?required|authed|authenticated?(?:_|$|User)|(?:^|_)auth(?:_|$)|require[sd]?_?(?:auth|user|token|session)|(?:auth|token|jwt|session|api_?key|user)\w*_?required|current_?(?:active_?|verified_?|auth_?)?(?:user|account|member|principal|identity|customer|tenant)|get_(?:active_|auth_|authenticated_|logged_in_|jwt_|token_)?(?:user|principal|identity)(?:_|$)|(?:verify|validate|check|decode|require)_?(?:\w+_)?(?:token|jwt|api_?key|credentials|session)|bearer|oauth2?_?scheme|(?:^|_)(?:jwt|api_?key|token)_?(?:auth|bearer)/i,
    "authentication",
  ],
];

/** Middleware of the frameworks that refuses who is not known. */
export const AUTHENTICATING_MIDDLEWARE = /(?:^|\.)(?:LoginRequired\w*|RequireLogin\w*|AuthRequired\w*)$/;
