/** Why a match fits, and what does not: short clauses that a page joins with semicolons. */
export const matchingMessages = {
  'match.about': { vi: 'cùng nói về {words}', en: 'both are about {words}' },
  'match.answers': { vi: '«{asked}»: {found}', en: '“{asked}”: {found}' },
  'match.sameField': { vi: 'cùng lĩnh vực {fields}', en: 'same field: {fields}' },
  'match.nearField': { vi: 'lĩnh vực gần: {fields}', en: 'a neighbouring field: {fields}' },
  'match.otherField': { vi: 'khác lĩnh vực: {fields}', en: 'another field: {fields}' },
  'match.sameArea': { vi: 'cùng địa bàn {areas}', en: 'same place: {areas}' },
  'match.trlMet': { vi: 'TRL {trl} ≥ yêu cầu {minTrl}', en: 'TRL {trl} ≥ {minTrl} asked for' },
  'match.trlUnknown': { vi: 'chưa rõ TRL (yêu cầu {minTrl})', en: 'TRL not stated ({minTrl} asked for)' },
  'match.sameMode': { vi: 'chuyển giao như mong muốn: {modes}', en: 'transfer as preferred: {modes}' },
  'match.otherMode': { vi: 'hình thức chuyển giao khác: {modes}', en: 'another form of transfer: {modes}' },
  'match.withinBudget': { vi: 'giá từ {price}, trong kinh phí dự kiến', en: 'price from {price}, within the budget' },
  'match.overBudget': { vi: 'giá từ {price}, vượt kinh phí dự kiến', en: 'price from {price}, above the budget' },
  'match.priceUnknown': { vi: 'chưa rõ giá', en: 'price not stated' },
  'match.behind': { vi: 'đứng sau «{title}»', en: 'stands behind “{title}”' },
  'match.applied': { vi: 'đã áp dụng: {place}', en: 'applied: {place}' },
} as const;
