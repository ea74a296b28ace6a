import { type Child, h } from "./dom.ts";
import { texts } from "./texts/index.ts";

export interface Field {
  name: string;
  root: HTMLElement;
  control: HTMLElement;
  value: () => string;
  /** Shows an error message at the field; "" clears it. */
  setError: (message: string) => void;
  hasError: () => boolean;
  /** Hides a password that was made readable. */
  conceal?: () => void;
}

interface FieldOptions {
  name: string;
  label: string;
  hint?: string;
  /** Ids of further elements for `aria-describedby`. */
  describedBy?: string;
  beside?: Child;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** Wraps a control with its label, hint and error message. The message is cleared by the next input. */
export function field(control: Control, { name, label, hint, describedBy, beside }: FieldOptions): Field {
  const id = name.replace(".", "-");
  const errorLine = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const descriptions = [hint && `${id}-hint`, describedBy].filter(Boolean);
  control.id = id;
  control.name = name;
  const setError = (message: string) => {
    errorLine.textContent = message;
    errorLine.hidden = !message;
    const described = message ? [errorLine.id, ...descriptions] : descriptions;
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  setError("");
  control.addEventListener("input", () => {
    setError("");
  });
  const root = h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h("div", { class: "control" }, control, beside),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    errorLine,
  );
  return { name, root, control, setError, value: () => control.value, hasError: () => !errorLine.hidden };
}

export function input(autocomplete: string, attributes: Record<string, string | boolean> = {}): HTMLInputElement {
  return h("input", { type: "text", autocomplete, ...attributes });
}

export function emailField(email: string): Field {
  return field(input("username", { type: "email", readonly: true, value: email }), {
    name: "email",
    label: texts.field.email,
    hint: texts.field.emailHint,
  });
}

/** Creates a password field with a toggle that makes the password readable. */
export function passwordField(
  autocomplete: "new-password" | "current-password",
  extra: { describedBy?: string } = {},
): Field {
  const control = input(autocomplete, { type: "password", autocapitalize: "none", spellcheck: "false" });
  const reveal = (shown: boolean) => {
    control.type = shown ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(shown));
  };
  const toggle = h(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-pressed": "false",
      title: texts.field.showHint,
      onclick: () => {
        reveal(control.type === "password");
      },
    },
    texts.field.show,
  );
  const password = field(control, { name: "password", label: texts.field.password, beside: toggle, ...extra });
  return {
    ...password,
    conceal: () => {
      reveal(false);
    },
  };
}

/** Creates a button that does not submit a form. */
export function button(kind: "button" | "button quiet" | "link", text: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: kind, onclick }, text);
}

export function group(legend: string, ...children: Child[]): HTMLFieldSetElement {
  return h("fieldset", {}, h("legend", {}, legend), ...children);
}
