/** All rules. Generated from the files in `rules/` by `npm run gen`; do not edit. */

import type { AnyRule } from "./engine/rule.ts";
import assertGuardsRuntimeCondition from "./rules/core-python/assert-guards-runtime-condition.ts";
import bareExcept from "./rules/core-python/bare-except.ts";
import eagerLogFormatting from "./rules/core-python/eager-log-formatting.ts";
import importTimeSideEffect from "./rules/core-python/import-time-side-effect.ts";
import lostExceptionCause from "./rules/core-python/lost-exception-cause.ts";
import moneyAsFloat from "./rules/core-python/money-as-float.ts";
import mutableDefaultArgument from "./rules/core-python/mutable-default-argument.ts";
import naiveDatetime from "./rules/core-python/naive-datetime.ts";
import overcomplexFunction from "./rules/core-python/overcomplex-function.ts";
import printAsLogging from "./rules/core-python/print-as-logging.ts";
import sharedMutableClassAttribute from "./rules/core-python/shared-mutable-class-attribute.ts";
import swallowedException from "./rules/core-python/swallowed-exception.ts";
import textIoWithoutEncoding from "./rules/core-python/text-io-without-encoding.ts";
import unclosedResource from "./rules/core-python/unclosed-resource.ts";
import untypedPublicFunction from "./rules/core-python/untyped-public-function.ts";
import mutableModuleStateInHandler from "./rules/frameworks/mutable-module-state-in-handler.ts";
import routeShadowed from "./rules/frameworks/route-shadowed.ts";
import adminRelationNPlusOne from "./rules/django/admin-relation-n-plus-one.ts";
import csrfExemptOnSessionEndpoint from "./rules/django/csrf-exempt-on-session-endpoint.ts";
import djangoDebugEnabled from "./rules/django/django-debug-enabled.ts";
import djangoInsecureProductionSettings from "./rules/django/django-insecure-production-settings.ts";
import modelformAllFields from "./rules/django/modelform-all-fields.ts";
import serializerAllFields from "./rules/django/serializer-all-fields.ts";
import signalWithExternalEffect from "./rules/django/signal-with-external-effect.ts";
import unorderedPagination from "./rules/django/unordered-pagination.ts";
import flaskDebugEnabled from "./rules/flask/flask-debug-enabled.ts";
import flaskUploadWithoutSizeLimit from "./rules/flask/flask-upload-without-size-limit.ts";
import dependencyWithoutCleanup from "./rules/fastapi/dependency-without-cleanup.ts";
import httpExceptionReturned from "./rules/fastapi/http-exception-returned.ts";
import responseModelMissing from "./rules/fastapi/response-model-missing.ts";
import endpointWithoutAuthentication from "./rules/apis/endpoint-without-authentication.ts";
import errorWithSuccessStatus from "./rules/apis/error-with-success-status.ts";
import exceptionDetailInResponse from "./rules/apis/exception-detail-in-response.ts";
import massAssignment from "./rules/apis/mass-assignment.ts";
import objectLevelAuthorizationMissing from "./rules/apis/object-level-authorization-missing.ts";
import patchOverwritesAbsentFields from "./rules/apis/patch-overwrites-absent-fields.ts";
import sensitiveFieldInResponse from "./rules/apis/sensitive-field-in-response.ts";
import stateChangingGet from "./rules/apis/state-changing-get.ts";
import unboundedPageSize from "./rules/apis/unbounded-page-size.ts";
import unpaginatedListEndpoint from "./rules/apis/unpaginated-list-endpoint.ts";
import nonIdempotentRequestRetried from "./rules/integrations/non-idempotent-request-retried.ts";
import outboundCallWithoutTimeout from "./rules/integrations/outbound-call-without-timeout.ts";
import retryWithoutBackoff from "./rules/integrations/retry-without-backoff.ts";
import webhookWithoutDeduplication from "./rules/integrations/webhook-without-deduplication.ts";
import webhookWithoutSignatureCheck from "./rules/integrations/webhook-without-signature-check.ts";
import checkThenActRace from "./rules/databases/check-then-act-race.ts";
import clientCreatedPerCall from "./rules/databases/client-created-per-call.ts";
import fetchAllUnbounded from "./rules/databases/fetch-all-unbounded.ts";
import irreversibleMigration from "./rules/databases/irreversible-migration.ts";
import lostUpdate from "./rules/databases/lost-update.ts";
import migrationImportsLiveModel from "./rules/databases/migration-imports-live-model.ts";
import multiWriteWithoutTransaction from "./rules/databases/multi-write-without-transaction.ts";
import nPlusOneInSerializer from "./rules/databases/n-plus-one-in-serializer.ts";
import nPlusOneQuery from "./rules/databases/n-plus-one-query.ts";
import redisKeyWithoutTtl from "./rules/databases/redis-key-without-ttl.ts";
import rowFetchForCountOrExistence from "./rules/databases/row-fetch-for-count-or-existence.ts";
import sessionSharedAcrossRequests from "./rules/databases/session-shared-across-requests.ts";
import unindexedLookupColumn from "./rules/databases/unindexed-lookup-column.ts";
import unsafeMigrationStep from "./rules/databases/unsafe-migration-step.ts";
import assertionAlwaysTrue from "./rules/testing/assertion-always-true.ts";
import mockPatchesWrongTarget from "./rules/testing/mock-patches-wrong-target.ts";
import overbroadRaises from "./rules/testing/overbroad-raises.ts";
import testNeverCollected from "./rules/testing/test-never-collected.ts";
import testSleeps from "./rules/testing/test-sleeps.ts";
import testWithoutAssertion from "./rules/testing/test-without-assertion.ts";
import contextlessErrorLog from "./rules/debugging/contextless-error-log.ts";
import debuggerLeftIn from "./rules/debugging/debugger-left-in.ts";
import exceptionLoggedWithoutTraceback from "./rules/debugging/exception-logged-without-traceback.ts";
import rootLoggerMisconfigured from "./rules/debugging/root-logger-misconfigured.ts";
import envStringAsBoolean from "./rules/deployment/env-string-as-boolean.ts";
import cacheSharedAcrossUsers from "./rules/performance/cache-shared-across-users.ts";
import cacheWithoutInvalidation from "./rules/performance/cache-without-invalidation.ts";
import linearMembershipInLoop from "./rules/performance/linear-membership-in-loop.ts";
import unboundedMemoization from "./rules/performance/unbounded-memoization.ts";
import unboundedRead from "./rules/performance/unbounded-read.ts";
import blockingCallInAsync from "./rules/async/blocking-call-in-async.ts";
import blockingCallReachedFromAsync from "./rules/async/blocking-call-reached-from-async.ts";
import cancellationSwallowed from "./rules/async/cancellation-swallowed.ts";
import coroutineNotAwaited from "./rules/async/coroutine-not-awaited.ts";
import droppedTaskReference from "./rules/async/dropped-task-reference.ts";
import sessionSharedBetweenTasks from "./rules/async/session-shared-between-tasks.ts";
import syncOrmInAsyncEndpoint from "./rules/async/sync-orm-in-async-endpoint.ts";
import unboundedConcurrency from "./rules/async/unbounded-concurrency.ts";
import heavyWorkInRequest from "./rules/background-jobs/heavy-work-in-request.ts";
import messageAckedBeforeProcessing from "./rules/background-jobs/message-acked-before-processing.ts";
import nonIdempotentTask from "./rules/background-jobs/non-idempotent-task.ts";
import ormObjectPassedToTask from "./rules/background-jobs/orm-object-passed-to-task.ts";
import overlappingScheduledJob from "./rules/background-jobs/overlapping-scheduled-job.ts";
import taskEnqueuedBeforeCommit from "./rules/background-jobs/task-enqueued-before-commit.ts";
import taskResultAwaitedInRequest from "./rules/background-jobs/task-result-awaited-in-request.ts";
import taskWithoutRetryPolicy from "./rules/background-jobs/task-without-retry-policy.ts";
import taskWithoutTimeLimit from "./rules/background-jobs/task-without-time-limit.ts";
import archivePathTraversal from "./rules/security/archive-path-traversal.ts";
import autoescapeDisabled from "./rules/security/autoescape-disabled.ts";
import codeInjection from "./rules/security/code-injection.ts";
import commandInjection from "./rules/security/command-injection.ts";
import crossSiteScripting from "./rules/security/cross-site-scripting.ts";
import csvFormulaInjection from "./rules/security/csv-formula-injection.ts";
import emailHeaderInjection from "./rules/security/email-header-injection.ts";
import formatStringInjection from "./rules/security/format-string-injection.ts";
import httpHeaderInjection from "./rules/security/http-header-injection.ts";
import insecureCookieFlags from "./rules/security/insecure-cookie-flags.ts";
import insecureFilePermissions from "./rules/security/insecure-file-permissions.ts";
import jwtVerificationWeakened from "./rules/security/jwt-verification-weakened.ts";
import ldapInjection from "./rules/security/ldap-injection.ts";
import logInjection from "./rules/security/log-injection.ts";
import nosqlInjection from "./rules/security/nosql-injection.ts";
import openRedirect from "./rules/security/open-redirect.ts";
import pathTraversal from "./rules/security/path-traversal.ts";
import permissiveCors from "./rules/security/permissive-cors.ts";
import predictableToken from "./rules/security/predictable-token.ts";
import regexInjection from "./rules/security/regex-injection.ts";
import serverSideRequestForgery from "./rules/security/server-side-request-forgery.ts";
import shellEnabledSubprocess from "./rules/security/shell-enabled-subprocess.ts";
import sqlBuiltByStringFormatting from "./rules/security/sql-built-by-string-formatting.ts";
import sqlInjection from "./rules/security/sql-injection.ts";
import templateInjection from "./rules/security/template-injection.ts";
import timingUnsafeSecretComparison from "./rules/security/timing-unsafe-secret-comparison.ts";
import tlsVerificationDisabled from "./rules/security/tls-verification-disabled.ts";
import tokenWithoutExpiry from "./rules/security/token-without-expiry.ts";
import trustBoundaryViolation from "./rules/security/trust-boundary-violation.ts";
import unrestrictedFileUpload from "./rules/security/unrestricted-file-upload.ts";
import unsafeDeserialization from "./rules/security/unsafe-deserialization.ts";
import unsafeReflection from "./rules/security/unsafe-reflection.ts";
import weakCryptography from "./rules/security/weak-cryptography.ts";
import weakPasswordHash from "./rules/security/weak-password-hash.ts";
import xmlExternalEntity from "./rules/security/xml-external-entity.ts";
import xpathInjection from "./rules/security/xpath-injection.ts";
import hardcodedCredential from "./rules/secrets/hardcoded-credential.ts";
import insecureSecretFallback from "./rules/secrets/insecure-secret-fallback.ts";
import providerKeyInSource from "./rules/secrets/provider-key-in-source.ts";
import secretInProcessArguments from "./rules/secrets/secret-in-process-arguments.ts";
import secretInUrl from "./rules/secrets/secret-in-url.ts";
import secretReachesLog from "./rules/secrets/secret-reaches-log.ts";
import chainedAssignment from "./rules/data/chained-assignment.ts";
import dagDynamicStartDate from "./rules/data/dag-dynamic-start-date.ts";
import dagTopLevelIo from "./rules/data/dag-top-level-io.ts";
import dataframeGrownInLoop from "./rules/data/dataframe-grown-in-loop.ts";
import dataframeRowLoop from "./rules/data/dataframe-row-loop.ts";
import browserAutomationSleep from "./rules/automation/browser-automation-sleep.ts";
import failureExitsZero from "./rules/automation/failure-exits-zero.ts";
import scrapedElementUnchecked from "./rules/automation/scraped-element-unchecked.ts";
import scriptWithoutEntryGuard from "./rules/automation/script-without-entry-guard.ts";
import uncheckedSubprocessResult from "./rules/automation/unchecked-subprocess-result.ts";
import generatedCodeResidue from "./rules/ai/generated-code-residue.ts";
import llmOutputInDangerousSink from "./rules/ai/llm-output-in-dangerous-sink.ts";
import llmOutputSchemaUnchecked from "./rules/ai/llm-output-schema-unchecked.ts";
import modelLoadedPerRequest from "./rules/ai/model-loaded-per-request.ts";
import promptInjectionWithTools from "./rules/ai/prompt-injection-with-tools.ts";
import trainTestLeakage from "./rules/ai/train-test-leakage.ts";
import unrestrictedAgentTool from "./rules/ai/unrestricted-agent-tool.ts";
import untrustedModelArtifact from "./rules/ai/untrusted-model-artifact.ts";
import untrustedTextInSystemPrompt from "./rules/ai/untrusted-text-in-system-prompt.ts";

export const RULES: readonly AnyRule[] = [
  assertGuardsRuntimeCondition,
  bareExcept,
  eagerLogFormatting,
  importTimeSideEffect,
  lostExceptionCause,
  moneyAsFloat,
  mutableDefaultArgument,
  naiveDatetime,
  overcomplexFunction,
  printAsLogging,
  sharedMutableClassAttribute,
  swallowedException,
  textIoWithoutEncoding,
  unclosedResource,
  untypedPublicFunction,
  mutableModuleStateInHandler,
  routeShadowed,
  adminRelationNPlusOne,
  csrfExemptOnSessionEndpoint,
  djangoDebugEnabled,
  djangoInsecureProductionSettings,
  modelformAllFields,
  serializerAllFields,
  signalWithExternalEffect,
  unorderedPagination,
  flaskDebugEnabled,
  flaskUploadWithoutSizeLimit,
  dependencyWithoutCleanup,
  httpExceptionReturned,
  responseModelMissing,
  endpointWithoutAuthentication,
  errorWithSuccessStatus,
  exceptionDetailInResponse,
  massAssignment,
  objectLevelAuthorizationMissing,
  patchOverwritesAbsentFields,
  sensitiveFieldInResponse,
  stateChangingGet,
  unboundedPageSize,
  unpaginatedListEndpoint,
  nonIdempotentRequestRetried,
  outboundCallWithoutTimeout,
  retryWithoutBackoff,
  webhookWithoutDeduplication,
  webhookWithoutSignatureCheck,
  checkThenActRace,
  clientCreatedPerCall,
  fetchAllUnbounded,
  irreversibleMigration,
  lostUpdate,
  migrationImportsLiveModel,
  multiWriteWithoutTransaction,
  nPlusOneInSerializer,
  nPlusOneQuery,
  redisKeyWithoutTtl,
  rowFetchForCountOrExistence,
  sessionSharedAcrossRequests,
  unindexedLookupColumn,
  unsafeMigrationStep,
  assertionAlwaysTrue,
  mockPatchesWrongTarget,
  overbroadRaises,
  testNeverCollected,
  testSleeps,
  testWithoutAssertion,
  contextlessErrorLog,
  debuggerLeftIn,
  exceptionLoggedWithoutTraceback,
  rootLoggerMisconfigured,
  envStringAsBoolean,
  cacheSharedAcrossUsers,
  cacheWithoutInvalidation,
  linearMembershipInLoop,
  unboundedMemoization,
  unboundedRead,
  blockingCallInAsync,
  blockingCallReachedFromAsync,
  cancellationSwallowed,
  coroutineNotAwaited,
  droppedTaskReference,
  sessionSharedBetweenTasks,
  syncOrmInAsyncEndpoint,
  unboundedConcurrency,
  heavyWorkInRequest,
  messageAckedBeforeProcessing,
  nonIdempotentTask,
  ormObjectPassedToTask,
  overlappingScheduledJob,
  taskEnqueuedBeforeCommit,
  taskResultAwaitedInRequest,
  taskWithoutRetryPolicy,
  taskWithoutTimeLimit,
  archivePathTraversal,
  autoescapeDisabled,
  codeInjection,
  commandInjection,
  crossSiteScripting,
  csvFormulaInjection,
  emailHeaderInjection,
  formatStringInjection,
  httpHeaderInjection,
  insecureCookieFlags,
  insecureFilePermissions,
  jwtVerificationWeakened,
  ldapInjection,
  logInjection,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  permissiveCors,
  predictableToken,
  regexInjection,
  serverSideRequestForgery,
  shellEnabledSubprocess,
  sqlBuiltByStringFormatting,
  sqlInjection,
  templateInjection,
  timingUnsafeSecretComparison,
  tlsVerificationDisabled,
  tokenWithoutExpiry,
  trustBoundaryViolation,
  unrestrictedFileUpload,
  unsafeDeserialization,
  unsafeReflection,
  weakCryptography,
  weakPasswordHash,
  xmlExternalEntity,
  xpathInjection,
  hardcodedCredential,
  insecureSecretFallback,
  providerKeyInSource,
  secretInProcessArguments,
  secretInUrl,
  secretReachesLog,
  chainedAssignment,
  dagDynamicStartDate,
  dagTopLevelIo,
  dataframeGrownInLoop,
  dataframeRowLoop,
  browserAutomationSleep,
  failureExitsZero,
  scrapedElementUnchecked,
  scriptWithoutEntryGuard,
  uncheckedSubprocessResult,
  generatedCodeResidue,
  llmOutputInDangerousSink,
  llmOutputSchemaUnchecked,
  modelLoadedPerRequest,
  promptInjectionWithTools,
  trainTestLeakage,
  unrestrictedAgentTool,
  untrustedModelArtifact,
  untrustedTextInSystemPrompt,
];
