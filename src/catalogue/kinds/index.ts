import type { Language } from '../../../search/engine.ts';
import { type KindCode, type KindDeclaration, kindCodes } from '../kind.ts';
import { achievement } from './achievement.ts';
import { enterprise } from './enterprise.ts';
import { expert } from './expert.ts';
import { need } from './need.ts';
import { offer } from './offer.ts';
import { organisation } from './organisation.ts';
import { policy } from './policy.ts';
import { startup } from './startup.ts';
import { trademark } from './trademark.ts';

/** Every kind by its code, in the order of the site's menus. */
export const kinds = {
  offer,
  need,
  organisation,
  expert,
  enterprise,
  startup,
  trademark,
  achievement,
  policy,
} as unknown as Record<KindCode, KindDeclaration>;

export const allKinds: KindDeclaration[] = Object.values(kinds);

export function isKindCode(value: string): value is KindCode {
  return (kindCodes as readonly string[]).includes(value);
}

/** The kind whose list stands at the first part of an address. */
export function kindOfRoute(segment: string, language: Language): KindDeclaration | undefined {
  return allKinds.find((kind) => kind.route[language] === segment);
}

/** The kind with this name under /api/v1. */
export function kindOfApi(name: string): KindDeclaration | undefined {
  return allKinds.find((kind) => kind.api === name);
}
