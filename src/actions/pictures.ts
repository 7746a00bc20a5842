import * as z from 'zod';
import { addPicture, changePictures, pictureChange, pictureSlots, receivePicture } from '../moderation/pictures.ts';
import { action, personOf } from './action.ts';
import { id, number, ownDraft } from './moderation.ts';

export const pictureActions = {
  addPicture: action(
    'addPicture',
    z.object({ record: id, slot: z.enum(pictureSlots, 'record.notNow') }),
    async ({ record, slot }, call) => {
      const { services } = call.context.locals;
      // Nobody sends pictures for somebody else's record.
      await ownDraft(call, record);
      const received = await receivePicture(services.db, personOf(call), slot, call.form);
      // Read again: writing the picture anew took its time.
      return received.ok
        ? addPicture(services, personOf(call), await ownDraft(call, record), slot, received)
        : received;
    },
  ),
  changePictures: action(
    'changePictures',
    z.object({ record: id, version: number, change: z.string('record.notNow').regex(pictureChange, 'record.notNow') }),
    async ({ record, version, change }, call) =>
      changePictures(call.context.locals.services.db, personOf(call), await ownDraft(call, record), {
        change,
        version,
        form: call.form,
      }),
  ),
};
