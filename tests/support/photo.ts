import sharp from 'sharp';
import type { Person } from './person.ts';
import { publicUrl, type TestServer } from './server.ts';

/** Starts a record as its owner does; returns the address of its form. */
export async function startOffer(owner: Person, title: string): Promise<string> {
  const started = await owner.send('/tai-khoan/ho-so', 'startRecord', { kind: 'offer', title });
  return started.headers.get('location') ?? '';
}

/** A photo of one colour. */
export async function photoOf(colour: string): Promise<File> {
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], 'anh.jpg', { type: 'image/jpeg' });
}

/** Sends a photo of one colour, as the step of a record's form does. */
export async function sendPhoto(server: TestServer, owner: Person, form: string, colour: string): Promise<Response> {
  const body = new FormData();
  body.set('record', form.split('/').at(-1) ?? '');
  body.set('slot', 'photo');
  body.set('photoFile', await photoOf(colour));
  body.set('photoAlt', 'Lò sấy tại xưởng');
  const step = (await owner.text(form)).match(/buoc=(\d+)"[^>]*>Hình ảnh</)?.[1];
  return server.get(`${form}?_action=addPicture&buoc=${step}&slot=photo`, {
    method: 'POST',
    headers: { cookie: owner.cookie, origin: publicUrl },
    body,
  });
}
