import { codeOfRegion, readPhone } from "#shared/phone.ts";
import { texts } from "../texts/index.ts";
import { isEmailAddress, readAddress } from "./email-address.ts";

/** The API's limit for first and last names. */
export const NAME_LENGTH = 80;

interface PhoneValues {
  region: string;
  number: string;
}

/** Reads the phone fields, of which the first is a region. */
export const readPhoneFields = ({ region, number }: PhoneValues) => readPhone(codeOfRegion(region), number);

/** Validates the phone fields. Returns the errors by field. */
export function phoneErrors(values: PhoneValues): Partial<Record<"region" | "number", string>> {
  const errors: Partial<Record<"region" | "number", string>> = {};
  for (const { field, message } of readPhoneFields(values).problems) {
    errors[field === "phone.country_code" ? "region" : "number"] = texts.phone[message];
  }
  return errors;
}

interface NameValues {
  first_name: string;
  last_name: string;
}

/** Validates that the names are there. */
export function nameErrors(values: NameValues, needsLastName: boolean): Partial<Record<keyof NameValues, string>> {
  const errors: Partial<Record<keyof NameValues, string>> = {};
  if (!values.first_name.trim()) errors.first_name = texts.error.required;
  if (needsLastName && !values.last_name.trim()) errors.last_name = texts.error.required;
  return errors;
}

/** Validates an address as people type or paste it. Returns the error, or null. */
export const emailError = (typed: string): string | null =>
  isEmailAddress(readAddress(typed)) ? null : texts.error.email;
