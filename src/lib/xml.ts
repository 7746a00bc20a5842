import { escapeHtml } from '../../search/highlight.ts';

/** An XML document as an answer. */
export const xml = (body: string, type = 'application/xml'): Response =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
    headers: { 'content-type': `${type}; charset=utf-8` },
  });

/** A text as the content of an XML element; what XML cannot hold is left out. */
export const xmlText = (text: string): string => escapeHtml(text.replace(/[\p{Cc}\p{Cs}]/gu, ' '));
