import types from "#shared/partner-types.json" with { type: "json" };
import { currentLocale } from "../texts/index.ts";

/** Returns the deployment's types of partners, in the current language. */
export const partnerTypes = () => types.map(({ name, label }) => ({ value: name, label: label[currentLocale()] }));

/** Returns the label of a type; its name, if the catalogue no longer has it. */
export const partnerTypeLabel = (name: string): string =>
  partnerTypes().find(({ value }) => value === name)?.label ?? name;
