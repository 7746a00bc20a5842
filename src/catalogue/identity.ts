import { v5 } from 'uuid';

/** The name of a catalogue among all others. */
export const catalogueUrn = (site: string): string => `urn:uuid:${site}`;

/**
 * A record's name for machines: the same for good, wherever its page moves (RFC 9562, version 5).
 * @param site UUID of the catalogue
 * @param id the record's number in it
 */
export const recordUrn = (site: string, id: number): string => `urn:uuid:${v5(`record:${id}`, site)}`;
