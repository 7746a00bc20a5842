import { describe, expect, test } from 'vitest';
import { escapeHtml, highlight, highlightsOf, snippet } from '../../../search/highlight.ts';

const terms = (...words: string[]) => ({ words: new Set(words), prefixes: [] as string[] });

describe('highlight', () => {
  test.each([
    ['Sấy vải thiều', ['vai'], 'Sấy <mark>vải</mark> thiều'],
    ['Sấy vải thiều', ['say', 'vai'], '<mark>Sấy vải</mark> thiều'],
    ['Sấy, vải', ['say', 'vai'], '<mark>Sấy</mark>, <mark>vải</mark>'],
    ['<b>vải</b> & "x"', ['vai'], '&lt;b&gt;<mark>vải</mark>&lt;/b&gt; &amp; &quot;x&quot;'],
    ['KH&CN tỉnh', ['khcn'], '<mark>KH&amp;CN</mark> tỉnh'],
    ['vải'.normalize('NFD'), ['vai'], `<mark>${'vải'.normalize('NFD')}</mark>`],
  ])('%s', (text, words, html) => {
    expect(highlight(text, terms(...words))).toBe(html);
  });

  test('marks whole words that begin with what was typed', () => {
    expect(highlight('Công nghiệp nghe', { words: new Set(), prefixes: ['ngh'] })).toBe(
      'Công <mark>nghiệp nghe</mark>',
    );
  });

  test('is absent when nothing matches', () => {
    expect(highlight('Sấy vải', terms('lua'))).toBeUndefined();
    expect(snippet('Sấy vải', terms('lua'))).toBeUndefined();
  });
});

test('escapes every character that HTML reads', () => {
  expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
  );
});

describe('snippet', () => {
  const filler = 'đất bãi ven sông '.repeat(40);

  test('shows the densest passage, cut at words', () => {
    const text = `vải ${filler}quả vải sấy khô ${filler}`;
    const html = snippet(text, terms('vai', 'say')) ?? '';
    expect(html).toContain('quả <mark>vải sấy</mark> khô');
    expect(html).toMatch(/^… \S.*\S …$/s);
    const plain = html.replace(/<\/?mark>|^… | …$/g, '');
    expect(plain.length).toBeLessThanOrEqual(200);
    expect(text).toContain(` ${plain} `);
  });

  test('shows a short text whole', () => {
    expect(snippet('Có quả vải.', terms('vai'))).toBe('Có quả <mark>vải</mark>.');
  });

  test('finds the match in a text without spaces', () => {
    const html = snippet(`${'x'.repeat(500)}-vải-${'y'.repeat(500)}`, terms('vai')) ?? '';
    expect(html).toContain('<mark>vải</mark>');
    expect(html.length).toBeLessThan(250);
  });
});

describe('highlightsOf', () => {
  const document = { title: 'Sấy vải', titleEn: 'Drying lychee', summary: 'Giữ màu.', summaryEn: null };

  test('prefers the language of the reader, and the body only when nothing else shows the match', () => {
    expect(highlightsOf(document, 'Quả vải', terms('vai'), 'vi')).toEqual({ title: 'Sấy <mark>vải</mark>' });
    expect(highlightsOf(document, 'Quả vải', terms('vai'), 'en')).toEqual({ body: 'Quả <mark>vải</mark>' });
    expect(highlightsOf(document, 'Quả vải', terms('lychee', 'mau'), 'en')).toEqual({
      title: 'Drying <mark>lychee</mark>',
      summary: 'Giữ <mark>màu</mark>.',
    });
    expect(highlightsOf(document, 'Quả vải', terms('lua'), 'vi')).toEqual({});
  });
});
