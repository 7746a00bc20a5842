import type { Thing, WithContext } from 'schema-dts';
import type * as z from 'zod';
import type { AttributesSchema, JsonLdContext, PublicRecord } from './kind.ts';

/** What enterprises, startups and organisations say alike in JSON-LD; `own` adds a type's properties. */
export function organisationJsonLd<S extends AttributesSchema>(
  type: 'Corporation' | 'ResearchOrganization' | 'CollegeOrUniversity',
  record: PublicRecord<z.infer<S>>,
  context: JsonLdContext,
  own: Record<string, unknown>,
): WithContext<Thing> {
  return {
    '@context': 'https://schema.org',
    '@type': type,
    name: record.title,
    description: record.summary,
    url: context.url,
    sameAs: record.website ? [record.website] : [],
    knowsAbout: [...record.fieldNames, ...record.keywords],
    areaServed: record.areaNames,
    ...own,
  } as WithContext<Thing>;
}
