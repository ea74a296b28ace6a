import { expect, test } from "vitest";
import { me } from "../../test/samples.ts";
import { toBody, toIdentityChanges, toValues } from "./profile-form.ts";

test("a saved profile is shown and sent back as it was", () => {
  const profile = { phone: { country_code: "+44", number: "2079460000" }, time_zone: "Asia/Tokyo", signature: "Bye" };
  const seen = me({ profile: { ...profile, logo_url: null } });

  expect(toBody(toValues(seen), undefined)).toEqual(profile);
  expect(toIdentityChanges(toValues(seen), seen)).toEqual({});
});

test("a first profile begins with the phone of the invitation, and a saved one with its own", () => {
  const phone = { country_code: "+44", number: "2079460000" };
  const saved = { phone: null, time_zone: "Asia/Tokyo", signature: null, logo_url: null };

  expect(toBody(toValues(me({ profile: null, phone })), undefined).phone).toEqual(phone);
  expect(toBody(toValues(me({ profile: saved, phone })), undefined).phone).toBeNull();
});

test("a logo is removed, unless a new one was uploaded", () => {
  const values = { ...toValues(me()), removesLogo: true };

  expect(toBody(values, undefined).logo).toBeNull();
  expect(toBody(values, "upload").logo).toBe("upload");
  expect(toBody(toValues(me()), undefined)).not.toHaveProperty("logo");
});

test("only changed names and languages are sent", () => {
  const seen = me();

  expect(toIdentityChanges({ ...toValues(seen), first_name: " Anna ", locale: "fr" }, seen)).toEqual({
    first_name: "Anna",
    locale: "fr",
  });
});
