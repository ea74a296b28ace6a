import Papa from "papaparse";
import { currentLocale } from "../texts/index.ts";

/** Spreadsheets of most languages expect semicolons; those of English, commas. */
const localDelimiter = (): "," | ";" => (currentLocale() === "en" ? "," : ";");

/** Cells that a spreadsheet would run as a formula. */
const FORMULA = /^[\t\r]|^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Writes a CSV file that spreadsheets open with the right characters and columns, and without formulas. */
export function writeTable(header: string[], lines: string[][], delimiter = localDelimiter()): string {
  const text = Papa.unparse([header, ...lines], { delimiter, newline: "\r\n", escapeFormulae: FORMULA });
  return `\uFEFF${text}\r\n`;
}

/** Offers text as a file to download. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
