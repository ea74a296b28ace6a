/** Why a file is not read. */
type FileFault = "workbook" | "notText" | "tooLarge";

/** A file that cannot be read as text. */
export class UnreadableFile extends Error {
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault);
    this.fault = fault;
  }
}

/** In bytes. */
const LARGEST_FILE = 5_000_000;

/** First bytes of .xlsx and .ods, and of .xls. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** Returns the text of a file in UTF-8, UTF-16 or Windows-1252, which holds Latin-1. Throws `UnreadableFile`. */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > LARGEST_FILE) throw new UnreadableFile("tooLarge");
  if (WORKBOOKS.some((mark) => mark.every((byte, index) => bytes[index] === byte))) {
    throw new UnreadableFile("workbook");
  }
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0e-\x1a]/.test(text)) throw new UnreadableFile("notText");
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Without a mark: in UTF-16, every other byte of an address is 0.
  if (bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0) return "utf-16le";
  if (bytes.length > 3 && bytes[0] === 0 && bytes[2] === 0) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Reads a file that was chosen. Throws `UnreadableFile`. */
export async function readFile(file: File): Promise<string> {
  if (file.size > LARGEST_FILE) throw new UnreadableFile("tooLarge");
  return decode(new Uint8Array(await file.arrayBuffer()));
}
