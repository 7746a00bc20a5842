import type { APIRoute } from 'astro';
import { mayRead } from '../../accounts/policy.ts';
import { pictureFile } from '../../catalogue/pictures.ts';
import { pictureSizes } from '../../files/picture.ts';
import { audienceOfPicture } from '../../moderation/pictures.ts';

/** What never changes is kept for good by browsers; a proxy asks again, so that a suspended record's pictures go. */
const forEverybody = 'public, max-age=31536000, s-maxage=600, immutable';

export const GET: APIRoute = async ({ params, locals: { services, person }, rewrite }) => {
  const { hash = '' } = params;
  const size = pictureSizes.find((one) => String(one) === params.size);
  const nothing = () => rewrite('/khong-ton-tai');
  if (!size || !/^[0-9a-f]{32}$/.test(hash)) return nothing();
  const { isPublic, memberIds } = await audienceOfPicture(services.db, hash);
  // Whoever may not see it learns nothing, not even that it exists.
  if (!isPublic && !mayRead(person, memberIds)) return nothing();
  const bytes = await services.files.read(pictureFile(hash, size));
  if (!bytes) return nothing();
  // Always said: an answer without it would be kept for everybody.
  const cache = isPublic ? forEverybody : 'private, no-store';
  // A link to a record shows its picture elsewhere too (`og:image`); what is not public yet stays here.
  const embedders = isPublic ? 'cross-origin' : 'same-origin';
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': 'image/webp', 'cache-control': cache, 'cross-origin-resource-policy': embedders },
  });
};
