import { type FieldError, Problem, matchField } from "#shared/problem.ts";
import { type Child, h, icon } from "./dom.ts";
import type { Field } from "./fields.ts";
import { announce } from "./page.ts";
import { notice } from "./screens/notice.ts";
import { texts } from "./texts/index.ts";

interface FormOptions {
  content?: Child[];
  fields?: Field[];
  submit: string;
  busy: string;
  /** Of the button that submits. */
  kind?: "button" | "button grave";
  /** What is wrong before anything is sent. */
  check?: () => FieldError[];
  send: () => Promise<void>;
  /** May take the error over; answers whether it did. */
  leave: (error: unknown) => boolean;
}

/** A form that shows every refusal where it belongs and keeps what was typed. */
export function form({
  content = [],
  fields = [],
  submit,
  busy,
  kind = "button",
  check = () => [],
  send,
  leave,
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
  };

  const complain = (errors: FieldError[]) => {
    const names = fields.map((field) => field.name);
    const homeless: string[] = [];
    for (const { field, message } of errors) {
      const home = fields.find(({ name }) => name === matchField(names, field));
      if (home) home.complain(message);
      else homeless.push(message);
    }
    alerts.replaceChildren(alertBox([texts.error.summary, ...homeless].join(" ")));
    fields.find((field) => field.isWrong())?.control.focus();
  };

  const submitted = async () => {
    for (const field of fields) field.complain("");
    alerts.replaceChildren();
    const errors = check();
    if (errors.length) {
      complain(errors);
      return;
    }
    setSending(true);
    try {
      await send();
    } catch (error) {
      if (leave(error)) return;
      if (error instanceof Problem && error.status === 422 && error.errors.length)
        complain(error.errors.map(inOurWords));
      else alerts.replaceChildren(alertBox(...notice(error)));
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
        if (!sending) void submitted();
      },
    },
    ...content,
    alerts,
    button,
  );
}

/** The API's sentences are English; the page has one in its own language for each field. */
function inOurWords({ field }: FieldError): FieldError {
  const { name, text, password, phone, terms } = texts.error;
  const [part = ""] = field.split(".");
  const words: Record<string, string> = { first_name: name, last_name: name, password, phone, terms_version: terms };
  return { field, message: words[part] ?? (part.startsWith("security_") ? text : "") };
}

function alertBox(...children: Child[]): HTMLElement {
  return h("div", { class: "alert" }, icon("info"), h("div", {}, ...children));
}
