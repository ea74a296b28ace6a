export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"];
export const LOGO_BYTES = 1024 * 1024;

/** What is wrong with a file, as far as its outside tells. */
export function problemOfFile({ type, size }: Pick<File, "type" | "size">): "wrongKind" | "tooLarge" | null {
  if (!LOGO_TYPES.includes(type)) return "wrongKind";
  if (size > LOGO_BYTES) return "tooLarge";
  return null;
}
