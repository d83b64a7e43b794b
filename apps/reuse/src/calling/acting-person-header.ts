/** Documents the header of calls under a grant, whose context is already known. */
export const actingPersonHeader = {
  name: 'X-Actor',
  required: false,
  description: 'Required of a system: id of the person it acts for (alias X-Road-UserId)',
  example: 'cb-0042',
} as const;
