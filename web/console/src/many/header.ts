type Column = "first_name" | "last_name" | "name" | "email";

/** Titles of columns in the console's languages, without accents, spaces and punctuation. */
const TITLES: Record<Column, string> = {
  first_name:
    "firstname givenname forename first vorname rufname primernombre nombredepila prenom firstnamevorname givennames",
  last_name:
    "lastname surname familyname last nachname familienname zuname apellido apellidos primerapellido nom nomdefamille",
  name: "name fullname displayname nombre nombrecompleto nomcomplet nometprenom prenometnom vollstandigername ganzername anzeigename nombreyapellidos contact contacto kontakt",
  email:
    "email emails mail emailaddress mailaddress emailadresse emailaddresse mailadresse correo correos correoelectronico direcciondecorreo direcciondecorreoelectronico emaildirection courriel adresseemail adressemail adresseelectronique adressecourriel adressedemessagerie emailid",
};

const COLUMNS = new Map<string, Column>(
  (Object.keys(TITLES) as Column[]).flatMap((column) =>
    TITLES[column].split(" ").map((title): [string, Column] => [title, column]),
  ),
);

const plain = (title: string): string =>
  title
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");

export interface Header {
  /** Index of each known column. */
  columns: Partial<Record<Column, number>>;
  /** Titles of the columns that are not used. */
  unused: string[];
}

/** Reads a line as a header; undefined if no column of it is titled as that of the addresses. */
export function readHeader(cells: string[]): Header | undefined {
  const columns: Header["columns"] = {};
  const unused: string[] = [];
  cells.forEach((title, index) => {
    const column = COLUMNS.get(plain(title));
    if (column && columns[column] === undefined) columns[column] = index;
    else if (title.trim()) unused.push(title.trim());
  });
  if (columns.email === undefined) return undefined;
  // "Name" beside "Vorname" is the last name, "Nombre" beside "Apellidos" the first, "Nom" alone the whole name.
  const { name, first_name, last_name } = columns;
  if (name !== undefined && (first_name === undefined) !== (last_name === undefined)) {
    columns[first_name === undefined ? "first_name" : "last_name"] = name;
    delete columns.name;
  } else if (last_name !== undefined && first_name === undefined && plain(cells[last_name] ?? "") === "nom") {
    columns.name = last_name;
    delete columns.last_name;
  }
  return { columns, unused };
}
