import type { components } from "#shared/schema.d.ts";
import { reach } from "#shared/http.ts";
import { api, bodyOf } from "../api/client.ts";

type Upload = components["schemas"]["UploadView"];

/** A megabyte takes its time on a train. */
const PATIENCE_MS = 120_000;

/** The picture as an address that the page may show; fails for a file that only bears a picture's name. */
export async function shown(file: File): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(new Error("The file cannot be read."));
    };
    reader.readAsDataURL(file);
  });
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return address;
}

/** Puts the picture where the API looks for it; answers under which id it does. */
export async function upload(file: File): Promise<string> {
  const room = await bodyOf(api.POST("/v1/me/profile/logo", { body: {} }));
  const response = await reach(room.url, {
    method: "POST",
    body: formFor(room, file),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error("The upload was refused.");
  return room.upload_id;
}

/** The file comes last: what follows it is not looked at. */
function formFor({ fields }: Upload, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}
