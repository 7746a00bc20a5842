import type { DataCatalog, WithContext } from 'schema-dts';
import type { Language } from '../../search/engine.ts';
import { catalogueUrn } from '../catalogue/identity.ts';
import type { KindDeclaration } from '../catalogue/kind.ts';
import { allKinds } from '../catalogue/kinds/index.ts';
import { pageRoutes } from '../i18n/routes.ts';
import { translator } from '../i18n/translate.ts';
import { cataloguePath, type DatasetState, datasetPath, datasetState, type Format, formats } from './open-data.ts';
import { mediaTypes, type OpenDataSources } from './open-data-files.ts';

/** A kind's table and how it stands. */
export interface Dataset extends DatasetState {
  kind: KindDeclaration;
}

/** Every kind's table with its last change. */
export const datasets = (db: OpenDataSources['db']): Promise<Dataset[]> =>
  Promise.all(allKinds.map(async (kind) => ({ kind, ...(await datasetState(db, kind.code)) })));

interface Describes extends Pick<OpenDataSources, 'site' | 'config' | 'region' | 'vocabulary'> {
  region: OpenDataSources['region'] & { area: string; contactEmail: string };
}

const europe = 'http://publications.europa.eu/resource/authority';
const mediaType = (format: Format) => mediaTypes[format].split(';')[0];
const languages = ['vi', 'en'] as const;

const describe = ({ region }: Describes, kind: KindDeclaration, language: Language): string => {
  const t = translator(language);
  return t('openData.description', {
    kind: t(`value.kind.${kind.code}`),
    site: region.siteName[language],
    intro: t(`intro.${kind.code}`),
  });
};

const inBoth = (text: (language: Language) => string) =>
  languages.map((language) => ({ '@language': language, '@value': text(language) }));

const at = (path: string, { config }: Describes) => config.publicUrl + path;
const dateTime = (value: string) => ({ '@type': 'xsd:dateTime', '@value': value });

/**
 * The catalogue of the datasets by the European profile that national portals harvest (DCAT-AP 3.0), as JSON-LD with
 * its context inside.
 */
export function dcatCatalogue(sources: Describes, all: Dataset[]): object {
  const { region, vocabulary, site } = sources;
  const place = vocabulary.areas.get(region.area);
  const publisher = {
    '@id': at('/#publisher', sources),
    '@type': 'foaf:Agent',
    'foaf:name': inBoth((l) => region.department[l]),
  };
  const shared = {
    'dct:publisher': publisher,
    'dct:language': ['VIE', 'ENG'].map((code) => ({ '@id': `${europe}/language/${code}` })),
    'dct:license': { '@id': region.licence.url },
    ...(place && {
      'dct:spatial': { '@type': 'dct:Location', 'skos:prefLabel': inBoth((language) => place.name[language]) },
    }),
  };
  const contact = {
    '@type': 'vcard:Organization',
    'vcard:fn': region.department.vi,
    'vcard:hasEmail': { '@id': `mailto:${region.contactEmail}` },
  };
  const dataset = ({ kind, modified }: Dataset) => ({
    '@id': at(`${pageRoutes.openData.vi}#${kind.api}`, sources),
    '@type': 'dcat:Dataset',
    'dct:identifier': `${catalogueUrn(site)}:${kind.api}`,
    'dct:title': inBoth((language) => translator(language)(`value.kind.${kind.code}`)),
    'dct:description': inBoth((language) => describe(sources, kind, language)),
    ...shared,
    ...(modified && { 'dct:modified': dateTime(modified) }),
    'dct:accrualPeriodicity': { '@id': `${europe}/frequency/CONT` },
    'dct:accessRights': { '@id': `${europe}/access-right/PUBLIC` },
    'dcat:theme': { '@id': `${europe}/data-theme/TECH` },
    'dcat:landingPage': { '@id': at(pageRoutes.openData.vi, sources) },
    'dcat:contactPoint': contact,
    'dcat:distribution': formats.map((format) => ({
      '@id': at(datasetPath(kind, format), sources),
      '@type': 'dcat:Distribution',
      'dct:title': format.toUpperCase(),
      'dcat:accessURL': { '@id': at(pageRoutes.openData.vi, sources) },
      'dcat:downloadURL': { '@id': at(datasetPath(kind, format), sources) },
      'dcat:mediaType': { '@id': `http://www.iana.org/assignments/media-types/${mediaType(format)}` },
      'dct:format': { '@id': `${europe}/file-type/${format.toUpperCase()}` },
      'dct:license': { '@id': region.licence.url },
      ...(modified && { 'dct:modified': dateTime(modified) }),
    })),
  });
  const newest = all
    .map(({ modified }) => modified ?? '')
    .sort()
    .at(-1);
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      skos: 'http://www.w3.org/2004/02/skos/core#',
      vcard: 'http://www.w3.org/2006/vcard/ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': at(cataloguePath, sources),
    '@type': 'dcat:Catalog',
    'dct:title': inBoth((language) => `${region.siteName[language]} – ${translator(language)('openData.title')}`),
    'dct:description': inBoth((language) =>
      translator(language)('openData.catalogueDescription', {
        site: region.siteName[language],
        department: region.department[language],
      }),
    ),
    'foaf:homepage': { '@id': at('/', sources) },
    ...shared,
    ...(newest && { 'dct:modified': dateTime(newest) }),
    'dcat:dataset': all.map(dataset),
    'dcat:service': {
      '@id': at('/api/v1', sources),
      '@type': 'dcat:DataService',
      'dct:title': 'API',
      'dcat:endpointURL': { '@id': at('/api/v1', sources) },
      'dcat:endpointDescription': { '@id': at('/api/v1/openapi.json', sources) },
      'dcat:servesDataset': all.map(({ kind }) => ({ '@id': at(`${pageRoutes.openData.vi}#${kind.api}`, sources) })),
    },
  };
}

/** The same for search engines, in the page's language (schema.org). */
export function schemaCatalogue(sources: Describes, all: Dataset[], language: Language): WithContext<DataCatalog> {
  const { region, vocabulary, site } = sources;
  const t = translator(language);
  const creator = {
    '@type': 'GovernmentOrganization' as const,
    name: region.department[language],
    url: at('/', sources),
    email: region.contactEmail,
  };
  const place = vocabulary.areas.get(region.area);
  return {
    '@context': 'https://schema.org',
    '@type': 'DataCatalog',
    name: `${region.siteName[language]} – ${t('openData.title')}`,
    url: at(pageRoutes.openData[language], sources),
    license: region.licence.url,
    publisher: creator,
    dataset: all.map(({ kind, modified }) => ({
      '@type': 'Dataset',
      name: t(`value.kind.${kind.code}`),
      description: describe(sources, kind, language),
      url: at(`${pageRoutes.openData[language]}#${kind.api}`, sources),
      identifier: `${catalogueUrn(site)}:${kind.api}`,
      license: region.licence.url,
      creator,
      isAccessibleForFree: true,
      inLanguage: [...languages],
      ...(place && { spatialCoverage: { '@type': 'Place' as const, name: place.name[language] } }),
      ...(modified && { dateModified: modified }),
      distribution: formats.map((format) => ({
        '@type': 'DataDownload' as const,
        name: format.toUpperCase(),
        encodingFormat: mediaType(format),
        contentUrl: at(datasetPath(kind, format), sources),
      })),
    })),
  };
}
