import type { Language } from '../../search/engine.ts';
import { countryName, languageName } from '../i18n/format.ts';
import { isMessageKey, translator } from '../i18n/translate.ts';
import type { AttributeMeta } from './attributes.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A choice's name as an import finds its value again by it; the value itself where it has none. */
export function choiceName({ vocabulary }: AttributeMeta, value: string, language: Language): string {
  const key = `value.${vocabulary}.${value}`;
  return isMessageKey(key) ? translator(language)(key) : value;
}

/**
 * A value's name for people; undefined when its vocabulary has no such value, so that a mistyped filter is noticed.
 * @param name of the vocabulary, as facets and choices declare it
 */
export function valueName(name: string, value: string, language: Language, vocabulary: Vocabulary): string | undefined {
  switch (name) {
    case 'field':
      return vocabulary.fields.get(value)?.name[language];
    case 'area':
      return vocabulary.areas.get(value)?.name[language];
    case 'vsic':
      return vocabulary.vsic.get(value)?.name[language];
    case 'niceClass': {
      const term = vocabulary.niceClasses.get(value);
      return term && `${value}: ${term.name[language]}`;
    }
    case 'country':
      return countryName(value, language);
    case 'language':
      return languageName(value, language);
    case 'year':
      return /^(?:19|20)\d\d$/.test(value) ? value : undefined;
    case 'text':
      return value.length <= 200 ? value : undefined;
    default: {
      const key = `value.${name}.${value}`;
      return isMessageKey(key) ? translator(language)(key) : undefined;
    }
  }
}
