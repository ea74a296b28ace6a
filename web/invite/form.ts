import { type FieldError, Problem, matchField } from "#shared/problem.ts";
import { type Child, h, icon } from "./dom.ts";
import type { Field } from "./fields.ts";
import { announce, endAnnouncement } from "./page.ts";
import { errorMessage } from "./screens/error-message.ts";
import { texts } from "./texts/index.ts";

interface FormOptions {
  content?: Child[];
  fields?: Field[];
  submit: string;
  busy: string;
  /** Style of the submit button. */
  kind?: "button" | "button danger";
  /** Validates before anything is sent. */
  check?: () => FieldError[];
  send: () => Promise<void>;
  /** Leaves the form on an error that no input can fix. Returns false if the form should show the error. */
  handleTerminalError: (error: unknown) => boolean;
}

/** Creates a form. Field errors are shown at their fields, other errors above the button; inputs keep their values. */
export function form({
  content = [],
  fields = [],
  submit,
  busy,
  kind = "button",
  check = () => [],
  send,
  handleTerminalError,
}: FormOptions): HTMLFormElement {
  const alerts = h("div", { role: "alert" });
  const label = h("span", {}, submit);
  const button = h(
    "button",
    { type: "submit", class: kind },
    h("span", { class: "spinner", "aria-hidden": "true" }),
    label,
  );
  let sending = false;

  const setSending = (value: boolean) => {
    sending = value;
    button.classList.toggle("is-busy", value);
    button.setAttribute("aria-disabled", String(value));
    if (value) announce(busy);
    else endAnnouncement(busy);
  };

  const fieldOf = (path: string) => {
    const names = fields.map(({ name }) => name);
    return fields.find(({ name }) => name === matchField(names, path));
  };
  const isEmpty = (path: string) => fieldOf(path)?.value().trim() === "";

  const setFieldErrors = (errors: FieldError[]) => {
    const unmatched: string[] = [];
    for (const { field, message } of errors) {
      const target = fieldOf(field);
      if (target) target.setError(message);
      else unmatched.push(message);
    }
    alerts.replaceChildren(alertBox([texts.error.summary, ...unmatched].join(" ")));
    fields.find((field) => field.hasError())?.control.focus();
  };

  const submitForm = async () => {
    for (const field of fields) field.setError("");
    alerts.replaceChildren();
    const errors = check();
    if (errors.length) {
      setFieldErrors(errors);
      return;
    }
    for (const field of fields) field.conceal?.();
    setSending(true);
    try {
      await send();
    } catch (error) {
      if (handleTerminalError(error)) return;
      if (error instanceof Problem && error.status === 422 && error.errors.length)
        setFieldErrors(error.errors.map((each) => translateError(each, isEmpty(each.field))));
      else alerts.replaceChildren(alertBox(...errorMessage(error)));
    } finally {
      setSending(false);
    }
  };

  return h(
    "form",
    {
      novalidate: true,
      method: "post",
      onsubmit: (event) => {
        event.preventDefault();
        if (!sending) void submitForm();
      },
    },
    ...content,
    alerts,
    button,
  );
}

/** Replaces the API's English message by the page's own text for the field. */
function translateError({ field, reason }: FieldError, isEmpty: boolean): FieldError {
  const { name, required, text, password, passwordCommon, terms } = texts.error;
  const [part = ""] = field.split(".");
  const words: Record<string, string> = {
    first_name: name,
    last_name: isEmpty ? required : name,
    password: reason === "password_too_common" ? passwordCommon : password,
    terms_version: terms,
  };
  return { field, message: words[part] ?? (part.startsWith("security_") ? text : "") };
}

function alertBox(...children: Child[]): HTMLElement {
  return h("div", { class: "alert" }, icon("info"), h("div", {}, ...children));
}
