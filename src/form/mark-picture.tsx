import {
  Anchor,
  Apple,
  Armchair,
  Bell,
  Bike,
  Bird,
  Book,
  Cherry,
  Cloud,
  Coffee,
  Feather,
  Fish,
  Flower2,
  KeyRound,
  Lamp,
  Leaf,
  Mountain,
  Sailboat,
  Shell,
  Snowflake,
  Star,
  Sun,
  TreePine,
  Umbrella,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { MarkName } from './mark-names.ts'

const pictures: Readonly<Record<MarkName, LucideIcon>> = {
  leaf: Leaf,
  sailboat: Sailboat,
  key: KeyRound,
  bird: Bird,
  umbrella: Umbrella,
  mountain: Mountain,
  cup: Coffee,
  star: Star,
  fish: Fish,
  bell: Bell,
  tree: TreePine,
  book: Book,
  sun: Sun,
  anchor: Anchor,
  apple: Apple,
  bicycle: Bike,
  feather: Feather,
  cloud: Cloud,
  lamp: Lamp,
  shell: Shell,
  flower: Flower2,
  chair: Armchair,
  snowflake: Snowflake,
  cherry: Cherry,
}

/** The picture of a mark; what it shows is said beside it. */
export function MarkPicture({ name }: { readonly name: MarkName }): ReactNode {
  const Picture = pictures[name]
  return <Picture aria-hidden="true" />
}
