import type { UseFormReturnType } from "@mantine/form";
import { type SyntheticEvent, useState } from "react";
import { type FieldError, Problem } from "#shared/problem.ts";
import { messageFor } from "../api/error-messages.ts";
import { type FieldOfPath, focusFirstError, setFieldErrors } from "./form-errors.ts";

export const CHECK_FIELDS = "Please check the fields marked in red.";

interface ApiFormOptions<Values> {
  fieldOfPath: FieldOfPath<Values>;
  /** Text above the messages that match no field. */
  summary?: string;
  /** Replaces the API's messages by the form's own. */
  translate?: (errors: FieldError[]) => FieldError[];
  /** Text for an error that is about no field. */
  describe?: (error: unknown) => string;
}

interface ApiForm<Values> {
  /** Message about the whole form; "" if there is none. */
  refusal: string;
  setRefusal: (message: string) => void;
  /** Shows an error of the API: field errors at their fields, any other error as `refusal`. */
  showError: (error: unknown) => void;
  /** Creates the submit handler: validates, clears the last refusal, then sends. */
  onSubmit: (send: (values: Values) => void) => (event?: SyntheticEvent<HTMLFormElement>) => void;
}

/** Connects a form with the API's refusals: the one place that decides where an error is shown. */
export function useApiForm<Values extends object>(
  form: UseFormReturnType<Values>,
  {
    fieldOfPath,
    summary = CHECK_FIELDS,
    translate = (errors) => errors,
    describe = messageFor,
  }: ApiFormOptions<Values>,
): ApiForm<Values> {
  const [refusal, setRefusal] = useState("");
  return {
    refusal,
    setRefusal,
    showError: (error) => {
      if (error instanceof Problem && error.errors.length) {
        setRefusal([summary, ...setFieldErrors(form, translate(error.errors), fieldOfPath)].join(" "));
      } else {
        setRefusal(describe(error));
      }
    },
    onSubmit: (send) =>
      form.onSubmit(
        (values) => {
          setRefusal("");
          send(values);
        },
        (errors) => {
          focusFirstError(form, errors);
        },
      ),
  };
}
