import type * as z from 'zod';
import { type AttributeMeta, metaOf } from '../catalogue/attributes.ts';
import { type KindDeclaration, sharedSchema } from '../catalogue/kind.ts';
import { type Pictures, picturesOf } from '../catalogue/pictures.ts';
import type { LinkedRecord } from '../catalogue/read.ts';
import { parseRecord, type RecordInput } from '../catalogue/save.ts';
import type { Sources } from '../catalogue/sources.ts';
import { areasNamed, type Vocabulary } from '../catalogue/vocabulary.ts';
import { resolveLinks } from './links.ts';

/** A form as it was typed: one text or several by attribute. */
export type TypedForm = Record<string, string | string[]>;

/** A step of the form: attributes that belong together. */
export interface Step {
  /** Message `step.<key>` or `group.<key>`. */
  key: string;
  names: string[];
}

/** Not what the Department or the program sets; when a mark's protection ends is its owner's to say. */
const isTyped = (kind: KindDeclaration, name: string): boolean =>
  name !== 'certificateStatus' && (name !== 'expiresOn' || kind.code === 'trademark');
const main = ['title', 'titleEn', 'summary', 'summaryEn', 'fields', 'areas', 'keywords'];
const contact = ['contactName', 'contactEmail', 'contactPhone', 'contactVisibility', 'website'];

/** The steps of a kind's form, generated from its declaration; the last one is where it is looked through and sent. */
export const stepsOf = (kind: KindDeclaration): Step[] => [
  { key: 'main', names: main },
  ...Object.entries(kind.sections).map(([key, names]) => ({
    key,
    names: names.map(String).filter((name) => isTyped(kind, name)),
  })),
  { key: 'description', names: ['body', ...(kind.code === 'expert' ? ['consentAt'] : [])] },
  ...(Object.keys(kind.relations).length > 0 ? [{ key: 'links', names: Object.keys(kind.relations) }] : []),
  // Pictures have forms of their own; saving the step's texts leaves them alone. A law has neither these nor a contact.
  ...(kind.isDocument
    ? []
    : [
        { key: 'pictures', names: [] },
        { key: 'contact', names: contact },
      ]),
];

export const schemaOf = (kind: KindDeclaration, name: string): z.ZodType =>
  (sharedSchema.shape as Record<string, z.ZodType>)[name] ?? kind.attributes.shape[name];

export const metaOfName = (kind: KindDeclaration, name: string): AttributeMeta =>
  name in kind.relations ? { type: kind.relations[name].many ? 'list' : 'text' } : metaOf(schemaOf(kind, name));

const several = new Set(['choices', 'codes']);

/** Reads one step of a submitted form; what does not belong to it is ignored. */
export function readStep(kind: KindDeclaration, step: Step, form: FormData): TypedForm {
  return Object.fromEntries(
    step.names.map((name) => {
      const values = form.getAll(name).filter((value) => typeof value === 'string');
      const isMany = name === 'fields' || several.has(metaOfName(kind, name).type);
      return [name, isMany ? values : (values[0] ?? '').slice(0, 20_000)];
    }),
  );
}

/** What is wrong with an attribute; `detail` is what would be right. */
export interface FormIssue {
  name: string;
  /** Key of the import's messages, which say «must …». */
  message: string;
  detail?: string;
}

export type CheckedForm = { ok: true; input: RecordInput } | { ok: false; issues: FormIssue[] };

/**
 * Checks a whole form by the same rules as an import; places and linked records may be typed by name.
 * @param links of the record as it is public now
 */
export async function checkForm(
  { db, search, vocabulary }: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  { kind, form, links: current }: { kind: KindDeclaration; form: TypedForm; links: LinkedRecord[] },
): Promise<CheckedForm> {
  const places = String(form.areas ?? '')
    .split(/[\n;,]/)
    .map((place) => place.trim())
    .filter(Boolean);
  const issues: FormIssue[] = [];
  const areas = places.flatMap((place) => {
    const known = vocabulary.areas.get(place);
    if (known) return [known.mergedInto ?? place];
    const codes = areasNamed(vocabulary.areas, place);
    if (codes.length !== 1) {
      const message = codes.length === 0 ? 'error.unknownArea' : 'error.ambiguousArea';
      issues.push({ name: 'areas', message, detail: codes.length === 0 ? place : codes.join(', ') });
    }
    return codes.slice(0, 1);
  });
  const unknownField = [form.fields ?? []].flat().find((code) => !vocabulary.fields.has(code));
  if (unknownField) issues.push({ name: 'fields', message: 'error.unknownCode', detail: unknownField });
  const parsed = parseRecord(kind, { ...form, areas });
  if (!parsed.ok) {
    for (const { attribute, message, value } of parsed.issues) {
      const { values, range } = metaOfName(kind, attribute);
      const detail = value ?? (message === 'error.range' ? range?.join(' – ') : values?.join(', '));
      issues.push({ name: attribute, message, ...(detail && { detail }) });
    }
  }
  const { links, issues: linkIssues } = await resolveLinks({ db, search }, kind, form, current);
  issues.push(...linkIssues);
  return parsed.ok && issues.length === 0 ? { ok: true, input: { ...parsed.input, links } } : { ok: false, issues };
}

/** A place as people type it; its code where several have had its name. */
function placeName({ areas }: Vocabulary, code: string): string {
  const name = areas.get(code)?.name.vi;
  return name && areasNamed(areas, name).length === 1 ? name : code;
}

/** A stored record as its form would hold it. */
export const formOfValues = (values: Record<string, unknown>, vocabulary: Vocabulary): TypedForm =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (name === 'fields') return [name, value as string[]];
      if (name === 'areas') return [name, (value as string[]).map((code) => placeName(vocabulary, code)).join('\n')];
      if (Array.isArray(value)) return [name, value.map(String)];
      return [name, value == null ? '' : String(value)];
    }),
  );

/** What a kind's record has pictures as. */
export const pictureNames = (kind: KindDeclaration): string[] => [...(kind.hasLogo ? ['logo'] : []), 'photos'];

/** A record's pictures as its form holds them: each as JSON text. */
export const formOfPictures = ({ logo, photos }: Pictures): TypedForm => ({
  logo: logo ? JSON.stringify(logo) : '',
  photos: photos.map((photo) => JSON.stringify(photo)),
});

/** The pictures that a form holds. */
export const picturesOfForm = ({ logo, photos }: TypedForm): Pictures =>
  picturesOf({ logo: String(logo ?? '') || null, photos: `[${[photos ?? []].flat().join(',')}]` });
