// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepFocus } from './kept-focus.ts'

let stop: () => void
beforeEach(() => {
  stop = keepFocus()
})
afterEach(() => {
  stop()
  document.body.replaceChildren()
})

// Nothing is drawn here, so nothing says whether it is: the styles of the elements themselves do.
Element.prototype.checkVisibility = function () {
  return !this.closest('[style*="none"]')
}

const show = (html: string) => {
  document.body.innerHTML = html
}
const the = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(selector)
  return found
}
const pictures = async () => {
  for (let n = 0; n < 4; n += 1) await new Promise((done) => requestAnimationFrame(done))
}

describe('the focus, when what has it', () => {
  it('is taken away, goes to the question around it', async () => {
    show('<main><h1>Case</h1><fieldset id="q"><legend>Which?</legend><p><button>Clear</button></p></fieldset></main>')
    the('button').focus()
    the('p').remove()
    await pictures()
    expect(document.activeElement).toBe(the('#q'))
  })

  it('is taken away inside of what unfolds, goes to the line that unfolds it', async () => {
    show('<details open><summary>Told</summary><button>All agreed</button></details>')
    the('button').focus()
    the('button').remove()
    await pictures()
    expect(document.activeElement).toBe(the('summary'))
  })

  it('goes with its whole screen, waits for the title of the next one', async () => {
    show('<main><h1>Lock</h1><button>Unlock</button></main>')
    the('button').focus()
    show('<p>Opening</p>')
    await pictures()
    expect(document.activeElement).toBe(document.body)
    show('<main><h1>Cases</h1></main>')
    await pictures()
    expect(document.activeElement).toBe(the('h1'))
  })

  it('is hidden with its screen before the next one is drawn, goes to the title of that one', async () => {
    show('<div><main><h1>Case</h1><button>Menu</button></main></div>')
    the('button').focus()
    the('div').style.display = 'none'
    the('button').blur()
    document.body.append(document.createElement('p'))
    await pictures()
    the('div').remove()
    the('p').outerHTML = '<main><h1>Export</h1></main>'
    await pictures()
    expect(document.activeElement?.textContent).toBe('Export')
  })

  it('is taken away and something else takes it at once, stays there', async () => {
    show('<main><h1>Case</h1><button>Remove</button><input /></main>')
    the('button').focus()
    the('button').remove()
    the('input').focus()
    await pictures()
    expect(document.activeElement).toBe(the('input'))
  })

  it('is left on purpose, is not brought back', async () => {
    show('<main><h1>Case</h1><button>Stays</button></main>')
    the('button').focus()
    the('button').blur()
    await pictures()
    the('main').append(document.createElement('p'))
    await pictures()
    expect(document.activeElement).toBe(document.body)
  })
})
