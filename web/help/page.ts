import type { Locale } from "../shared/texts.ts";

export interface HelpTexts {
  title: string;
  lead: string;
  /** Each question with the paragraphs of its answer. */
  answers: { question: string; answer: string[] }[];
  /** Ends the last answer, where the brand has an address; `{address}` is in it. */
  support: string;
}

/** The languages, each by its own name. */
export const LANGUAGES: Record<Locale, string> = { de: "Deutsch", en: "English", es: "Español", fr: "Français" };

const escape = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Returns the help page of a language as HTML; `address` is the brand's for support. It needs no script. */
export function helpPage(locale: Locale, texts: HelpTexts, address: string | null): string {
  const { title, lead, answers } = texts;
  const links = Object.entries(LANGUAGES).map(([code, name]) =>
    code === locale
      ? `<span lang="${code}" aria-current="page">${name}</span>`
      : `<a href="/help/${code}" lang="${code}" hreflang="${code}">${name}</a>`,
  );
  const sections = answers.map(
    ({ question, answer }) =>
      `<h2>${escape(question)}</h2>\n${answer.map((part) => `<p>${escape(part)}</p>`).join("\n")}`,
  );
  const link = address ? `<a href="mailto:${address}">${escape(address)}</a>` : "";
  const support = link ? `\n<p>${escape(texts.support).replace("{address}", link)}</p>` : "";
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
${sections.join("\n")}${support}
</main>
<footer>
<nav>${links.join("\n")}</nav>
</footer>
</body>
</html>
`;
}
