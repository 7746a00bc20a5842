import { fold } from '../../search/text.ts';

/**
 * Whether texts have all words of a query, however spelled; any do where there is none.
 * @example const has = havingWords('hoi cho'); has(['Hội chợ công nghệ', null]) // true
 */
export function havingWords(q: string): (texts: (string | null)[]) => boolean {
  const wanted = fold(q).split(' ').filter(Boolean);
  return (texts) => {
    const words = fold(texts.join(' '));
    return wanted.every((word) => words.includes(word));
  };
}
