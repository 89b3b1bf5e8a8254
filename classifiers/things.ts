import { phrases } from './phrases.ts';

/** Nouns that decide what an act on them means. Written in singular, as the last one or two words of what is acted on. */

/** Who may do what, and the controls on it. */
export const ACCESS: ReadonlySet<string> = phrases(`
  permission, role, member, membership, collaborator, invite, invitation, access, acl, privilege, ownership, authentication, authorization, sso, mfa, 2fa,
  password, firewall, guardrail, security group, access rule, access control, access policy, iam policy, bucket policy, security policy, branch protection,
  protection rule, protected branch, rate limit, usage limit, firewall rule, group member, member group, team member, org member, session policy, admin, administrator,
  visibility, allowlist, whitelist, blocklist, ip allowlist, invite link, invitation link, join link, blocking, tcp proxy, public ip, peering, peering connection, public endpoint, custom claim, sharing, share link, shared link, shareable link, sharing link, public link, access link, guest link, public url, permission set, role assignment, control assignment, role mapping, grant,
  security setting, auth config, auth setting, network policy, network rule, ip rule, deploy key, ssh key, public key, allowed ip, trusted ip, shield, scope, rbac, cors, protection,
  domain lock, transfer lock, registrar lock, external port, exposed port, org policy, organization policy, organisation policy, password policy,
  authentication policy, conditional access policy, access code, guest code, entry code, passcode, pin code, passcode requirement, host pin, delegate,
  role binding, cluster role, cluster role binding, rolebinding, service principal, service account, oauth client, oauth application, oauth app, oidc client,
  saml application, client application, client app, resource server, identity provider, app registration, user pool, visitor, visitor pass, guest pass,
  access application, access restriction, restriction, inbound rule, outbound rule, ingress rule, egress rule, nat rule, waf rule, acl rule, traffic rule,
  port forward, port forwarding, port forwarding rule, forwarding rule, public access, public access block, access block, transfer lock, auto forwarding, custom role, iam role, iam user,
  group membership, group rule, membership rule, app role assignment, user role, role policy, trust policy, resource policy, user policy, group policy,
  inline policy, managed policy, permission boundary, spending limit, spend limit, spending control, transfer approval, network exposure, privacy status, privacy setting, privacy level, privacy, auth method, authentication method, auth provider, login method, vpn user,
  wireguard peer, vpn peer, api permission, consent, ssl mode, tls mode, attack mode, security level, security mode, auto approve, automatic approval,
  public tunnel, firewall policy, security rule, security profile, signing policy, admin role, operator status, scope mapping, client scope, realm, mfa factor, factor`);

/** Who can sign in: making one lets somebody or something in. */
export const IDENTITIES: ReadonlySet<string> = phrases(
  'user, user account, admin user, guest user, service user, login, service account, machine user, db user, database user',
);

/** Words that make any thing they stand before part of who may do what: `managed policy`, `a bucket policy`. */
export const POLICY_HOLDERS: ReadonlySet<string> = phrases(
  'role, user, group, bucket, iam, trust, managed, inline, resource, access, principal, identity, security, scp, permission, login, session, password, authentication, auth, sms, mfa, conditional, network, firewall',
);

/** What opens a door when it is made, and is taken back by revoking it. */
export const CREDENTIALS: ReadonlySet<string> = phrases(`
  key, api key, token, access token, secret, credential, pat, personal access token, client secret, virtual key, certificate, auth token, app password,
  service account key, api token, apikey, service key, secret key, webhook secret, signing key, login link, magic link, presigned url, signed url,
  presigned link, upload url, presigned upload url, signed upload url, sas token, sas url`);

/** Taken off as easily as put back. */
export const ASSOCIATIONS: ReadonlySet<string> = phrases(`
  label, tag, reaction, emoji reaction, assignee, favorite, favourite, star, pin, bookmark, like, follower, watcher, link, relationship, dependency,
  reviewer, vote, mapping, association, flag, subscriber, custom domain, suppression, attachment point, upvote, assignment, domain assignment, owner, presence, blocker, item from cart, emoji,
  review request, requested reviewer`);

/** Taking something out of one of these leaves the thing as it was. */
export const CONTAINERS: ReadonlySet<string> = phrases(`
  team, project, cycle, release, initiative, group, playlist, channel, favorite, favourite, tag, segment, load balancer, firewall, collection, folder, album, label,
  issue, sprint, milestone, epic, organization, organisation, workspace, audience, dashboard, board, campaign, issue list, watchlist, suppression list, list, roadmap,
  droplet, domain, namespace, contact, page, view, meeting, event, draft, cart, basket, section, trash, sequence, wishlist, bundle, category,
  room, bag, shopping list, selection, thread, stage, entity, request`);

/** What somebody may do or belongs to: deleted, it is revoked, and given again as easily. A role, a policy or a key itself is gone when it is deleted. */
export const GRANTS: ReadonlySet<string> = phrases(`
  permission, grant, share link, shared link, sharing link, sharing, access, access entry, access grant, role assignment, control assignment, role binding,
  rolebinding, cluster role binding, membership, group membership, team membership, collaborator, invitation, invite, group member, team member, org member,
  member, acl entry, access list entry, ip access list entry, consent, delegate, permission assignment, app role assignment, role mapping, user role, share`);

/** A share of another kind: a place where files are. */
export const STORAGE: ReadonlySet<string> = phrases('file, storage, network, smb, nfs, azure, drive');

/** What a decision on somebody's work is called. */
export const APPROVALS: ReadonlySet<string> = phrases('approval, approver, sign off');

/** Machines and services that other people depend on. */
export const INFRASTRUCTURE: ReadonlySet<string> = phrases(`
  instance, server, vm, virtual machine, machine, container, service, cluster, droplet, database, app, application, pod, node, host, replica, deployment, stack,
  nodepool, node pool, warehouse, device, worker, project container, compose, slot, deployment slot, staging slot, task definition, lambda, dyno, postgre, postgres, mysql, redis, mongo, mariadb, process, daemon, volume, dispatch, connector, scheduler, broker, agent pool, runner, maintenance mode, rescue mode, recovery mode`);

/** Sums that change hands. */
export const MONEY: ReadonlySet<string> = phrases(`
  payment, refund, payout, charge, fund, money, donation, withdrawal, deposit, purchase, fee, tip, trade, market order, limit order, stop order, swap,
  crypto, eth, sol, btc, usdc, sat, token transfer, transfer, settlement, disbursement, stake, wager, bet, payment intent, buy order, sell order, transaction fee,
  order position, invoice payment, direct deposit, money transfer, wire, wire transfer, remittance, liquidity, collateral, gift card, market buy,
  market sell, payment order, bank transfer, amount, standing order, direct debit, nft, coin, top up, topup`);

/** What a verb that ends something ends without a loss: it stops, and can be started again. */
export const TRANSIENT: ReadonlySet<string> = phrases(`
  operation, run, job, task, session, execution, query, call, workflow, conversation, agent, crawl, request, connection, backend, stream, transfer,
  build, chat, plan, change set, sandbox session, live session, process instance`);

/** People: an end of theirs is one of what they may do. */
export const PEOPLE: ReadonlySet<string> = phrases('employee, contractor, staff, member, user session, employment');

/** Texts, pictures and other content that a caller hands over and gets back changed. */
export const CONTENT: ReadonlySet<string> = phrases(`
  text, string, image, photo, picture, html, markdown, json, csv, xml, yaml, input, input text, content, audio, array, list of number, sentence, paragraph, code,
  speech, noise, background, face, snippet, word, number, matrix, data uri, base64, url string, given text, pdf, video`);

/** Who or what carries on in another state when these are chosen: `select a workspace`. */
export const CONTEXTS: ReadonlySet<string> = phrases(
  'workspace, account, project, organization, organisation, tab, profile, database, tenant, region, environment, team, context, site, default, model, session',
);

/** Gone to in source code: only looked at. */
export const SYMBOLS: ReadonlySet<string> = phrases('definition, declaration, implementation, reference, type definition, symbol');

/** A label itself can be deleted for good; these can only be taken off. */
export const TAKEN_OFF: ReadonlySet<string> = phrases(
  'reaction, emoji reaction, assignee, favorite, favourite, star, bookmark, like, vote, emoji, issue link, watcher, follower',
);

/** Kept in one place only: taken out of it, they are gone. */
export const OWNED: ReadonlySet<string> = phrases('document, record, row, vector, point, embedding, element, key, field');

/** Shared or blocked, these let nobody in and keep nobody out. */
export const UNGUARDED: ReadonlySet<string> = phrases(
  'screen, thought, memory, feedback, insight, post, time, time slot, slot, focus time',
);
