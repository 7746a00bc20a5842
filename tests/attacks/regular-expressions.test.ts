import { readdirSync, readFileSync } from 'node:fs';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, test } from 'vitest';

interface Found {
  where: string;
  source: string;
  flags: string;
}

/** The code of a file; of a page or component its parts between the fences and in script elements. */
function codeOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.astro')) return text;
  const fence = text.match(/^---\n([\s\S]*?)\n---/)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
  return [fence, ...scripts].join('\n');
}

/** Every regular expression that the program is written with. */
function regularExpressions(): Found[] {
  const found: Found[] = [];
  for (const folder of ['src', 'search', 'db']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:ts|astro)$/.test(name) || name.startsWith('eval')) continue;
      const path = `${folder}/${name}`;
      const file = ts.createSourceFile(path, codeOf(path), ts.ScriptTarget.Latest, true);
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) {
          const end = node.text.lastIndexOf('/');
          found.push({ where: path, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
        }
        if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
          const [pattern, flags] = node.arguments ?? [];
          const isText = pattern && ts.isStringLiteralLike(pattern);
          found.push({
            where: path,
            source: isText ? pattern.text : `made at run time: ${pattern?.getText()}`,
            flags: flags && ts.isStringLiteralLike(flags) ? flags.text : '',
          });
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
  }
  return found;
}

/**
 * Those that the automaton cannot judge (it knows neither what looks ahead or behind nor what refers back), looked at by
 * hand, each with why it is linear; and one that reads no stranger's text.
 */
const byHand: Record<string, string> = {
  '/\\/+$/': 'the operator’s PUBLIC_URL',
  '/^(?:(.)\\1*|0?1234567890?)$/': 'anchored at both ends, one run',
  '/^::ffff:(?=\\d+\\.)/i': 'anchored, one run of digits',
  '/^\\/(?![/\\\\])[^\\s]*$/': 'anchored at both ends, one run',
  '/(?<=[.!?…])\\s+|\\n+/u': 'blanks are tried from behind a sign only, and then taken',
  '/made at run time: `\\\\b${encoding}\\\\b(?!\\\\s*;\\\\s*q=0(?:\\\\.0*)?(?:[,\\\\s]|$))`/':
    'the name stands before it, so the blanks between two names are read once',
  '/(?<minus>(?<=^|\\s)-)?(?:"(?<phrase>[^"]*)"?|(?<word>[^\\s"]+))/gu': 'what a phrase or word has read is taken',
};

test('no text that somebody sends makes a regular expression take long', async () => {
  const all = regularExpressions();
  expect(all.length).toBeGreaterThan(50);
  const bad: string[] = [];
  for (const [key, [{ where, source, flags }]] of Map.groupBy(all, (one) => `/${one.source}/${one.flags}`)) {
    if (key in byHand) continue;
    const { status, ...more } = await check(source, flags, { checker: 'automaton', timeout: 240_000 });
    if (status !== 'safe')
      bad.push(`${where} ${key}: ${status} ${'complexity' in more ? more.complexity?.summary : ''}`);
  }
  expect(bad).toEqual([]);
}, 600_000);
