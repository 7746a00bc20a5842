import type { Vocabulary } from './vocabulary.ts';

/** Where the region's enterprises sell and its experts live, nearest first (ISO 3166); any other code may be imported. */
const countries =
  'VN LA KH TH MM MY SG ID PH BN CN HK TW JP KR IN AU NZ RU KZ AE SA IL TR DE FR NL BE GB IE ES PT IT CH AT PL CZ HU SE NO DK FI UA US CA MX BR CL AR ZA EG NG'.split(
    ' ',
  );
/** ISO 639. */
const languages = 'vi en zh ja ko fr de ru es th lo km'.split(' ');

/** The codes of a vocabulary that a form offers; undefined for one that has none to choose from. */
export function codesOf(name: string, vocabulary: Vocabulary): readonly string[] | undefined {
  switch (name) {
    case 'country':
      return countries;
    case 'language':
      return languages;
    case 'niceClass':
      return [...vocabulary.niceClasses.keys()];
    case 'trl':
      return ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    default:
      return undefined;
  }
}
