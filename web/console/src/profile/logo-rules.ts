export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"];
export const LOGO_BYTES = 1024 * 1024;

/** Validates media type and size, without reading the file. Returns the key of the error text, or null. */
export function validateLogo({ type, size }: Pick<File, "type" | "size">): "wrongKind" | "tooLarge" | null {
  if (!LOGO_TYPES.includes(type)) return "wrongKind";
  if (size > LOGO_BYTES) return "tooLarge";
  return null;
}
