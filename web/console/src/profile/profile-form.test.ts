import { expect, test } from "vitest";
import { me } from "../../test/samples.ts";
import { toIdentityChanges, toProfileChanges, toValues } from "./profile-form.ts";

test("of a saved profile only what was changed is sent", () => {
  const profile = { phone: { country_code: "+44", number: "2079460000" }, time_zone: "Asia/Tokyo", signature: "Bye" };
  const seen = me({ profile: { ...profile, logo_url: null } });

  expect(toProfileChanges(toValues(seen), seen, undefined)).toEqual({});
  expect(toProfileChanges({ ...toValues(seen), signature: " " }, seen, undefined)).toEqual({ signature: null });
  expect(toProfileChanges({ ...toValues(seen), number: "2079460001" }, seen, undefined)).toEqual({
    phone: { country_code: "+44", number: "2079460001" },
  });
  expect(toIdentityChanges(toValues(seen), seen)).toEqual({});
});

test("a first profile begins with the phone of the invitation, and a saved one with its own", () => {
  const phone = { country_code: "+44", number: "2079460000" };
  const saved = { phone: null, time_zone: "Asia/Tokyo", signature: null, logo_url: null };

  const first = me({ profile: null, phone });
  expect(toProfileChanges(toValues(first), first, undefined)).toMatchObject({ phone, signature: null });
  expect(toValues(me({ profile: saved, phone })).number).toBe("");
});

test("a logo is removed, unless a new one was uploaded", () => {
  const values = { ...toValues(me()), removesLogo: true };

  expect(toProfileChanges(values, me(), undefined).logo).toBeNull();
  expect(toProfileChanges(values, me(), "upload").logo).toBe("upload");
  expect(toProfileChanges(toValues(me()), me(), undefined)).not.toHaveProperty("logo");
});

test("only changed names and languages are sent", () => {
  const seen = me();

  expect(toIdentityChanges({ ...toValues(seen), first_name: " Anna ", locale: "fr" }, seen)).toEqual({
    first_name: "Anna",
    locale: "fr",
  });
});
