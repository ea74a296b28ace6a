import { expect, test } from "vitest";
import { LOGO_BYTES, LOGO_TYPES, validateLogo } from "./logo-rules.ts";

test("allowed media types are accepted up to the size limit", () => {
  for (const type of LOGO_TYPES) expect(validateLogo({ type, size: LOGO_BYTES })).toBe(null);
});

test("other media types and larger files are refused", () => {
  expect(validateLogo({ type: "image/svg+xml", size: 10 })).toBe("wrongKind");
  expect(validateLogo({ type: "image/png", size: LOGO_BYTES + 1 })).toBe("tooLarge");
});
