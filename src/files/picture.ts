import { hash } from 'node:crypto';
import type sharp from 'sharp';
import { decodeInTurn, maxPixels, maxSeconds } from './decode.ts';

/** The boxes that each picture is fitted into, in pixels: on a card, in a page, by itself. */
export const pictureSizes = [96, 480, 1600] as const;
export type PictureSize = (typeof pictureSizes)[number];

/** The largest file that is taken: what a good phone's photo weighs. */
export const maxPictureBytes = 10 * 1024 * 1024;
const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** A picture as it is kept: WebP files without anything that the sent file said about person, place or camera. */
export interface EncodedPicture {
  /** Of the largest file's bytes: the same picture has the same name. */
  hash: string;
  width: number;
  height: number;
  files: { size: PictureSize; bytes: Buffer }[];
}

export type Encoded =
  | { ok: true; picture: EncodedPicture }
  | { ok: false; reason: 'tooLarge' | 'tooManyPixels' | 'unreadable' };

async function encode(decoder: typeof sharp, bytes: Uint8Array): Promise<Encoded> {
  try {
    const { format, compression, width, height } = await decoder(bytes, { limitInputPixels: false }).metadata();
    if (!formats.has(format) || (format === 'heif' && compression !== 'av1'))
      return { ok: false, reason: 'unreadable' };
    if (width * height > maxPixels) return { ok: false, reason: 'tooManyPixels' };
    const largest = Math.max(...pictureSizes);
    // Decoded once: only colours go on from here, and what follows the picture in the file is never looked at.
    const { data, info } = await decoder(bytes, { failOn: 'error', limitInputPixels: maxPixels })
      .timeout({ seconds: maxSeconds })
      .autoOrient()
      .resize({ width: largest, height: largest, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const files: EncodedPicture['files'] = [];
    for (const size of pictureSizes) {
      const file = await decoder(data, { raw })
        .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80, smartSubsample: true })
        .toBuffer();
      files.push({ size, bytes: file });
    }
    const name = hash('sha256', files[files.length - 1].bytes, 'hex').slice(0, 32);
    return { ok: true, picture: { hash: name, width: info.width, height: info.height, files } };
  } catch {
    // libvips says why in words for its developers; for whoever sent the file it is broken or no picture.
    return { ok: false, reason: 'unreadable' };
  }
}

/**
 * Reads a sent file as a picture, by its content whatever its name says, and writes it anew in each size, turned as
 * the camera was held.
 */
export async function encodePicture(bytes: Uint8Array): Promise<Encoded> {
  if (bytes.length > maxPictureBytes) return { ok: false, reason: 'tooLarge' };
  return decodeInTurn((decoder) => encode(decoder, bytes));
}
