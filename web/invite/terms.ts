import { fetchOrUnreachable } from "#shared/http.ts";
import { h, icon } from "./dom.ts";
import { type Field, button } from "./fields.ts";
import type { Preview } from "./invitation.ts";
import { startupTexts, texts } from "./texts/index.ts";

/** Creates the terms field. The terms can be accepted only in the dialog that shows them. */
export function termsField({ url }: Preview["terms"]): Field & { isAccepted: () => boolean } {
  let accepted = false;
  const text = h("div", { class: "terms-text", tabindex: "0", role: "region", "aria-label": texts.terms.title });
  const acceptButton = button("button", texts.terms.accept, accept);
  acceptButton.disabled = true;
  const dialog = h(
    "dialog",
    { "aria-labelledby": "terms-title" },
    h("h2", { id: "terms-title" }, texts.terms.title),
    text,
    h("div", { class: "dialog-buttons" }, button("button quiet", texts.terms.close, close), acceptButton),
  );
  const state = h("p", { class: "hint", id: "terms-state", role: "status" }, texts.terms.todo);
  const errorLine = h("p", { class: "field-error", id: "terms-error", hidden: true });
  const opener = button("button quiet", texts.terms.open, open);
  opener.setAttribute("aria-describedby", "terms-state terms-error");
  const root = h(
    "div",
    { class: "terms" },
    h(
      "div",
      { class: "terms-state" },
      icon("paper"),
      h("div", {}, h("p", { class: "terms-title" }, texts.terms.title), state),
    ),
    opener,
    errorLine,
    dialog,
  );

  function open() {
    dialog.showModal();
    if (acceptButton.disabled) void load();
  }

  function close() {
    dialog.close();
  }

  function accept() {
    accepted = true;
    root.classList.add("is-accepted");
    state.textContent = texts.terms.done;
    opener.textContent = texts.terms.again;
    setError("");
    dialog.close();
  }

  function setError(message: string) {
    errorLine.textContent = message;
    errorLine.hidden = !message;
  }

  async function load() {
    text.replaceChildren(h("p", { role: "status" }, texts.terms.loading));
    try {
      text.replaceChildren(...paragraphs(await fetchTerms(url)));
      acceptButton.disabled = false;
    } catch {
      text.replaceChildren(
        h("p", { role: "alert" }, texts.terms.failed),
        button("button quiet", startupTexts().retry, () => void load()),
      );
    }
  }

  return {
    name: "terms_version",
    root,
    control: opener,
    value: () => String(accepted),
    setError,
    hasError: () => !errorLine.hidden,
    isAccepted: () => accepted,
  };
}

async function fetchTerms(url: string): Promise<string> {
  const address = new URL(url, location.origin);
  if (address.origin !== location.origin) throw new Error("The terms live on another site.");
  const response = await fetchOrUnreachable(address.pathname);
  if (!response.ok) throw new Error("The terms are missing.");
  return response.text();
}

/** Splits plain text into paragraphs; a single numbered line is a heading. The first block repeats the title and is left out. */
function paragraphs(text: string): HTMLElement[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .slice(1)
    .map((block) => h(/^\d+\. .{1,60}$/.test(block) ? "h3" : "p", {}, block));
}
