import type { components } from "#shared/schema.d.ts";
import { fetchOrUnreachable } from "#shared/http.ts";
import { api, unwrap } from "../api/client.ts";

type Upload = components["schemas"]["UploadView"];

/** Enough for 1 MB on a slow mobile network. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** Reads an image as a data URL; rejects for a file that the browser cannot decode as an image. */
export async function readPreview(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(new Error("The file cannot be read."));
    };
    reader.readAsDataURL(file);
  });
  const image = new Image();
  image.src = url;
  await image.decode();
  return url;
}

/** Uploads an image through a presigned POST form. Returns the upload's id; throws if the upload is refused. */
export async function upload(file: File): Promise<string> {
  const form = await unwrap(api.POST("/v1/me/profile/logo"));
  const request = { method: "POST", body: toFormData(form, file) };
  const response = await fetchOrUnreachable(form.url, request, UPLOAD_TIMEOUT_MS);
  if (!response.ok) throw new Error("The upload was refused.");
  return form.upload_id;
}

/** The file comes last: S3 ignores fields that follow it. */
function toFormData({ fields }: Upload, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}
