import { type Child, h } from "./dom.ts";
import { texts } from "./texts/index.ts";

export interface Field {
  name: string;
  root: HTMLElement;
  control: HTMLElement;
  value: () => string;
  /** Shows the message at the field; "" takes it away. */
  complain: (message: string) => void;
  isWrong: () => boolean;
}

interface Wrapping {
  name: string;
  label: string;
  hint?: string;
  /** Ids of further descriptions. */
  describedBy?: string;
  beside?: Child;
}

type Control = HTMLInputElement | HTMLSelectElement;

/** Puts label, hint and complaint round a control. */
export function field(control: Control, { name, label, hint, describedBy, beside }: Wrapping): Field {
  const id = name.replace(".", "-");
  const complaint = h("p", { class: "complaint", id: `${id}-complaint`, hidden: true });
  const descriptions = [hint && `${id}-hint`, describedBy].filter(Boolean);
  control.id = id;
  control.name = name;
  const complain = (message: string) => {
    complaint.textContent = message;
    complaint.hidden = !message;
    const described = message ? [complaint.id, ...descriptions] : descriptions;
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
    if (message) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  complain("");
  control.addEventListener("input", () => {
    complain("");
  });
  const root = h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h("div", { class: "control" }, control, beside),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    complaint,
  );
  return { name, root, control, complain, value: () => control.value, isWrong: () => !complaint.hidden };
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

/** A password with the toggle that shows what is typed. */
export function passwordField(
  autocomplete: "new-password" | "current-password",
  extra: { describedBy?: string } = {},
): Field {
  const control = input(autocomplete, { type: "password", autocapitalize: "none", spellcheck: "false" });
  const toggle = h(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-pressed": "false",
      title: texts.field.showHint,
      onclick: () => {
        const shown = control.type === "text";
        control.type = shown ? "password" : "text";
        toggle.setAttribute("aria-pressed", String(!shown));
      },
    },
    texts.field.show,
  );
  return field(control, { name: "password", label: texts.field.password, beside: toggle, ...extra });
}

/** A button that does something on this page; the one that ends a form is the form's own. */
export function button(kind: "button" | "button quiet" | "link", text: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: kind, onclick }, text);
}

export function group(legend: string, ...children: Child[]): HTMLFieldSetElement {
  return h("fieldset", {}, h("legend", {}, legend), ...children);
}
