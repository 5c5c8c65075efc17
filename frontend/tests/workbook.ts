import { inflateRawSync } from "node:zlib";

/** The parts of a zip file by their names, read by its central directory. */
function parts(bytes: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const title = bytes.toString("utf8", at + 46, at + 46 + (name ?? 0));
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(data, data + size);
    found.set(title, method === 0 ? content : inflateRawSync(content));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return found;
}

const decoded = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

const textOf = (xml: string) =>
  decoded([...xml.matchAll(/<t(?: [^>]*)?>([\s\S]*?)<\/t>/g)].map((found) => found[1]).join(""));

/** A number is a number, a text a text; a cell that is not there is undefined. */
export type Cell = string | number | undefined;

/** What a workbook holds: its sheets by name as rows of cells, and the XML of each. */
export function openWorkbook(bytes: Buffer): Map<string, { rows: Cell[][]; xml: string }> {
  const files = parts(bytes);
  const xmlOf = (name: string) => files.get(name)?.toString("utf8") ?? "";
  const shared = [...xmlOf("xl/sharedStrings.xml").matchAll(/<si>([\s\S]*?)<\/si>/g)].map((found) =>
    textOf(found[1] ?? ""),
  );
  const names = [...xmlOf("xl/workbook.xml").matchAll(/<sheet name="([^"]*)"/g)].map((found) =>
    decoded(found[1] ?? ""),
  );
  const sheets = new Map<string, { rows: Cell[][]; xml: string }>();
  for (const [index, name] of names.entries()) {
    const xml = xmlOf(`xl/worksheets/sheet${index + 1}.xml`);
    const rows = [...xml.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)].map((row) => {
      const cells: Cell[] = [];
      for (const [, attributes = "", content = ""] of (row[1] ?? "").matchAll(
        /<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g,
      )) {
        const letters = /r="([A-Z]+)/.exec(attributes)?.[1] ?? "A";
        const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        const kind = /t="(\w+)"/.exec(attributes)?.[1];
        const value = /<v>([\s\S]*?)<\/v>/.exec(content)?.[1];
        if (kind === "inlineStr") cells[column] = textOf(content);
        else if (kind === "s") cells[column] = shared[Number(value)];
        else if (kind === "str") cells[column] = decoded(value ?? "");
        else if (value !== undefined) cells[column] = Number(value);
      }
      return cells;
    });
    sheets.set(name, { rows, xml });
  }
  return sheets;
}
