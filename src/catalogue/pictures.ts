import * as z from 'zod';
import type { PictureSize } from '../files/picture.ts';

/** A picture of a record. */
export interface Picture {
  /** Names its files. */
  hash: string;
  /** Of the largest file, in pixels; the others have the same shape. */
  width: number;
  height: number;
  /** What it shows, for who does not see it. A logo's may be empty: then the record's title says it. */
  alt: string;
}

export interface Pictures {
  logo: Picture | null;
  photos: Picture[];
}

export const maxPhotos = 6;
export const maxAltLength = 250;

const stored = z.object({ hash: z.string(), width: z.number(), height: z.number(), alt: z.string() });

/** The pictures of a record's columns. */
export const picturesOf = (record: { logo: string | null; photos: string }): Pictures => ({
  logo: record.logo === null ? null : stored.parse(JSON.parse(record.logo)),
  photos: record.photos === '[]' ? [] : z.array(stored).parse(JSON.parse(record.photos)),
});

/** The same pictures as columns. */
export const pictureColumns = ({ logo, photos }: Pictures): { logo: string | null; photos: string } => ({
  logo: logo && JSON.stringify(logo),
  photos: JSON.stringify(photos),
});

/** The file name of a picture in one of its sizes. */
export const pictureFile = (hash: string, size: PictureSize): string => `${hash}-${size}.webp`;

/** The address of a picture in one of its sizes. */
export const picturePath = (hash: string, size: PictureSize): string => `/anh/${pictureFile(hash, size)}`;

/** The picture that stands for a record where there is room for one. */
export const mainPicture = ({ logo, photos }: Pictures): Picture | undefined => logo ?? photos[0];
