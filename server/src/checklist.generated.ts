/** All checklist items. Generated from the files in `checklist/` by `npm run gen`; do not edit. */

import apiEndpointsExist from "./checklist/api-endpoints-exist.ts";
import appStructureLayered from "./checklist/app-structure-layered.ts";
import dependenciesLocked from "./checklist/dependencies-locked.ts";
import devDependenciesSeparated from "./checklist/dev-dependencies-separated.ts";
import djangoDeploySettings from "./checklist/django-deploy-settings.ts";
import djangoVersionSupported from "./checklist/django-version-supported.ts";
import environmentIsolated from "./checklist/environment-isolated.ts";
import exceptionsHandledNarrowly from "./checklist/exceptions-handled-narrowly.ts";
import fastapiLifespan from "./checklist/fastapi-lifespan.ts";
import fastapiResponseModels from "./checklist/fastapi-response-models.ts";
import flaskAppFactory from "./checklist/flask-app-factory.ts";
import frameworkChosen from "./checklist/framework-chosen.ts";
import gitRepository from "./checklist/git-repository.ts";
import gitignorePython from "./checklist/gitignore-python.ts";
import httpRetriesBounded from "./checklist/http-retries-bounded.ts";
import httpTimeoutsSet from "./checklist/http-timeouts-set.ts";
import manifestPresent from "./checklist/manifest-present.ts";
import packageLayoutClear from "./checklist/package-layout-clear.ts";
import publicFunctionsTyped from "./checklist/public-functions-typed.ts";
import pythonVersionDeclared from "./checklist/python-version-declared.ts";
import reviewProcessVisible from "./checklist/review-process-visible.ts";
import scriptEntryPoint from "./checklist/script-entry-point.ts";
import testsConfigured from "./checklist/tests-configured.ts";
import testsExist from "./checklist/tests-exist.ts";
import type { CheckDefinition } from "./engine/check.ts";

export const CHECKS: readonly CheckDefinition[] = [
  apiEndpointsExist,
  appStructureLayered,
  dependenciesLocked,
  devDependenciesSeparated,
  djangoDeploySettings,
  djangoVersionSupported,
  environmentIsolated,
  exceptionsHandledNarrowly,
  fastapiLifespan,
  fastapiResponseModels,
  flaskAppFactory,
  frameworkChosen,
  gitRepository,
  gitignorePython,
  httpRetriesBounded,
  httpTimeoutsSet,
  manifestPresent,
  packageLayoutClear,
  publicFunctionsTyped,
  pythonVersionDeclared,
  reviewProcessVisible,
  scriptEntryPoint,
  testsConfigured,
  testsExist,
];
