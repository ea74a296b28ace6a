import { useForm } from "@mantine/form";
import type { Limited } from "../api/error-messages.ts";
import { emailError } from "../page/person-errors.ts";
import { useApiForm } from "../page/use-api-form.ts";

/** A form of one email address, connected with the API's refusals. */
export function useEmailForm(options: { limited?: Limited } = {}) {
  const form = useForm({ initialValues: { email: "" }, validate: { email: emailError } });
  return { form, ...useApiForm(form, { fieldOfPath: { email: "email" }, ...options }) };
}
