const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * The `Content-Disposition` of a file to save under a name with any letters (RFC 6266, RFC 8187).
 * @param plain the name for programs that know ASCII only
 */
export const attachment = (name: string, plain: string): string =>
  `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
