import type { UseFormReturnType } from "@mantine/form";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { Problem } from "#shared/problem.ts";
import { type Limited, messageFor } from "../api/error-messages.ts";
import { type FieldOfPath, focusFirstError, setFieldErrors } from "./form-errors.ts";

interface ApiFormOptions<Values> {
  fieldOfPath: FieldOfPath<Values>;
  /** Fields whose own refusals have a code: the message stands at the field. */
  fieldOfCode?: Partial<Record<string, keyof Values & string>>;
  /** Texts for errors that are about no field of the form, by their path in the API. */
  textOf?: Partial<Record<string, string>>;
  /** The kind of rate limit that the requests count against; it has texts of its own. */
  limited?: Limited;
}

interface ApiForm<Values> {
  /** Message about the whole form; "" if there is none. */
  refusal: string;
  setRefusal: (message: string) => void;
  /** The refusal that the form last got, until a value changes. */
  problem: Problem | undefined;
  /** Takes the last refusal back. */
  clear: () => void;
  /** Shows an error of the API: field errors at their fields, any other error as `refusal`. */
  showError: (error: unknown) => void;
  /** Creates the submit handler: validates, clears the last refusal, then sends. */
  onSubmit: (send: (values: Values) => void) => (event?: SyntheticEvent<HTMLFormElement>) => void;
}

/** Connects a form with the API's refusals: the one place that decides where an error is shown. */
export function useApiForm<Values extends object>(
  form: UseFormReturnType<Values>,
  { fieldOfPath, fieldOfCode = {}, textOf = {}, limited }: ApiFormOptions<Values>,
): ApiForm<Values> {
  const [refusal, setRefusal] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const values = JSON.stringify(form.getValues());
  const refused = useRef("");

  const clear = () => {
    setRefusal("");
    setProblem(undefined);
  };
  // Clear the refusal once a value has changed.
  useEffect(() => {
    if (refused.current && refused.current !== values) {
      refused.current = "";
      clear();
    }
  }, [values]);

  return {
    refusal,
    setRefusal,
    problem,
    clear,
    showError: (error) => {
      refused.current = JSON.stringify(form.getValues());
      const field = error instanceof Problem && fieldOfCode[error.code];
      setProblem(error instanceof Problem ? error : undefined);
      if (field) {
        const errors = { [field]: messageFor(error, limited) } as Record<string, string>;
        form.setErrors(errors);
        focusFirstError(form, errors);
      } else if (error instanceof Problem && error.errors.length) {
        setRefusal(setFieldErrors(form, error.errors, fieldOfPath, textOf));
      } else {
        setRefusal(messageFor(error, limited));
      }
    },
    onSubmit: (send) =>
      form.onSubmit(
        (submitted) => {
          clear();
          send(submitted);
        },
        (errors) => {
          setRefusal("");
          focusFirstError(form, errors);
        },
      ),
  };
}
