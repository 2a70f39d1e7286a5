/** Deployment is automated. */

import { defineCheck, found, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { atFile, isLibrary, SERVICES } from "./_common.ts";

const DEPLOYS =
  /\b(?:kubectl (?:apply|set|rollout)|helm (?:upgrade|install)|terraform apply|flyctl deploy|fly deploy|gcloud (?:run|app) deploy|aws (?:ecs|lambda|deploy|apprunner)|az webapp|serverless deploy|sls deploy|kamal deploy|dokku|heroku|railway up|cdk deploy|pulumi up|ansible-playbook|copilot (?:svc )?deploy|vercel|wrangler deploy|eb deploy|sam deploy|zappa (?:update|deploy)|docker stack deploy)\b|superfly\/flyctl-actions|azure\/(?:webapps-deploy|k8s-deploy)|akhileshns\/heroku-deploy|aws-actions\/amazon-ecs-deploy|google-github-actions\/deploy|appleboy\/ssh-action/i;
const BUILDS =
  /\bdocker (?:build|push|buildx)|docker\/build-push-action|pypa\/gh-action-pypi-publish|twine upload|uv publish|poetry publish/;

export default defineCheck({
  id: "deploy-pipeline",
  title: "Deployment is automated",
  why: "repeatable release",
  section: "deployment",
  level: "differentiator",
  roles: SERVICES,
  guide: "deployment#ci-cd",
  actions: [{ kind: "snippet", prefix: "yaml-gha-deploy" }],
  judge(stack) {
    const step = stack.step(DEPLOYS);
    const environment = stack.pipelines
      .flatMap((pipeline) => pipeline.environments)
      .find(({ name }) => !/test|ci\b/i.test(name));
    const platform = atFile(
      stack.files.top(
        /^(?:Procfile|render\.ya?ml|fly\.toml|app\.ya?ml|app\.json|railway\.(?:json|toml)|serverless\.ya?ml|zappa_settings\.json|vercel\.json)$/,
      )[0],
    );
    const infrastructure = atFile(
      stack.files.find(/(?:\.tf|(?:^|\/)(?:Chart\.yaml|Pulumi\.ya?ml|cdk\.json|kustomization\.ya?ml))$/)[0],
    );
    const detail =
      infrastructure === undefined
        ? []
        : [found("The infrastructure is written down as code", infrastructure)];
    const place = step ?? environment ?? platform;
    if (place !== undefined) return weigh([found("Deployment is automated", place), ...detail]);
    const built = stack.step(BUILDS);
    if (built !== undefined && isLibrary(stack))
      return weigh([found("Releases are published by the pipeline", built)]);
    if (built !== undefined)
      return weigh([
        found("An image or package is built and published", built),
        lacks("Nothing deploys it; where another repository does, say so in a note"),
      ]);
    if (isLibrary(stack)) return notApplicable("This is a library.");
    return detail.length > 0
      ? weigh([...detail, lacks("No pipeline applies it")])
      : missing("Nothing deploys it; where another repository does, say so in a note.");
  },
});
