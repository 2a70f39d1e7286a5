/** Files kept in object storage. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { SERVICES } from "./_common.ts";

export default defineCheck({
  id: "object-storage-configured",
  title: "Files kept in object storage",
  why: "servers stay stateless",
  section: "databases",
  level: "differentiator",
  roles: SERVICES,
  guide: "databases#object-storage",
  actions: [{ kind: "snippet", prefix: "s3-presigned" }],
  judge(stack) {
    const uploads = stack
      .models()
      .find(({ fields }) => [...fields.values()].some(({ type }) => /^(?:File|Image)Field$/.test(type)));
    const parameter = stack.routes().find(({ parameters }) => parameters.some(({ from }) => from === "file"));
    const library = stack.runtime(
      "boto3",
      "google-cloud-storage",
      "azure-storage-blob",
      "django-storages",
      "s3fs",
      "fsspec",
      "minio",
      "aioboto3",
    );
    if (library === undefined) {
      if (uploads === undefined && parameter === undefined)
        return notApplicable("Nothing is uploaded or exported.");
      return weigh([
        lacks(
          "Uploads are kept on the server's own disk",
          parameter ?? (uploads && { path: uploads.path, line: 1 }),
        ),
      ]);
    }
    const clients = stack.calls(
      /^(?:boto3\.(?:client|resource|Session|session\.Session)|google\.cloud\.storage\.Client|azure\.storage\.blob\.\w+)/,
    );
    const literal = clients.filter(({ keywords }) =>
      ["aws_access_key_id", "aws_secret_access_key"].some((key) => keywords[key]?.kind === "constant"),
    );
    return weigh([
      found(`${library.name} is a dependency`, library),
      ...literal.map((one) => lacks("A key is written into the code", one)),
    ]);
  },
});
