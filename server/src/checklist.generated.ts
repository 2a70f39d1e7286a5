/** All checklist items. Generated from the files in `checklist/` by `npm run gen`; do not edit. */

import apiAuthenticated from "./checklist/api-authenticated.ts";
import apiEndpointsExist from "./checklist/api-endpoints-exist.ts";
import apiErrorsConsistent from "./checklist/api-errors-consistent.ts";
import apiInputValidated from "./checklist/api-input-validated.ts";
import apiTestsExist from "./checklist/api-tests-exist.ts";
import appServerForProduction from "./checklist/app-server-for-production.ts";
import appStructureLayered from "./checklist/app-structure-layered.ts";
import architectureExplained from "./checklist/architecture-explained.ts";
import asyncWithoutBlocking from "./checklist/async-without-blocking.ts";
import authorizationTestsExist from "./checklist/authorization-tests-exist.ts";
import cacheConfigured from "./checklist/cache-configured.ts";
import changelogKept from "./checklist/changelog-kept.ts";
import ciLeastPrivilege from "./checklist/ci-least-privilege.ts";
import ciRunsChecks from "./checklist/ci-runs-checks.ts";
import ciRunsTests from "./checklist/ci-runs-tests.ts";
import composeForLocal from "./checklist/compose-for-local.ts";
import configFromEnvironment from "./checklist/config-from-environment.ts";
import connectionPoolConfigured from "./checklist/connection-pool-configured.ts";
import constraintsAndIndexesDeclared from "./checklist/constraints-and-indexes-declared.ts";
import containerImageReady from "./checklist/container-image-ready.ts";
import cookiesSecure from "./checklist/cookies-secure.ts";
import corsRestricted from "./checklist/cors-restricted.ts";
import coverageMeasured from "./checklist/coverage-measured.ts";
import crossTeamCommunication from "./checklist/cross-team-communication.ts";
import csrfProtected from "./checklist/csrf-protected.ts";
import dataValidated from "./checklist/data-validated.ts";
import databaseConfigured from "./checklist/database-configured.ts";
import databaseLeastPrivilege from "./checklist/database-least-privilege.ts";
import debugOffInProduction from "./checklist/debug-off-in-production.ts";
import decisionsRecorded from "./checklist/decisions-recorded.ts";
import dependenciesLocked from "./checklist/dependencies-locked.ts";
import dependencyScanning from "./checklist/dependency-scanning.ts";
import deployPipeline from "./checklist/deploy-pipeline.ts";
import devDependenciesSeparated from "./checklist/dev-dependencies-separated.ts";
import djangoDeploySettings from "./checklist/django-deploy-settings.ts";
import djangoVersionSupported from "./checklist/django-version-supported.ts";
import e2eTestsExist from "./checklist/e2e-tests-exist.ts";
import environmentIsolated from "./checklist/environment-isolated.ts";
import errorTrackingInitialised from "./checklist/error-tracking-initialised.ts";
import exceptionsHandledNarrowly from "./checklist/exceptions-handled-narrowly.ts";
import externalCallsFaked from "./checklist/external-calls-faked.ts";
import fastapiLifespan from "./checklist/fastapi-lifespan.ts";
import fastapiResponseModels from "./checklist/fastapi-response-models.ts";
import flaskAppFactory from "./checklist/flask-app-factory.ts";
import frameworkChosen from "./checklist/framework-chosen.ts";
import frontendPresent from "./checklist/frontend-present.ts";
import gitRepository from "./checklist/git-repository.ts";
import gitignorePython from "./checklist/gitignore-python.ts";
import healthEndpoint from "./checklist/health-endpoint.ts";
import httpRetriesBounded from "./checklist/http-retries-bounded.ts";
import httpTimeoutsSet from "./checklist/http-timeouts-set.ts";
import idempotencyHandled from "./checklist/idempotency-handled.ts";
import incidentProcess from "./checklist/incident-process.ts";
import integrationTestsExist from "./checklist/integration-tests-exist.ts";
import jobQueueConfigured from "./checklist/job-queue-configured.ts";
import lintAndFormatConfigured from "./checklist/lint-and-format-configured.ts";
import loadsIdempotent from "./checklist/loads-idempotent.ts";
import loggingConfigured from "./checklist/logging-configured.ts";
import logsStructured from "./checklist/logs-structured.ts";
import maintenancePlanned from "./checklist/maintenance-planned.ts";
import manifestPresent from "./checklist/manifest-present.ts";
import mentoring from "./checklist/mentoring.ts";
import metricsOrTracing from "./checklist/metrics-or-tracing.ts";
import migrationsPresent from "./checklist/migrations-present.ts";
import modelApiBounded from "./checklist/model-api-bounded.ts";
import nPlusOneGuarded from "./checklist/n-plus-one-guarded.ts";
import noHardcodedSecrets from "./checklist/no-hardcoded-secrets.ts";
import noLeftoverDebugCode from "./checklist/no-leftover-debug-code.ts";
import notebooksClean from "./checklist/notebooks-clean.ts";
import objectLevelAuthorization from "./checklist/object-level-authorization.ts";
import objectStorageConfigured from "./checklist/object-storage-configured.ts";
import openapiPublished from "./checklist/openapi-published.ts";
import packageLayoutClear from "./checklist/package-layout-clear.ts";
import paginationDefault from "./checklist/pagination-default.ts";
import passwordsHashedStrongly from "./checklist/passwords-hashed-strongly.ts";
import performanceInvestigated from "./checklist/performance-investigated.ts";
import performanceToolsAvailable from "./checklist/performance-tools-available.ts";
import pipelineObserved from "./checklist/pipeline-observed.ts";
import preCommitConfigured from "./checklist/pre-commit-configured.ts";
import publicFunctionsTyped from "./checklist/public-functions-typed.ts";
import pythonVersionDeclared from "./checklist/python-version-declared.ts";
import rateLimitConfigured from "./checklist/rate-limit-configured.ts";
import readmeUseful from "./checklist/readme-useful.ts";
import regressionTestsKept from "./checklist/regression-tests-kept.ts";
import reviewLeadership from "./checklist/review-leadership.ts";
import reviewProcessVisible from "./checklist/review-process-visible.ts";
import rollbackDocumented from "./checklist/rollback-documented.ts";
import scheduleDeclared from "./checklist/schedule-declared.ts";
import scraperPolite from "./checklist/scraper-polite.ts";
import scriptEntryPoint from "./checklist/script-entry-point.ts";
import securityEventsLogged from "./checklist/security-events-logged.ts";
import settingsTyped from "./checklist/settings-typed.ts";
import sqlParameterized from "./checklist/sql-parameterized.ts";
import taskRetriesBounded from "./checklist/task-retries-bounded.ts";
import testsConfigured from "./checklist/tests-configured.ts";
import testsExist from "./checklist/tests-exist.ts";
import threatModelReviewed from "./checklist/threat-model-reviewed.ts";
import transactionsExplicit from "./checklist/transactions-explicit.ts";
import typeCheckerConfigured from "./checklist/type-checker-configured.ts";
import webhookSignatureChecked from "./checklist/webhook-signature-checked.ts";
import type { CheckDefinition } from "./engine/check.ts";

export const CHECKS: readonly CheckDefinition[] = [
  apiAuthenticated,
  apiEndpointsExist,
  apiErrorsConsistent,
  apiInputValidated,
  apiTestsExist,
  appServerForProduction,
  appStructureLayered,
  architectureExplained,
  asyncWithoutBlocking,
  authorizationTestsExist,
  cacheConfigured,
  changelogKept,
  ciLeastPrivilege,
  ciRunsChecks,
  ciRunsTests,
  composeForLocal,
  configFromEnvironment,
  connectionPoolConfigured,
  constraintsAndIndexesDeclared,
  containerImageReady,
  cookiesSecure,
  corsRestricted,
  coverageMeasured,
  crossTeamCommunication,
  csrfProtected,
  dataValidated,
  databaseConfigured,
  databaseLeastPrivilege,
  debugOffInProduction,
  decisionsRecorded,
  dependenciesLocked,
  dependencyScanning,
  deployPipeline,
  devDependenciesSeparated,
  djangoDeploySettings,
  djangoVersionSupported,
  e2eTestsExist,
  environmentIsolated,
  errorTrackingInitialised,
  exceptionsHandledNarrowly,
  externalCallsFaked,
  fastapiLifespan,
  fastapiResponseModels,
  flaskAppFactory,
  frameworkChosen,
  frontendPresent,
  gitRepository,
  gitignorePython,
  healthEndpoint,
  httpRetriesBounded,
  httpTimeoutsSet,
  idempotencyHandled,
  incidentProcess,
  integrationTestsExist,
  jobQueueConfigured,
  lintAndFormatConfigured,
  loadsIdempotent,
  loggingConfigured,
  logsStructured,
  maintenancePlanned,
  manifestPresent,
  mentoring,
  metricsOrTracing,
  migrationsPresent,
  modelApiBounded,
  nPlusOneGuarded,
  noHardcodedSecrets,
  noLeftoverDebugCode,
  notebooksClean,
  objectLevelAuthorization,
  objectStorageConfigured,
  openapiPublished,
  packageLayoutClear,
  paginationDefault,
  passwordsHashedStrongly,
  performanceInvestigated,
  performanceToolsAvailable,
  pipelineObserved,
  preCommitConfigured,
  publicFunctionsTyped,
  pythonVersionDeclared,
  rateLimitConfigured,
  readmeUseful,
  regressionTestsKept,
  reviewLeadership,
  reviewProcessVisible,
  rollbackDocumented,
  scheduleDeclared,
  scraperPolite,
  scriptEntryPoint,
  securityEventsLogged,
  settingsTyped,
  sqlParameterized,
  taskRetriesBounded,
  testsConfigured,
  testsExist,
  threatModelReviewed,
  transactionsExplicit,
  typeCheckerConfigured,
  webhookSignatureChecked,
];
