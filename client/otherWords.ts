/** Words that only pages beside the room say; a phone in the room does not load them. */
export const OTHER_WORDS = [
  'home',
  'family',
  'versions',
  'compare',
  'restore',
  'print',
  'seal',
  'projector',
  'familyTime',
  'prep',
  'gated',
  'link',
  'safety',
  'lock',
] as const
