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

/** Those that read no stranger's text, each with whose. */
const bounded: Record<string, string> = { '/\\/+$/': 'the operator’s PUBLIC_URL' };

test('no text that somebody sends makes a regular expression take long', async () => {
  const all = regularExpressions();
  expect(all.length).toBeGreaterThan(50);
  const bad: string[] = [];
  for (const [key, [{ where, source, flags }]] of Map.groupBy(all, (one) => `/${one.source}/${one.flags}`)) {
    if (key in bounded) continue;
    const { status, ...more } = await check(source, flags, { timeout: 20_000 });
    if (status !== 'safe')
      bad.push(`${where} ${key}: ${status} ${'complexity' in more ? more.complexity?.summary : ''}`);
  }
  expect(bad).toEqual([]);
}, 300_000);
