import type { Locale } from "../shared/texts.ts";

export interface HelpTexts {
  title: string;
  lead: string;
  /** The questions, in the order of the page. */
  answers: Answer[];
}

interface Answer {
  /** Name of the question in links to it. */
  id?: string;
  question: string;
  /** The paragraphs of the answer. */
  answer: string[];
  /** Ends the answer, where the brand has an address; `{address}` is in it. */
  support?: string;
}

/** What the page takes from the brand; `support` is an address. */
interface Brand {
  name: string;
  support: string | null;
}

/** The languages, each by its own name. */
export const LANGUAGES: Record<Locale, string> = { de: "Deutsch", en: "English", es: "Español", fr: "Français" };

const escape = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Returns the help page of a language as HTML. It needs no script. */
export function helpPage(locale: Locale, texts: HelpTexts, { name: product, support: address }: Brand): string {
  const { title, lead, answers } = texts;
  const links = Object.entries(LANGUAGES).map(([code, language]) =>
    code === locale
      ? `<span lang="${code}" aria-current="page">${language}</span>`
      : `<a href="/help/${code}" lang="${code}" hreflang="${code}">${language}</a>`,
  );
  const named = (text: string) => text.replaceAll("{product}", product);
  const link = address ? `<a href="mailto:${address}">${escape(address)}</a>` : "";
  const sections = answers.map(({ id, question, answer, support }) => {
    const parts = answer.map((part) => escape(named(part)));
    if (support && link) parts.push(escape(support).replace("{address}", link));
    const heading = `<h2${id ? ` id="${id}"` : ""}>${escape(named(question))}</h2>`;
    return [heading, ...parts.map((part) => `<p>${part}</p>`)].join("\n");
  });
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/help/help.css">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>${escape(lead)}</p>
${sections.join("\n")}
</main>
<footer>
<nav>${links.join("\n")}</nav>
</footer>
</body>
</html>
`;
}
