import Papa from "papaparse";
import { readAddress } from "../page/email-address.ts";
import { type Header, readHeader } from "./header.ts";
import { readPasted } from "./pasted-addresses.ts";
import { type Person, personOf } from "./people.ts";

export interface People {
  people: Person[];
  /** Titles of the columns that are not used. */
  unused: string[];
}

const DELIMITERS = [",", ";", "\t"];

/** A first line of Excel that names the delimiter. */
const NAMED_DELIMITER = /^sep=(.)\r?\n/i;

/** Reads comma-, semicolon- or tab-separated text, with or without a header. */
export function readTable(text: string): People {
  const content = text.replace(/^\uFEFF/, "");
  const named = NAMED_DELIMITER.exec(content)?.[1];
  const { data } = Papa.parse<string[]>(content.replace(NAMED_DELIMITER, ""), {
    skipEmptyLines: "greedy",
    delimitersToGuess: DELIMITERS,
    ...(named && { delimiter: named }),
  });
  const lines = data.map((cells) => cells.map(readCell));
  const header = lines[0] && readHeader(lines[0]);
  if (!header) return { people: lines.flatMap(readUntitled), unused: [] };
  const people = lines
    .slice(1)
    .map((cells) => readTitled(cells, header))
    .filter(({ email, first_name, last_name }) => email || first_name || last_name);
  return { people, unused: header.unused };
}

/** Takes back the apostrophe that keeps a cell from being a formula. */
const readCell = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@])/, "");

function readTitled(cells: string[], { columns }: Header): Person {
  const cell = (index: number | undefined) => (index === undefined ? "" : (cells[index] ?? ""));
  const given = cell(columns.email);
  const bracketed = given.replace(/<.*/, "");
  const person = personOf(readAddress(given), cell(columns.name) || (bracketed === given ? "" : bracketed));
  const first_name = cell(columns.first_name);
  const last_name = cell(columns.last_name);
  return first_name || last_name ? { ...person, first_name, last_name } : person;
}

/** Reads a line without titles: one cell is the address, the first others are the names. */
function readUntitled(cells: string[]): Person[] {
  const filled = cells.filter(Boolean);
  const address = filled.find((cell) => cell.includes("@"));
  if (filled.length <= 1 || address === undefined || filled.filter((cell) => cell.includes("@")).length > 1) {
    return readPasted(filled.join("\n"));
  }
  const [first = "", last] = filled.filter((cell) => cell !== address);
  const person = personOf(readAddress(address), first);
  return [last === undefined ? person : { ...person, first_name: first, last_name: last }];
}

/** Reads what was pasted: a table, copied from a spreadsheet or a file, or a list of addresses. */
export function readText(text: string): People {
  const lines = text.split(/\r\n|[\n\r]/).filter((line) => line.trim());
  const isTable = lines.some((line) => line.includes("\t")) || hasHeader(lines[0] ?? "");
  return isTable ? readTable(text) : { people: readPasted(text), unused: [] };
}

const hasHeader = (line: string): boolean => readHeader(line.split(/[,;\t]/)) !== undefined;
