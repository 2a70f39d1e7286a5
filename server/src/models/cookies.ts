/** Knowledge about cookies: which ones log somebody in, and the settings that guard them. */

import { toSnakeCase } from "./credentials.ts";

/** Packages whose responses have `set_cookie`. */
export const COOKIE_FRAMEWORKS: readonly string[] = [
  "django",
  "flask",
  "fastapi",
  "starlette",
  "werkzeug",
  "quart",
  "aiohttp",
  "sanic",
  "litestar",
  "bottle",
  "rest_framework",
];

const LOGIN_COOKIE =
  /(?:^|_)(?:sess|session|sessionid|session_id|sid|auth|authorization|token|jwt|access_token|refresh_token|csrf|csrftoken|xsrf|remember|remember_me|remember_token|sso|login|credential)(?:_(?:id|token|key|cookie))?$/;

/** True for the name of a cookie that logs somebody in, or proves that a form is ours. */
export function isLoginCookie(name: string): boolean {
  return LOGIN_COOKIE.test(toSnakeCase(name));
}

/** The guards that a login cookie needs. A script has to read a CSRF cookie, to copy it into a header. */
export function guardsOf(name: string): readonly string[] {
  return /csrf|xsrf/i.test(name) ? ["secure"] : ["secure", "httponly"];
}

/** Settings of Django and Flask that guard the session, and are on in every deployment that uses TLS. */
export const COOKIE_SETTINGS: ReadonlySet<string> = new Set([
  "SESSION_COOKIE_SECURE",
  "SESSION_COOKIE_HTTPONLY",
  "CSRF_COOKIE_SECURE",
  "REMEMBER_COOKIE_SECURE",
  "REMEMBER_COOKIE_HTTPONLY",
  "JWT_COOKIE_SECURE",
]);

export const SESSION_MIDDLEWARE: RegExp = /^(?:starlette|fastapi)\.middleware\.sessions\.SessionMiddleware$/;
