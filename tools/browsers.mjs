// The programs that the tests drive: named in the environment, else on the path, else Debian's, else one command to type.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stop } from './prepare.mjs'

const onPath = (name) => {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : ''
}

const programs = {
  CHROMIUM: { names: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  FIREFOX: { names: ['firefox-esr', 'firefox'], debian: 'firefox-esr' },
  WEBKIT: { names: ['WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  DISPLAY_FOR_WEBKIT: { names: ['xvfb-run'], debian: 'xvfb xauth' },
  BUS_FOR_WEBKIT: { names: ['dbus-run-session'], debian: 'dbus' },
  AGE: { names: ['age'], debian: 'age' },
}

function install(debian) {
  const root = process.getuid?.() === 0
  const before = root ? [] : ['sudo', '-n']
  if (!onPath('apt-get')) return false
  console.log(`Installing ${debian} …`)
  const apt = (...args) =>
    spawnSync([...before, 'apt-get', ...args][0], [...before, 'apt-get', ...args].slice(1), {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...debian.split(' '))
}

/** The path of a program, installed if it can be; the end with the one command to type if it cannot. */
export function needProgram(variable) {
  const { names, debian } = programs[variable]
  const given = process.env[variable]
  if (given) return existsSync(given) ? given : stop(`${variable} names ${given}, which is not there.`)
  const find = () => names.map(onPath).find(Boolean)
  const found = find() ?? (install(debian) ? find() : undefined)
  return (
    found ??
    stop(`The tests need ${names[0]}. Install it (Debian: sudo apt-get install ${debian}) or name it in ${variable}.`)
  )
}
