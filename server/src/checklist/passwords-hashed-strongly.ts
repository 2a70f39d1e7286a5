/** Passwords use a slow hash. */

import { defineCheck, found, lacks, noFindings, notApplicable, weigh } from "../engine/check.ts";
import { textsIn, usesDjango, WEB } from "./_common.ts";

export default defineCheck({
  id: "passwords-hashed-strongly",
  title: "Passwords use a slow hash",
  why: "a leak is not a login",
  section: "security",
  level: "must-have",
  roles: WEB,
  guide: "security#password-hashing",
  actions: [
    { kind: "snippet", prefix: "argon2-hash" },
    { kind: "snippet", prefix: "dj-argon2" },
  ],
  judge(stack) {
    const weak = noFindings(stack, ["weak-password-hash"], "No password goes through a fast hash");
    const failing = weak.filter(({ ok }) => ok === false);
    const hashers = stack.setting("PASSWORD_HASHERS")[0];
    if (hashers !== undefined) {
      const [first = ""] = textsIn(hashers.value);
      return weigh([
        /(?:Unsalted|MD5|SHA1)/i.test(first)
          ? lacks("The first hasher is a fast one", hashers)
          : found(`Passwords are hashed with ${first.split(".").at(-1)}`, hashers),
        ...failing,
      ]);
    }
    const auth =
      stack.setting("INSTALLED_APPS").find(({ value }) => textsIn(value).includes("django.contrib.auth")) ??
      stack.setting("AUTH_USER_MODEL")[0];
    if (usesDjango(stack) && auth !== undefined)
      return weigh([found("Django hashes passwords with PBKDF2 by default", auth), ...failing]);
    const call = stack.calls(
      /^(?:argon2|pwdlib|bcrypt|flask_bcrypt|passlib)\.|^werkzeug\.security\.generate_password_hash$|(?:^|\.)generate_password_hash$/,
    )[0];
    if (call !== undefined) {
      const old = call.name.startsWith("passlib")
        ? [lacks("passlib is no longer kept up; pwdlib takes its place", call)]
        : [];
      return weigh([
        found(
          `Passwords are hashed with ${call.name.split(".")[0] === "" ? "Werkzeug" : call.name.split(".")[0]}`,
          call,
        ),
        ...old,
        ...failing,
      ]);
    }
    if (failing.length > 0) return weigh(failing);
    const library = stack.runtime("argon2-cffi", "pwdlib", "bcrypt", "flask-bcrypt", "passlib");
    if (library !== undefined) return weigh([found(`${library.name} is a dependency`, library)]);
    const field = stack
      .models()
      .find(({ fields }) => [...fields.keys()].some((name) => /password/i.test(name)));
    return field === undefined
      ? notApplicable("No password is kept here.")
      : weigh([
          lacks(`${field.label} keeps a password, and nothing hashes it`, { path: field.path, line: 1 }),
        ]);
  },
});
