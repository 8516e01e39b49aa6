// npm run desk: builds what is needed, then runs the desk's command with the words given.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { needBuild, needNode, needPackages, root } from './prepare.mjs'

needNode()
needPackages()
needBuild()
await import(pathToFileURL(join(root, 'dist', 'node', 'desk.js')).href)
