/** Values that several kinds share; their names are in the messages as `value.<vocabulary>.<value>`. */

/** Forms of technology transfer (Law on Technology Transfer 07/2017/QH14, article 5). */
export const transferModes = ['assignment', 'licence', 'turnkey', 'joint_development', 'service'] as const;

export const ipStatuses = [
  'patent',
  'utility_solution',
  'design',
  'copyright',
  'plant_variety',
  'know_how',
  'pending',
  'none',
] as const;

/** Technology readiness levels (ISO 16290, as in EU and Vietnamese practice). */
export const trlLevels = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Sections of the Vietnam Standard Industrial Classification (Decision 27/2018/QĐ-TTg). */
export const vsicSections = [...'ABCDEFGHIJKLMNOPQRSTU'] as [string, ...string[]];

export const countryPattern = /^[A-Z]{2}$/;
export const languagePattern = /^[a-z]{2,3}$/;
/** Classes of the Nice classification of goods and services: 1 to 45. */
export const niceClassPattern = /^(?:[1-9]|[1-3]\d|4[0-5])$/;
