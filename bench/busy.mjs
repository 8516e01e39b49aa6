// Whether the figures of a bench can be believed: on a machine that does something else they measure that as well.
import { loadavg } from 'node:os'

/** The most that the machine may be doing, averaged over the last minute, when a bench begins. */
const most = 1

/** Looks at once; gives what says it, to be said now and beside the figures, since the first is scrolled away by then. */
export function watchForOthers() {
  const [load = 0] = loadavg()
  const sayIfBusy = () => {
    if (load <= most) return
    console.log(`THIS MACHINE IS BUSY: load average ${load.toFixed(1)} at the start, ${most} at most is wanted.`)
    console.log('These figures are too high by an unknown share. Measure again when nothing else runs.')
  }
  sayIfBusy()
  return sayIfBusy
}
