export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"];
export const LOGO_BYTES = 1024 * 1024;

/** What is wrong with a file, as far as its outside tells. */
export function problemOfFile({ type, size }: Pick<File, "type" | "size">): string | null {
  if (!LOGO_TYPES.includes(type)) return "Please choose a PNG, JPEG or WebP picture.";
  if (size > LOGO_BYTES) return "This picture is larger than 1 MB. Please choose a smaller one.";
  return null;
}
