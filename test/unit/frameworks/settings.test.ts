/** The settings view: what production runs with, over modules, classes and the environment. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SettingsView } from "../../../server/src/frameworks/settings/types.ts";
import { settingsView } from "../../../server/src/frameworks/settings/view.ts";
import { projectOf } from "../../harness/check.ts";
import { createTestEngine, createTestParser } from "../../harness/engine.ts";

const { engine } = createTestEngine(await createTestParser(), []);

function viewOf(files: Readonly<Record<string, string>>): SettingsView {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return projectOf(engine, list).factValue(settingsView);
}

test("the module that WSGI starts has the last word over what it imports", () => {
  const { django } = viewOf({
    "shop/settings/__init__.py": "",
    "shop/settings/base.py":
      "import environ\n\nenv = environ.Env()\nINSTALLED_APPS = ['shop']\nDEBUG = env.bool('DEBUG', False)\nMIDDLEWARE = ['a']\nTIMEOUT = 5\n",
    "shop/settings/live.py": "from .base import *\n\nMIDDLEWARE += ['b']\nTIMEOUT = 2 * 30\n",
    "shop/settings/dev.py": "from .base import *\n\nTIMEOUT = 1\n",
    "shop/wsgi.py": "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.live')\n",
  });
  assert.equal(django?.moduleName, "shop.settings.live");
  assert.equal(django?.certain, true);
  assert.deepEqual(django?.values.TIMEOUT, {
    value: { kind: "value", value: 60 },
    path: "/project/shop/settings/live.py",
  });
  assert.deepEqual(django?.values.MIDDLEWARE?.value, { kind: "list", items: ["a", "b"], open: false });
  assert.deepEqual(django?.values.DEBUG, {
    value: { kind: "environment", name: "DEBUG", fallback: false, hasFallback: true },
    path: "/project/shop/settings/base.py",
  });
});

test("branches for debugging do not count", () => {
  const { django } = viewOf({
    "settings.py":
      "INSTALLED_APPS = []\nDEBUG = False\nHOSTS = ['a']\nif DEBUG:\n    HOSTS = ['*']\nelse:\n    CACHE = 'redis'\n",
  });
  assert.deepEqual(django?.values.HOSTS?.value, { kind: "list", items: ["a"], open: false });
  assert.deepEqual(django?.values.CACHE?.value, { kind: "value", value: "redis" });
});

test("Flask takes the class that it is given, what it inherits, and what is set afterwards", () => {
  const { flask } = viewOf({
    "config.py":
      "import os\n\n\nclass Config:\n    SECRET_KEY = os.environ['SECRET_KEY']\n    MAX_CONTENT_LENGTH = 1024\n\n\nclass ProductionConfig(Config):\n    SESSION_COOKIE_SECURE = True\n",
    "app.py":
      "from flask import Flask\n\napp = Flask(__name__)\napp.config.from_object('config.ProductionConfig')\napp.config['JSON_SORT_KEYS'] = False\napp.config.update(SESSION_COOKIE_NAME='shop')\n",
  });
  assert.deepEqual(Object.fromEntries(Object.entries(flask).map(([name, { value }]) => [name, value.kind])), {
    SECRET_KEY: "environment",
    MAX_CONTENT_LENGTH: "value",
    SESSION_COOKIE_SECURE: "value",
    JSON_SORT_KEYS: "value",
    SESSION_COOKIE_NAME: "value",
  });
});

test("fields of pydantic-settings come from the environment, with their defaults", () => {
  const { pydantic } = viewOf({
    "core.py":
      "from pydantic_settings import BaseSettings\n\n\nclass Base(BaseSettings):\n    debug: bool = False\n\n\nclass Settings(Base):\n    secret_key: str\n",
  });
  assert.deepEqual(
    Object.fromEntries(
      Object.entries(pydantic["core.Settings"] ?? {}).map(([name, { value }]) => [name, value]),
    ),
    {
      debug: { kind: "environment", name: "DEBUG", fallback: false, hasFallback: true },
      secret_key: { kind: "environment", name: "SECRET_KEY", fallback: null, hasFallback: false },
    },
  );
});
