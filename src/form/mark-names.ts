/** The pictures that people are known by on the screen: things that mean nothing, in the order in which they are proposed. */
export const markNames = [
  'leaf',
  'sailboat',
  'key',
  'bird',
  'umbrella',
  'mountain',
  'cup',
  'star',
  'fish',
  'bell',
  'tree',
  'book',
  'sun',
  'anchor',
  'apple',
  'bicycle',
  'feather',
  'cloud',
  'lamp',
  'shell',
  'flower',
  'chair',
  'snowflake',
  'cherry',
] as const

export type MarkName = (typeof markNames)[number]

export function isMarkName(name: string | undefined): name is MarkName {
  return (markNames as readonly (string | undefined)[]).includes(name)
}
