import * as z from 'zod';
import { sorts } from '../../search/engine.ts';
import { filterNames, listSchema, problemSchema, recordSchemas, searchSchema, suggestSchema } from './api.ts';
import { changesSchema, maxChanges } from './changes.ts';
import { exportFormats, mediaTypes } from './export/formats.ts';
import { type KindDeclaration, kindCodes } from './kind.ts';
import { allKinds } from './kinds/index.ts';

const nameOf = (kind: KindDeclaration) => kind.code.charAt(0).toUpperCase() + kind.code.slice(1);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** Described once, whatever answer holds them. */
const componentNames = new Map<z.core.$ZodType, string>(recordSchemas.map(([kind, schema]) => [schema, nameOf(kind)]));

const jsonSchema = (schema: z.core.$ZodType): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'output',
    override({ zodSchema, jsonSchema: made }) {
      const name = componentNames.get(zodSchema);
      if (!name || zodSchema === schema) return;
      for (const key of Object.keys(made)) delete made[key as keyof typeof made];
      Object.assign(made, ref(name));
    },
  });
  return rest;
};

const parameter = (name: string, schema: object, description: string, more: object = {}) => ({
  name,
  in: 'query',
  schema,
  description,
  ...more,
});

const listParameters = (kind: KindDeclaration | undefined) => [
  parameter('q', { type: 'string', maxLength: 500 }, 'Words, "phrases" and -excluded words'),
  ...filterNames(kind).map((name) =>
    parameter(
      name,
      { type: 'array', items: { type: 'string' } },
      'Values are alternatives; filters restrict each other',
      {
        style: 'form',
        explode: true,
      },
    ),
  ),
  parameter('sort', { type: 'string', enum: [...sorts] }, 'Without words the best match is the newest'),
  parameter('page', { type: 'integer', minimum: 1, default: 1 }, 'From 1'),
  parameter('perPage', { type: 'integer', minimum: 1, maximum: 100, default: 20 }, 'Records on a page'),
  language,
];
const changesParameters = [
  parameter('cursor', { type: 'string' }, '`next` of the page before'),
  parameter(
    'updatedSince',
    {
      anyOf: [
        { type: 'string', format: 'date-time' },
        { type: 'string', format: 'date' },
      ],
    },
    'Instead of a cursor: begins with the first change since this moment of the server’s clock',
  ),
  parameter('limit', { type: 'integer', minimum: 1, maximum: maxChanges, default: maxChanges }, 'Records on a page'),
];
const language = parameter(
  'lang',
  { type: 'string', enum: ['vi', 'en'], default: 'vi' },
  'Language of highlights and reasons',
);

const answer = (description: string, schema: object, type = 'application/json') => ({
  description,
  content: { [type]: { schema } },
});
const problem = (description: string) => answer(description, ref('Problem'), 'application/problem+json');
const tooManySearches = problem('Too many searches in a short time: come again after `Retry-After`');
/**
 * The OpenAPI 3.1 document of /api/v1, made from the schemas that shape its answers.
 * @param title of the site
 */
export function openApiDocument(title: string, publicUrl: string): object {
  const kindPaths = allKinds.flatMap((kind) => [
    [
      `/${kind.api}`,
      {
        get: {
          operationId: `list${nameOf(kind)}`,
          description:
            'With `updatedSince` or `cursor` it answers as /changes does for this kind; filters then do not apply.',
          parameters: [...listParameters(kind), ...changesParameters],
          responses: {
            200: answer('A page of the list, or of changes', { anyOf: [ref('List'), ref('Changes')] }),
            400: problem('A parameter is wrong'),
            410: problem('The cursor is not of this catalogue any more: begin without one'),
            429: tooManySearches,
          },
        },
      },
    ],
    ...exportFormats.map((format) => [
      `/${kind.api}.${format}`,
      {
        get: {
          operationId: `download${nameOf(kind)}${format === 'csv' ? 'Csv' : 'Xlsx'}`,
          parameters: listParameters(kind).filter(({ name }) => name !== 'page' && name !== 'perPage'),
          responses: {
            200: answer(
              'The whole list as a file',
              { type: 'string', format: 'binary' },
              mediaTypes[format].split(';')[0],
            ),
            400: problem('A parameter is wrong'),
            429: problem('Too many downloads in a short time'),
          },
        },
      },
    ]),
    [
      `/${kind.api}/{slug}`,
      {
        get: {
          operationId: `get${nameOf(kind)}`,
          parameters: [{ name: 'slug', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            200: answer('The whole record', ref(nameOf(kind))),
            404: problem('There is no such record'),
            410: problem('The record is no longer public'),
          },
        },
      },
    ],
  ]);
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0', description: 'Every public record of the catalogue. No key is needed.' },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths: {
      '/search': {
        get: {
          operationId: 'search',
          parameters: listParameters(undefined),
          responses: {
            200: answer('A page of the answer', ref('Search')),
            400: problem('A parameter is wrong'),
            429: tooManySearches,
          },
        },
      },
      '/changes': {
        get: {
          operationId: 'listChanges',
          description: [
            'Every record that is or was public, once, at the place of its last change. To mirror the catalogue, begin',
            'without a cursor, follow `next` while `more` is true, and keep the last `next` for the next time: whatever',
            'changes later comes after it, whichever clock is wrong. An item with status `gone` is to be removed.',
          ].join(' '),
          parameters: [
            parameter('kind', { type: 'array', items: { type: 'string', enum: [...kindCodes] } }, 'Only these kinds', {
              style: 'form',
              explode: true,
            }),
            ...changesParameters,
            language,
          ],
          responses: {
            200: answer('A page of changes, the oldest first', ref('Changes')),
            400: problem('A parameter is wrong'),
            410: problem('The cursor is not of this catalogue any more: begin without one'),
          },
        },
      },
      '/suggest': {
        get: {
          operationId: 'suggest',
          parameters: [
            parameter('q', { type: 'string' }, 'What has been typed so far'),
            parameter('kind', { type: 'string', enum: [...kindCodes] }, 'Suggests records of one kind only'),
            language,
          ],
          responses: { 200: answer('Suggestions', ref('Suggestions')), 429: tooManySearches },
        },
      },
      ...Object.fromEntries(kindPaths),
    },
    components: {
      schemas: {
        List: jsonSchema(listSchema),
        Search: jsonSchema(searchSchema),
        Changes: jsonSchema(changesSchema),
        Suggestions: jsonSchema(suggestSchema),
        Problem: jsonSchema(problemSchema),
        ...Object.fromEntries(recordSchemas.map(([kind, schema]) => [nameOf(kind), jsonSchema(schema)])),
      },
    },
  };
}
