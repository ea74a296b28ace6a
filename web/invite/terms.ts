import { fetchOrUnreachable } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { h, icon } from "./dom.ts";
import { type Field, button } from "./fields.ts";
import type { Invitation, Preview } from "./invitation.ts";
import { startupTexts, texts } from "./texts/index.ts";

interface TermsField extends Field {
  isAccepted: () => boolean;
  /** The version that was accepted; null before. */
  acceptedVersion: () => string | null;
  /**
   * Sends a request that the API may refuse for its terms. Then they are shown: those of the invitation as it is now,
   * which may be newer than the page. Rethrows the refusal.
   */
  current: <Answer>(send: () => Promise<Answer>) => Promise<Answer>;
}

/** The terms that were accepted: they stay so when the field is created again for another language. */
const accepted = new WeakSet<Preview["terms"]>();

/** Creates the terms field. The terms can be accepted only in the dialog that shows them. */
export function termsField(terms: Preview["terms"], invitation: Invitation): TermsField {
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
    openDialog(dialog);
    if (acceptButton.disabled) void load();
  }

  function close() {
    closeDialog(dialog);
    opener.focus();
  }

  function accept() {
    accepted.add(terms);
    showAccepted();
    close();
  }

  function showAccepted() {
    root.classList.add("is-accepted");
    state.textContent = texts.terms.done;
    opener.textContent = texts.terms.again;
    setError("");
  }

  function replace(newer: Preview["terms"]) {
    terms = newer;
    acceptButton.disabled = true;
    root.classList.remove("is-accepted");
    state.textContent = texts.terms.changed;
    opener.textContent = texts.terms.open;
  }

  async function current<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    try {
      return await send();
    } catch (error) {
      if (error instanceof Problem && error.errors.some(({ field }) => field === "terms_version")) {
        root.hidden = false;
        const preview = await invitation.preview().catch(() => null);
        if (preview && preview.terms.version !== terms.version) replace(preview.terms);
      }
      throw error;
    }
  }

  function setError(message: string) {
    errorLine.textContent = message;
    errorLine.hidden = !message;
  }

  async function load() {
    text.replaceChildren(h("p", { role: "status" }, texts.terms.loading));
    try {
      text.replaceChildren(...paragraphs(await fetchTerms(terms.url)));
      acceptButton.disabled = false;
    } catch {
      text.replaceChildren(
        h("p", { role: "alert" }, texts.terms.failed),
        button("button quiet", startupTexts().retry, () => void load()),
      );
    }
  }

  if (accepted.has(terms)) showAccepted();
  return {
    name: "terms_version",
    root,
    control: opener,
    value: () => String(accepted.has(terms)),
    setError,
    hasError: () => !errorLine.hidden,
    isAccepted: () => accepted.has(terms),
    acceptedVersion: () => (accepted.has(terms) ? terms.version : null),
    current,
  };
}

/** Opens a dialog: modal, except in browsers before 2022, which show it over the page. */
function openDialog(dialog: HTMLDialogElement): void {
  if ("showModal" in dialog) dialog.showModal();
  else (dialog as HTMLElement).setAttribute("open", "");
}

function closeDialog(dialog: HTMLDialogElement): void {
  if ("close" in dialog) dialog.close();
  else (dialog as HTMLElement).removeAttribute("open");
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
