// @vitest-environment happy-dom
import { afterEach, describe, expect, test, vi } from 'vitest'
import { closeCamera, openCamera } from './camera.ts'

afterEach(() => vi.unstubAllGlobals())

const withCamera = (getUserMedia: (asked: MediaStreamConstraints) => Promise<MediaStream>) =>
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })

describe('the camera', () => {
  test.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('that answers %s is said to be %s', async (name, status) => {
    withCamera(() => Promise.reject(new DOMException('', name)))
    expect(await openCamera()).toEqual({ status })
  })

  test('is not there where the browser gives none to pages', async () => {
    vi.stubGlobal('navigator', {})
    expect(await openCamera()).toEqual({ status: 'none' })
  })

  test('is asked for without a microphone, and is let go of whole', async () => {
    const stop = vi.fn()
    const stream = { getTracks: () => [{ stop }, { stop }] } as unknown as MediaStream
    const asked = vi.fn<(constraints: MediaStreamConstraints) => Promise<MediaStream>>(async () => stream)
    withCamera(asked)
    expect(await openCamera()).toEqual({ status: 'open', stream })
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ audio: false, video: { facingMode: { ideal: 'environment' } } })
    closeCamera(stream)
    expect(stop).toHaveBeenCalledTimes(2)
  })
})
