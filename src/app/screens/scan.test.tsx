// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { Scan } from './scan.tsx'

beforeAll(() => activate('en'))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const getUserMedia = vi.fn<() => Promise<MediaStream>>()
beforeEach(() => {
  getUserMedia.mockReset()
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true })
})

function show() {
  const [onLink, onClose] = [vi.fn(), vi.fn()]
  const { unmount } = render(
    <I18nProvider i18n={i18n}>
      <Scan onLink={onLink} onClose={onClose} />
    </I18nProvider>,
  )
  return { onLink, onClose, unmount }
}
const aStream = () => {
  const stop = vi.fn()
  return { stop, stream: Object.assign(new MediaStream(), { getTracks: () => [{ stop }] }) as unknown as MediaStream }
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('scanning a code', () => {
  it.each([
    ['NotAllowedError', /may not be used here\. Allow it/],
    ['NotFoundError', /No camera was found/],
    ['NotReadableError', /did not start\. Another app may be using it/],
  ])('without a camera (%s) says why, and a picture is still taken', async (name, sentence) => {
    getUserMedia.mockRejectedValue(new DOMException('', name))
    show()
    expect(await screen.findByText(sentence)).toBeDefined()
    press('Try again')
    expect(await screen.findByText(sentence)).toBeDefined()
    expect(getUserMedia).toHaveBeenCalledTimes(2)
    const file = new File(['no picture'], 'a.txt')
    fireEvent.change(screen.getByLabelText('From a picture'), { target: { files: [file] } })
    expect((await screen.findByRole('alert')).textContent).toContain('no picture that the browser can read')
  })

  it('lets the camera go when it is left, also while it still starts', async () => {
    const [first, second] = [aStream(), aStream()]
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    getUserMedia.mockResolvedValueOnce(first.stream)
    const one = show()
    expect(await screen.findByLabelText('What the camera sees')).toBeDefined()
    expect(first.stop).not.toHaveBeenCalled()
    one.unmount()
    expect(first.stop).toHaveBeenCalledOnce()

    let start: ((stream: MediaStream) => void) | undefined
    getUserMedia.mockReturnValueOnce(new Promise((resolve) => (start = resolve)))
    show().unmount()
    start?.(second.stream)
    await vi.waitFor(() => expect(second.stop).toHaveBeenCalledOnce())
  })

  it('lets the camera go while nobody sees the page, and takes it again', async () => {
    const [first, second] = [aStream(), aStream()]
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    getUserMedia.mockResolvedValueOnce(first.stream).mockResolvedValueOnce(second.stream)
    show()
    await screen.findByLabelText('What the camera sees')
    const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(first.stop).toHaveBeenCalledOnce()
    seen.mockReturnValue('visible')
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    await vi.waitFor(() => expect(getUserMedia).toHaveBeenCalledTimes(2))
    expect(second.stop).not.toHaveBeenCalled()
  })

  it('goes back where one came from', async () => {
    getUserMedia.mockRejectedValue(new DOMException('', 'NotFoundError'))
    const { onClose } = show()
    await screen.findByText(/No camera was found/)
    press('Back')
    expect(onClose).toHaveBeenCalledOnce()
  })
})
