import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openWith } from '../seal/envelope.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import type { TeamView, VaultApi } from './api.ts'
import { readAudit } from './audit.ts'
import { teamCircle } from './circle-kinds.ts'

const theirs = 'Puerto Nuevo, 4 faros'

let tablet: ATablet
let lead: { vault: VaultApi; accountId: string }
let colleague: { vault: VaultApi; accountId: string }
beforeEach(async () => {
  tablet = new ATablet()
  lead = await tablet.withAccount({ circle: 'team' })
  colleague = await tablet.withAccount({ label: 'Green', circle: 'team', passphrase: folded(theirs) })
})
afterEach(() => tablet.database.delete())

/** The colleague's vault as after a lock and an unlock. */
async function again(): Promise<VaultApi> {
  const vault = tablet.tab()
  const opened = await vault.unlock(colleague.accountId, folded(theirs))
  if (opened.status !== 'opened') throw new Error(opened.status)
  return vault
}

const asOther = ({ others }: TeamView, accountId: string) => {
  const found = others.find((other) => other.accountId === accountId)
  if (!found) throw new Error('not among the others')
  return found
}

async function letColleagueIn(): Promise<void> {
  const { recipient } = asOther(await lead.vault.team(), colleague.accountId)
  expect(await lead.vault.letIn(colleague.accountId, recipient)).toEqual({ status: 'done' })
}

const ids = async (vault: VaultApi) => (await vault.list()).cases.map(({ id }) => id)

describe('a second account of a tablet', () => {
  test('reads nothing of the team before somebody lets it in, and counts nothing of it as unreadable', async () => {
    await savedCase(lead.vault)
    expect(await colleague.vault.list()).toEqual({ cases: [], unreadable: 0 })
    expect(await colleague.vault.team()).toMatchObject({ home: 'me', inTeam: false, waits: true, lead: false })
  })

  test('shows the same six words on both sides', async () => {
    const { words } = await colleague.vault.team()
    expect(words).toHaveLength(6)
    expect(asOther(await lead.vault.team(), colleague.accountId).words).toEqual(words)
  })

  test('once let in, reads and writes what the team has, and keeps new cases there', async () => {
    const before = await savedCase(lead.vault)
    await letColleagueIn()
    const vault = await again()
    expect(await vault.team()).toMatchObject({ home: 'team', inTeam: true, waits: false, lead: false })
    const found = await vault.open(before.id)
    expect(found.draft).toEqual(before.draft)
    expect(found.circle).toBe('team')
    const saved = await vault.save(before.id, found.rev, found.draft, { section: 'links' })
    expect(saved.status).toBe('saved')
    const fresh = await vault.newCase()
    expect(await ids(lead.vault)).toContain(fresh.id)
    expect((await lead.vault.open(before.id)).place).toEqual({ section: 'links' })
  })

  test('is told of what opens from its next unlock on, and not that it cannot be opened', async () => {
    await savedCase(lead.vault)
    await letColleagueIn()
    expect(await colleague.vault.list()).toEqual({ cases: [], unreadable: 0, later: 1 })
    expect(await (await again()).list()).toMatchObject({ cases: [{}], unreadable: 0 })
    const list = await (await again()).list()
    expect('later' in list).toBe(false)
  })

  test('counts what was handed over damaged as unreadable from the next unlock on', async () => {
    await savedCase(lead.vault)
    await letColleagueIn()
    await tablet.database.circles
      .where('accountId')
      .equals(colleague.accountId)
      .modify((row) => {
        if (row.form === 'age') row.wrapped = row.wrapped.slice(1)
      })
    expect(await (await again()).list()).toEqual({ cases: [], unreadable: 1 })
  })

  test('is not let in under a recipient that is not the one that was compared', async () => {
    const { recipient } = asOther(await lead.vault.team(), colleague.accountId)
    await tablet.database.accounts.update(colleague.accountId, { recipient: (await lead.vault.team()).words.join(' ') })
    expect(await lead.vault.letIn(colleague.accountId, recipient)).toEqual({ status: 'changed' })
    expect(await tablet.database.circles.where('accountId').equals(colleague.accountId).count()).toBe(1)
  })

  test('writes into the log of the circle that a case is in', async () => {
    const { id } = await savedCase(lead.vault)
    await letColleagueIn()
    const vault = await again()
    const own = await vault.keepCasesWith('me')
    expect(own).toEqual({ status: 'done' })
    const { rev, draft } = await vault.open(id)
    await vault.save(id, rev, draft, { section: 'event' })
    const session = await tablet.session(lead.accountId)
    const log = await readAudit(session, teamCircle(session))
    expect(log.intact).toBe(true)
    expect(log.entries.findLast(({ action }) => action === 'save')).toMatchObject({
      target: id,
      who: colleague.accountId,
    })
  })
})

describe('somebody in two teams', () => {
  async function inTwo() {
    await colleague.vault.startTeam()
    const theirCase = await savedCase(colleague.vault)
    await letColleagueIn()
    const ours = await savedCase(lead.vault)
    const vault = await again()
    const view = await vault.team()
    const [port, quay] = ['Blue', undefined].map((label) => view.teams.find(({ others }) => others[0] === label))
    if (!port || !quay) throw new Error('not in both')
    return { vault, view, theirCase, ours, port: port.circleId, quay: quay.circleId }
  }

  test('sees both with their members, and opens the cases of both', async () => {
    const { vault, view, theirCase, ours, port, quay } = await inTwo()
    expect(view.teams.map(({ circleId, home, others }) => [circleId, home, others]).toSorted()).toEqual(
      [
        [port, false, ['Blue']],
        [quay, true, []],
      ].toSorted(),
    )
    expect([view.circleId, view.members.map(({ label }) => label), view.lead]).toEqual([quay, ['Green'], true])
    const other = await vault.team(port)
    expect([other.circleId, other.members.map(({ label }) => label), other.lead]).toEqual([
      port,
      ['Blue', 'Green'],
      false,
    ])
    expect(new Set(await ids(vault))).toEqual(new Set([theirCase.id, ours.id]))
    expect([(await vault.open(theirCase.id)).team, (await vault.open(ours.id)).team]).toEqual([quay, port])
  })

  test('does in each what the role there allows, and nothing in one that it is not in', async () => {
    const { vault, port, quay } = await inTwo()
    expect(await vault.takeOut(lead.accountId, port)).toEqual({ status: 'not-lead' })
    expect(await vault.setRole(colleague.accountId, 'lead', port)).toEqual({ status: 'not-lead' })
    const { recipient } = asOther(await vault.team(quay), lead.accountId)
    expect(await vault.letIn(lead.accountId, recipient, quay)).toEqual({ status: 'done' })
    expect((await vault.team(quay)).members.map(({ label }) => label)).toEqual(['Green', 'Blue'])
    expect(await vault.takeOut(lead.accountId, quay)).toEqual({ status: 'done' })
    await expect(vault.letIn(lead.accountId, recipient, 'x'.repeat(22))).rejects.toMatchObject({ reason: 'bad-input' })
  })

  test('chooses which of them new cases go to, and gives a case from one to the other', async () => {
    const { vault, theirCase, port, quay } = await inTwo()
    expect(await vault.keepCasesWith('team', port)).toEqual({ status: 'done' })
    expect((await vault.newCase()).team).toBe(port)
    expect((await vault.team()).teams.find(({ home }) => home)?.circleId).toBe(port)
    expect(await vault.keepCasesWith('team', quay)).toEqual({ status: 'done' })
    expect((await vault.newCase()).team).toBe(quay)
    const { rev } = await vault.open(theirCase.id)
    expect((await vault.give(theirCase.id, rev, { circle: 'team', which: port })).status).toBe('given')
    expect((await vault.open(theirCase.id)).team).toBe(port)
    expect(await ids(lead.vault)).toContain(theirCase.id)
    expect((await vault.tidy()).logIntact).toBe(true)
  })
})

describe('somebody who is taken out', () => {
  beforeEach(letColleagueIn)

  test('opens nothing of the team any more, and what is written afterwards has another key', async () => {
    const old = await savedCase(lead.vault)
    await again()
    expect(await lead.vault.takeOut(colleague.accountId)).toEqual({ status: 'done' })
    const later = await savedCase(lead.vault)
    const row = await tablet.database.records.get(later.id)
    expect(row?.epoch).toBe(2)
    const vault = await again()
    expect(await vault.list()).toEqual({ cases: [], unreadable: 0 })
    await expect(vault.open(old.id)).rejects.toMatchObject({ reason: 'cannot-open' })
    expect(await vault.team()).toMatchObject({ home: 'me', inTeam: false })
    const own = await vault.newCase()
    expect(await ids(vault)).toEqual([own.id])
  })

  test('finds the key of the next epoch nowhere, not even with the wraps of before', async () => {
    const wraps = await tablet.database.circles.where('accountId').equals(colleague.accountId).toArray()
    await lead.vault.takeOut(colleague.accountId)
    await tablet.database.circles.bulkPut(wraps)
    const later = await savedCase(lead.vault)
    const vault = await again()
    await expect(vault.open(later.id)).rejects.toMatchObject({ reason: 'cannot-open' })
    const left = await tablet.database.circles.toArray()
    for (const { form, wrapped, accountId } of left.filter(({ epoch }) => epoch === 2)) {
      expect(accountId).toBe(lead.accountId)
      expect(form).toBe('own')
      await expect(openWith([], wrapped)).rejects.toThrow()
    }
  })

  test('leaves the others what they had: old rows and the log open for who stays', async () => {
    const third = await tablet.withAccount({
      label: 'Grey',
      circle: 'team',
      passphrase: folded('Tres gatos, 9 tejados'),
    })
    const { recipient } = asOther(await lead.vault.team(), third.accountId)
    await lead.vault.letIn(third.accountId, recipient)
    const old = await savedCase(lead.vault)
    await lead.vault.takeOut(colleague.accountId)
    const later = await savedCase(lead.vault)
    const vault = tablet.tab()
    await vault.unlock(third.accountId, folded('Tres gatos, 9 tejados'))
    expect((await vault.open(old.id)).draft).toEqual(old.draft)
    expect((await vault.open(later.id)).draft).toEqual(later.draft)
    const session = await tablet.session(lead.accountId)
    expect((await readAudit(session, teamCircle(session))).intact).toBe(true)
  })

  test('cannot be taken out by somebody who does not lead, and a team keeps a lead', async () => {
    const vault = await again()
    expect(await vault.takeOut(lead.accountId)).toEqual({ status: 'not-lead' })
    expect(await vault.setRole(colleague.accountId, 'lead')).toEqual({ status: 'not-lead' })
    expect(await lead.vault.setRole(lead.accountId, 'caseworker')).toEqual({ status: 'last-lead' })
    expect(await lead.vault.setRole(colleague.accountId, 'lead')).toEqual({ status: 'done' })
    expect(await lead.vault.setRole(lead.accountId, 'caseworker')).toEqual({ status: 'done' })
    expect((await (await again()).team()).lead).toBe(true)
    expect((await lead.vault.team()).lead).toBe(false)
  })
})

describe('the organisation of a tablet that is set up', () => {
  test('is known to a second account by its label and limits, and by its name once a team lets it in', async () => {
    const set = new ATablet()
    const organisation = await anOrganisation()
    const first = await set.withAccount({ setup: await organisation.setup(), circle: 'team' })
    const second = await set.withAccount({ label: 'Green', circle: 'team', passphrase: folded(theirs) })
    const known = await first.vault.profile()
    const before = await second.vault.profile()
    expect(before).toEqual({
      ...known,
      name: known?.label,
      orgCode: '',
      orgType: '',
      country: undefined,
      area: undefined,
    })
    const fresh = await second.vault.newCase()
    expect(fresh.draft.reportingEntity.answers).not.toHaveProperty('rer')
    const { recipient } = asOther(await first.vault.team(), second.accountId)
    await first.vault.letIn(second.accountId, recipient)
    const again = set.tab()
    await again.unlock(second.accountId, folded(theirs))
    expect(await again.profile()).toEqual(known)
    await first.vault.takeOut(second.accountId)
    expect((await first.vault.team()).members).toHaveLength(1)
    await set.database.delete()
  })
})

describe('a team that begins later', () => {
  test('is started by an account that worked alone, whose cases stay its own', async () => {
    const alone = new ATablet()
    const { vault, accountId } = await alone.withAccount()
    const own = await savedCase(vault)
    expect(await vault.startTeam()).toEqual({ status: 'done' })
    const shared = await vault.newCase()
    const circles = (await vault.list()).cases.map(({ id, circle }) => [id, circle])
    expect(circles).toContainEqual([own.id, 'me'])
    expect(circles).toContainEqual([shared.id, 'team'])
    const later = alone.tab()
    await later.unlock(accountId, folded())
    expect(await later.team()).toMatchObject({ home: 'team', inTeam: true, lead: true })
    expect((await later.list()).cases).toHaveLength(2)
    await alone.database.delete()
  })
})
