/** The interview about web frameworks. */

import type { Localizer } from "../tree/node.ts";
import type { Interview, Option, Question } from "./interview.ts";

export function frameworks(l10n: Localizer): Interview {
  return {
    title: l10n.t("Framework"),
    guide: "frameworks#choosing-a-framework",
    questions: [whatFor(l10n), accounts(l10n), waiting(l10n), team(l10n)],
    options: options(l10n),
  };
}

function options(l10n: Localizer): readonly Option[] {
  return [
    {
      id: "django",
      name: "Django",
      strength: l10n.t("Accounts, admin, forms, ORM and migrations that fit together, with secure defaults."),
      cost: l10n.t(
        "You work in its conventions; parts of it, the ORM among them, are at home in synchronous code.",
      ),
      guide: "django#when-django-fits",
    },
    {
      id: "django-api",
      name: l10n.t("Django with REST Framework or Ninja"),
      strength: l10n.t("A typed API beside admin and accounts, in one project and one login."),
      cost: l10n.t("Two layers to learn, and serializers or schemas to keep in step with models."),
      guide: "django#rest-framework",
    },
    {
      id: "fastapi",
      name: "FastAPI",
      strength: l10n.t(
        "Typed requests and responses, validation, OpenAPI and async input and output from the start.",
      ),
      cost: l10n.t("Accounts, admin, ORM and layout are yours to choose and to keep."),
      guide: "fastapi#when-fastapi-fits",
    },
    {
      id: "flask",
      name: "Flask",
      strength: l10n.t("A small core that any shape of service can be built around."),
      cost: l10n.t(
        "Validation, authentication and structure are decisions that you make, write down and keep.",
      ),
      guide: "flask#when-flask-fits",
    },
  ];
}

function whatFor(l10n: Localizer): Question {
  return {
    text: l10n.t("What is mostly built?"),
    answers: [
      {
        label: l10n.t("Pages for people, with forms and an admin"),
        detail: l10n.t("a portal, a shop, content"),
        because: l10n.t(
          "Pages, forms and an admin come with Django and would have to be put together elsewhere.",
        ),
        weights: { django: 3, "django-api": 1, fastapi: -2 },
      },
      {
        label: l10n.t("A JSON API for other programs"),
        detail: l10n.t("a front end, an app, other services"),
        because: l10n.t("An API lives by its contract: types, validation and OpenAPI are its core."),
        weights: { fastapi: 3, "django-api": 2, flask: 1, django: -1 },
      },
      {
        label: l10n.t("Both: pages or an admin, and an API"),
        because: l10n.t("Admin and API in one project share models, permissions and a login."),
        weights: { "django-api": 3, django: 1, fastapi: 1 },
      },
      {
        label: l10n.t("One small service"),
        detail: l10n.t("a webhook receiver, a bridge, a model behind HTTP"),
        because: l10n.t("A small service needs little around it, and much of that can be left out."),
        weights: { flask: 2, fastapi: 2, django: -1 },
      },
    ],
  };
}

function accounts(l10n: Localizer): Question {
  return {
    text: l10n.t("Who logs in?"),
    answers: [
      {
        label: l10n.t("People with accounts, groups and permissions"),
        because: l10n.t(
          "Users, groups, permissions and password handling are built in and well tested in Django.",
        ),
        weights: { django: 3, "django-api": 3, fastapi: -1, flask: -1 },
      },
      {
        label: l10n.t("Programs with tokens, or another system logs people in"),
        because: l10n.t(
          "Tokens that another system issues need a check for each request, and no user tables.",
        ),
        weights: { fastapi: 2, flask: 1, "django-api": 1 },
      },
      {
        label: l10n.t("Nobody"),
        because: l10n.t("Without accounts, much of what a full framework brings stays unused."),
        weights: { flask: 1, fastapi: 1 },
      },
    ],
  };
}

function waiting(l10n: Localizer): Question {
  return {
    text: l10n.t("What do requests mostly wait for?"),
    answers: [
      {
        label: l10n.t("A database, for moments"),
        because: l10n.t("Short waits for a database are served well by ordinary worker processes."),
        weights: { django: 1, "django-api": 1, flask: 1 },
      },
      {
        label: l10n.t("Other services, many at once, or long streams"),
        because: l10n.t("Many waits at once are what async endpoints are made for."),
        weights: { fastapi: 3, django: -1, flask: -1 },
      },
      {
        label: l10n.t("The processor: files, reports, models"),
        because: l10n.t("Heavy work belongs into a queue, whichever framework takes the request."),
        weights: {},
      },
    ],
  };
}

function team(l10n: Localizer): Question {
  return {
    text: l10n.t("Who works on it?"),
    answers: [
      {
        label: l10n.t("People come and go; conventions should carry it"),
        because: l10n.t("Conventions that everybody can look up make a project readable for newcomers."),
        weights: { django: 2, "django-api": 2, flask: -1 },
      },
      {
        label: l10n.t("A small team that likes to choose its parts"),
        because: l10n.t(
          "A team that chooses its parts gets exactly what it needs, and maintains the choices.",
        ),
        weights: { flask: 2, fastapi: 2 },
      },
      {
        label: l10n.t("One person who learns"),
        because: l10n.t("One framework learned in depth teaches what the others do differently."),
        weights: { django: 1, fastapi: 1 },
      },
    ],
  };
}
