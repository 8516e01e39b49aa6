/** What the app's origin says about itself on every answer, scripts and errors too (security.md section 14). */
export interface HeaderOptions {
  /** Origins that the app may call besides its own; without them any over https. */
  readonly connectSrc?: readonly string[]
  /** Adds plain http on this machine, where receivers are tried out. */
  readonly development?: boolean
}

const loopback = ['http://127.0.0.1:*', 'http://localhost:*']

function contentSecurityPolicy({ connectSrc, development }: HeaderOptions): string {
  const connect = ["'self'", ...(connectSrc ?? ['https:']), ...(development ? loopback : [])]
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    `connect-src ${connect.join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app-url',
  ].join('; ')
}

/** `screen-wake-lock`: while a case is open and in use, the screen is kept awake (product.md). */
const allowed = ['camera', 'local-network-access', 'local-network', 'loopback-network', 'screen-wake-lock']
const refused = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]
const permissionsPolicy = [...allowed.map((name) => `${name}=(self)`), ...refused.map((name) => `${name}=()`)].join(
  ', ',
)

const year = 365 * 24 * 60 * 60

/** The headers for one address. `secure`: it was asked for over https. */
export function appHeaders(path: string, secure: boolean, options: HeaderOptions): Headers {
  // Leaving for a page that shares no process group makes the browser drop the process, and the memory with it.
  const opener = path === '/locked' || path === '/locked.html' ? 'unsafe-none' : 'same-origin'
  const headers = new Headers({
    'Content-Security-Policy': contentSecurityPolicy(options),
    'Cross-Origin-Opener-Policy': opener,
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': permissionsPolicy,
    'Cache-Control': 'no-store',
  })
  if (secure) headers.set('Strict-Transport-Security', `max-age=${2 * year}`)
  return headers
}
