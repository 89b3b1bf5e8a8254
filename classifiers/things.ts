import { phrases } from './phrases.ts';

/** Nouns that decide what an act on them means. Written in singular, as the last one or two words of what is acted on. */

/** Who may do what, and the controls on it. */
export const ACCESS: ReadonlySet<string> = phrases(`
  permission, role, member, membership, collaborator, invite, invitation, access, acl, privilege, ownership, authentication, authorization, sso, mfa, 2fa,
  password, firewall, guardrail, security group, access rule, access control, access policy, iam policy, bucket policy, security policy, branch protection,
  protection rule, protected branch, rate limit, usage limit, firewall rule, group member, member group, team member, org member, session policy, admin, administrator,
  visibility, allowlist, whitelist, blocklist, ip allowlist, sharing, share link, shared link, permission set, role assignment, role mapping, grant,
  security setting, auth config, auth setting, network policy, network rule, ip rule, deploy key, ssh key, public key, allowed ip, trusted ip, shield, scope, rbac, cors, protection,
  domain lock, transfer lock, registrar lock, external port, exposed port, org policy, organization policy, organisation policy, password policy,
  authentication policy, conditional access policy`);

/** What opens a door when it is made, and is taken back by revoking it. */
export const CREDENTIALS: ReadonlySet<string> = phrases(`
  key, api key, token, access token, secret, credential, pat, personal access token, client secret, virtual key, certificate, auth token, app password,
  service account key, api token, apikey, service key, secret key, webhook secret, signing key, login link, magic link`);

/** Taken off as easily as put back. */
export const ASSOCIATIONS: ReadonlySet<string> = phrases(`
  label, tag, reaction, emoji reaction, assignee, favorite, favourite, star, pin, bookmark, like, follower, watcher, link, relationship, dependency,
  reviewer, vote, mapping, association, flag, subscriber, custom domain, suppression, attachment point, upvote, blocker, item from cart, emoji`);

/** Taking something out of one of these leaves the thing as it was. */
export const CONTAINERS: ReadonlySet<string> = phrases(`
  team, project, cycle, release, initiative, group, playlist, channel, favorite, favourite, tag, segment, load balancer, firewall, collection, folder, album, label,
  issue, sprint, milestone, epic, organization, organisation, workspace, audience, dashboard, board, campaign, issue list, watchlist, suppression list, list, roadmap,
  droplet, domain, namespace, contact, page, view, meeting, event, draft`);

/** Machines and services that other people depend on. */
export const INFRASTRUCTURE: ReadonlySet<string> = phrases(`
  instance, server, vm, virtual machine, machine, container, service, cluster, droplet, database, app, application, pod, node, host, replica, deployment, stack,
  nodepool, node pool, warehouse, device, worker, project container, compose, postgre, postgres, mysql, redis, mongo, mariadb, process, daemon, volume`);

/** Sums that change hands. */
export const MONEY: ReadonlySet<string> = phrases(`
  payment, refund, payout, charge, fund, money, donation, withdrawal, deposit, purchase, fee, tip, trade, market order, limit order, stop order, swap,
  crypto, eth, sol, btc, usdc, sat, token transfer, transfer, settlement, disbursement, stake, wager, bet, payment intent, buy order, sell order, transaction fee,
  order position, invoice payment`);
