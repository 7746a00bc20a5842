import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip archive: its own header with the packed bytes, and its line in the directory. */
export function zipEntry(name: string, text: string, { at = 0, declaredSize = Buffer.byteLength(text) } = {}) {
  const packed = deflateRawSync(text);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(text), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(declaredSize, 18);
  fields.writeUInt16LE(name.length, 22);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(at, 10);
  return {
    bytes: Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]),
    line: Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name)]),
  };
}

/** A workbook of one sheet as bytes, so that a test can say what no program would write. */
export function workbook(
  rows: string,
  { file = 'sheet1.xml', declaredSize, after = '' }: { file?: string; declaredSize?: number; after?: string } = {},
): Buffer {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files: [string, string][] = [
    [
      'xl/workbook.xml',
      `<workbook xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships><Relationship Id="rId7" Type="${relations}/worksheet" Target="worksheets/${file}"/></Relationships>`,
    ],
    [`xl/worksheets/${file}`, `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`],
  ];
  const parts: Buffer[] = [];
  const lines: Buffer[] = [];
  let at = 0;
  for (const [name, text] of files) {
    const entry = zipEntry(name, text, { at, ...(name.startsWith('xl/worksheets') && { declaredSize }) });
    parts.push(entry.bytes);
    lines.push(entry.line);
    at += entry.bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(lines).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...lines, end]);
}

export const inlineRow = (row: number, values: string[]): string =>
  `<row r="${row}">${values.map((value, i) => `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;
