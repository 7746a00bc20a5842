import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { databaseFile, openDatabase } from '../../db/client.ts';
import type { ConnectionState, recordStatuses } from '../../db/schema.ts';
import { maxWords, parseQuery } from '../../search/query.ts';
import { fold, tokenize } from '../../search/text.ts';
import { queryString } from '../../src/catalogue/address.ts';
import { readTable } from '../../src/catalogue/import/read-table.ts';
import { UnreadableFile } from '../../src/catalogue/import/table.ts';
import { kindCodes } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseListQuery } from '../../src/catalogue/list-query.ts';
import { markdownToHtml } from '../../src/catalogue/markdown.ts';
import { parseRecord } from '../../src/catalogue/save.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { connectionActions, isOpen, nextState } from '../../src/connections/states.ts';
import { safePath } from '../../src/lib/own-form.ts';
import { nextStatus, type TransitionName, transitions } from '../../src/moderation/states.ts';
import { catalogueFolder } from '../support/server.ts';

/** What must hold for any text, file or order of steps, looked for with made-up ones. A failure prints its seed. */

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
const vocabulary = await loadVocabulary(db);
afterAll(async () => {
  await db.destroy();
  folder.remove();
});

/** Text as people and attackers write it: Vietnamese, signs that mean something somewhere, anything else. */
const vietnamese = fc
  .array(
    fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ '),
    {
      maxLength: 40,
    },
  )
  .map((letters) => letters.join(''));
const signs = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '-',
      '*',
      '(',
      ')',
      ':',
      '^',
      '\\',
      '<',
      '>',
      '&',
      '%',
      '\0',
      '\n',
      '[',
      ']',
      '|',
      ';',
      '#',
      '`',
      '!',
    ),
    {
      maxLength: 20,
    },
  )
  .map((parts) => parts.join(''));
const anyText = fc
  .array(fc.oneof(vietnamese, signs, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

describe('words', () => {
  test('are the same in every spelling of Unicode and in capitals, and folding twice changes nothing', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const folded = fold(text);
        expect(fold(text.normalize('NFD'))).toBe(folded);
        expect(fold(text.toUpperCase())).toBe(folded);
        expect(fold(folded)).toBe(folded);
        expect(folded).toMatch(/^[a-z ]*$/);
      }),
    );
  });

  test('stand where they are said to stand', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('any query is read, and never into more than so many words', () => {
  fc.assert(
    fc.property(anyText, (q) => {
      const { words, phrases, excluded } = parseQuery(q);
      expect([...words, ...phrases.flat(), ...excluded.flat()].length).toBeLessThanOrEqual(maxWords);
    }),
  );
});

test('any address of a list is read, and what was read has an address that reads the same', () => {
  const name = fc.constantFrom(
    'q',
    'field',
    'area',
    'kind',
    'sort',
    'page',
    'perPage',
    'trl',
    'transferMode',
    '__proto__',
    'x',
  );
  const value = fc.oneof(
    anyText,
    fc.constantFrom('211', '2', '31', 'title', 'newest', '3', '-1', '1e9', 'offer', 'licence'),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, value), { maxLength: 12 }),
      fc.constantFrom(undefined, ...kindCodes),
      (pairs, code) => {
        const kind = code && kinds[code];
        const { query } = parseListQuery(new URLSearchParams(pairs), kind, vocabulary);
        const again = parseListQuery(new URLSearchParams(queryString(query)), kind, vocabulary);
        expect(again.problems.filter(({ parameter }) => parameter !== 'q')).toEqual([]);
        expect({ ...again.query, q: again.query.q.trim() }).toEqual({
          ...query,
          q: query.q.trim(),
          perPage: again.query.perPage,
        });
      },
    ),
  );
});

test('no text leads out of the site', () => {
  const start = fc.constantFrom('/', '//', '/\\', '\\', 'http:', 'javascript:', '/\t/', '');
  fc.assert(
    fc.property(start, anyText, (first, rest) => {
      const path = safePath(first + rest, '/tai-khoan');
      expect(new URL(path, 'https://khcn.example.vn').origin).toBe('https://khcn.example.vn');
    }),
  );
});

test('no Markdown becomes a script', () => {
  const parts = fc.constantFrom(
    '[a](',
    'javascript:',
    ')',
    '<script>',
    '<img src=x onerror=',
    '<a href="',
    '">',
    '![',
    '](',
    '&#106;',
    '\n\n',
    '    ',
    '```',
    '<!--',
    '-->',
    '[a]: ',
    '\n',
    'data:text/html,',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, anyText), { maxLength: 12 }), (pieces) => {
      const html = markdownToHtml(pieces.join(''));
      for (const [tag] of html.matchAll(/<[^>]*>/g)) {
        expect(tag).toMatch(/^<\/?(?:p|a|em|strong|code|pre|ul|ol|li|h[2-6]|blockquote|br|hr)\b/);
        expect(tag).not.toMatch(/\son\w+\s*=\s*[^"]*$/);
        expect(tag).not.toMatch(/href="\s*(?:javascript|data|vbscript):/i);
      }
    }),
  );
});

describe('states', () => {
  test('whatever is done in whatever order, only what the Department has approved is public', () => {
    const names = Object.keys(transitions) as TransitionName[];
    const actors = ['owner', 'moderator', 'system'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...actors)), { maxLength: 30 }),
        (steps) => {
          let status: (typeof recordStatuses)[number] = 'draft';
          let approved = false;
          for (const [name, actor] of steps) {
            const next = nextStatus(status, name, actor);
            if (next === undefined) continue;
            if (name === 'approve') {
              expect(actor).toBe('moderator');
              approved = true;
            }
            status = next;
            // `renew` takes a withdrawn record back: one that was rejected is guarded where it is asked for.
            if (status === 'published' && name !== 'renew') expect(approved).toBe(true);
          }
        },
      ),
    );
  });

  test('no agreement without the yes of both sides, and what has ended stays so', () => {
    const actors = ['asker', 'asked', 'moderator', 'system'] as const;
    const step = fc.tuple(fc.constantFrom(...connectionActions), fc.constantFrom(...actors));
    fc.assert(
      fc.property(fc.constantFrom('requested', 'proposed'), fc.array(step, { maxLength: 30 }), (start, steps) => {
        let state: ConnectionState = start;
        const agreed = new Set<string>(start === 'requested' ? ['asker'] : []);
        for (const [action, actor] of steps) {
          const next = nextState(state, action, actor);
          if (next === undefined) continue;
          expect(isOpen(state)).toBe(true);
          if (action === 'accept') agreed.add(actor);
          if (['accepted', 'in_discussion', 'agreement'].includes(next)) {
            expect([...agreed].sort()).toEqual(['asked', 'asker']);
          }
          state = next;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a file for import', () => {
  const readable = async (bytes: Buffer) => {
    try {
      return await readTable(bytes);
    } catch (error) {
      if (error instanceof UnreadableFile) return undefined;
      throw error;
    }
  };

  test('of any bytes is a table or is refused', async () => {
    const start = fc.constantFrom(
      Buffer.from(''),
      Buffer.from('PK\x03\x04'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('Tên;Mã\n'),
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), async (first, rest) => {
        await readable(Buffer.concat([first, rest]));
      }),
    );
  });

  test('that was a good workbook until some of its bytes changed', async () => {
    const good = await writeExcel([
      [{ value: 'Tên' }, { value: 'Mã số' }],
      [{ value: 'Lò sấy' }, { value: '0800123456' }],
    ]).toBuffer();
    expect((await readTable(good)).rows).toHaveLength(1);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        await readable(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('gives back every cell that a CSV writer quotes', async () => {
    const cell = anyText.map((text) => text.replace(/[\0\r\ud800-\udfff]/g, '').trim());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';'),
        async (rows, mark) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const csv = [['Tên', 'Mã'], ...rows].map((row) => row.map(quoted).join(mark)).join('\r\n');
          const table = await readTable(Buffer.from(`\ufeff${csv}`));
          const expected = rows.filter((row) => row.some(Boolean)).map((row) => row.map((one) => one || null));
          expect(table.rows.map((row) => [row.cells.Tên ?? null, row.cells.Mã ?? null])).toEqual(expected);
        },
      ),
    );
  });

  test('whatever stands in a record’s cells, it is a record or a list of what is wrong', () => {
    const value = fc.oneof(
      anyText,
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(anyText, { maxLength: 3 }),
      fc.date(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kindCodes), fc.infiniteStream(value), (code, values) => {
        const kind = kinds[code];
        const names = [
          ...Object.keys(kind.attributes.shape),
          'title',
          'summary',
          'fields',
          'areas',
          'keywords',
          'body',
          'contactEmail',
          'website',
        ];
        const parsed = parseRecord(kind, Object.fromEntries(names.map((name) => [name, values.next().value])));
        if (!parsed.ok) for (const issue of parsed.issues) expect(issue.message).toMatch(/^error\./);
      }),
    );
  });
});
