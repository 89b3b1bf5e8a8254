import { isJsonObject } from '../../src/model/json.ts';
import { type Act, isDoneTo, isReading } from '../act.ts';
import { type CarriedThing, carriedThings } from '../carried-things.ts';
import { namedOneOf } from '../name-set.ts';
import type { Parameter } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal, withParameters } from '../signal.ts';
import { singular } from '../singular.ts';

const PEOPLE: ReadonlySet<string> = phrases(`
  person, people, employee, candidate, applicant, patient, contact, customer, lead, guest, visitor, student, teacher, individual,
  subscriber, attendee, participant, donor, passenger, traveler, traveller, volunteer, personnel, colleague, coworker, recipient,
  invitee, buyer, signatory, physician, beneficiary, resident, user, member, team member, collaborator, follower, user profile,
  member profile, customer profile, employee profile, personal profile, linkedin profile, address book, resume, cv, payslip,
  pay statement, payroll, employment, medical record, health record, prescription, lab result, vaccination, salary, tax form,
  national id, passport, authenticated user, current user, staff, personal information, personal data, phone number, email address,
  birthday, enterprise user, org user, absence, leave request, employee leave, timesheet`);
/** The ones that a record is made of; a user or a member may be an account only. */
const RECORDED: ReadonlySet<string> = phrases(`
  person, employee, candidate, applicant, patient, contact, customer, lead, guest, visitor, student, teacher, individual, subscriber,
  attendee, participant, donor, passenger, volunteer, beneficiary, recipient, user profile`);
/** Accounts of programs, and groups. */
const NO_PERSON: ReadonlySet<string> = phrases(`
  database, db, service, bot, app, iam, root, agent, test, machine, application, system, ap, cluster, set, mysql, postgres, redis,
  anonymous, product, data, metric, graph, citation, index, release, upgrade, match, protect, scim, deploy, template, host, device, server, node,
  asset, sensor, endpoint, replica, pool, zone, namespace, channel, fleet, computer, machine, key`);
const CONTACT_DATA = `
  passengers, guests, travelers, travellers, account holder, account holder name, beneficiary name, recipient name, passenger name, guest name, student name,
  first name, last name, firstname, lastname, given name, family name, surname, middle name, maiden name, date of birth, birth date,
  birthdate, birthday, dob, ssn, social security number, national id, passport number, phone, phones, phone number, phonenumber,
  phone numbers, mobile, mobile number, mobile phone, telephone, home address, postal address, mailing address, email, emails, e mail,
  mail, email address, emailaddress, email addresses, user email, customer email, invitee email, recipient email, contact email,
  member email, user emails, employee email, patient name, customer name, employee name, candidate name, nationality, marital status,
  gender, customer phone, contact phone, assignee email, attendees, attendee emails, prenom, courriel, personal email, work email,
  email1, phone1, residential address, customer contact`;
const isContactData = namedOneOf(CONTACT_DATA);
const maybeContactData = parametersEndingWith(phrases(CONTACT_DATA));
/** Where the name of a field is given, and not its value. */
const MAPPED = /mapping|claim|attribute|column|author|committer|tagger/i;
const NOBODYS =
  /\b(?:git|commit(?:ter)?|author(?:'s)?|service account|noreply|sender|verified domain|from address|hash|alerts?|(?:to|will be|who (?:will )?(?:be|receives?|gets?)) notif\w{1,8}|notifications?)\b/i;

export const personalData: Signal = {
  id: 'personal-data',
  finds:
    'data about people, taken in or in the answer: names with contact data, employees, candidates, patients, customers, birth dates, national ids',
  why: 'Data about people is protected by law, and the people did not agree to this use.',
  weight: 0.12,
  label: withParameters('Handles personal data'),
  detect(parsed) {
    const thing = carriedPeople(parsed);
    const given = maybeContactData(parsed).filter(holdsContactData);
    const parameters = given.length > 0 && areGoods(parsed) ? given.filter(({ words }) => words.at(-1) !== 'number') : given;
    if (thing === undefined && parameters.length > 0 && isOfCompany(parsed, parameters)) return [];
    const written = thing || parameters.length > 0 ? undefined : recorded(parsed);
    return [...atMentions(personalData.id, [thing?.act ?? written]), ...atParameters(personalData.id, parameters)];
  },
};

/** A phone number that is bought or released. */
function areGoods({ acts }: ParsedTool): boolean {
  return acts.some(({ objects }) => objects.some((words) => words.at(-1) === 'number' && words.at(-2) === 'phone'));
}

/** The mail address and the phone of a company, the phone beside the URL of a place: nobody is named. */
function isOfCompany({ words, acts, parameters }: ParsedTool, found: readonly Parameter[]): boolean {
  if (found.some(({ words: name }) => !REACHED_BY.has(name.join(' ')))) return false;
  if (words.some((word) => COMPANIES.has(singular(word))) || acts.some((act) => isDoneTo({ objects: act.objects.slice(0, 1) }, COMPANIES)))
    return true;
  const phonesOnly = found.every(({ words: name }) => name[0]?.startsWith('phone') || name[0] === 'telephone');
  return phonesOnly && parameters.some(({ words: name }) => PLACES.has(name.at(-1) ?? ''));
}

const REACHED_BY: ReadonlySet<string> = phrases(
  'email, emails, email1, email2, e mail, mail, courriel, email address, phone, phones, phone1, phone number, phonenumber, telephone, contact email, contact phone, mailing address, postal address, work email, mobile',
);
const COMPANIES: ReadonlySet<string> = phrases(`
  company, organization, organisation, vendor, supplier, brand, merchant, store, shop, business, agency, site, venue, restaurant, hotel, location, branch,
  warehouse, office, societe, entreprise, institution, school, property, listing`);
const PLACES: ReadonlySet<string> = phrases('url, location, website, place');

/** Where one mention says that it is no person, the others mean the same. */
function carriedPeople(parsed: ParsedTool): CarriedThing | undefined {
  const things = carriedThings(parsed).filter(({ head, pair }) => PEOPLE.has(head) || PEOPLE.has(pair));
  if (things.some(({ words }) => words.some((word) => NO_PERSON.has(word)))) return undefined;
  return things.find(({ head, act }) => act.from !== 'choice' || head !== 'member');
}

function holdsContactData({ at, words, types, description, choices, schema }: Parameter): boolean {
  const items = schema['items'];
  if (isJsonObject(items) && items['type'] === 'object' && words.at(-1) === 'emails') return false;
  const text = types.length === 0 || types.includes('string') || types.includes('array');
  return text && choices.length === 0 && isContactData(words) && !MAPPED.test(at) && !NOBODYS.test(description);
}

const MAKING: ReadonlySet<string> = phrases('create, add, update, import, upsert, insert, edit, register, modify, put, set, record');

const DESCRIBING: ReadonlySet<string> = phrases(`
  name, email, phone, data, contact, contacts, body, attributes, address, company, title, notes, note, fields, properties, customer,
  values, payload, profile`);
const descriptions = parametersEndingWith(DESCRIBING);

/** A record of a person is made or changed: `create_contact` with anything but ids. */
function recorded(parsed: ParsedTool): Act | undefined {
  const main = mainAct(parsed);
  if (!main || isReading(main) || descriptions(parsed).length === 0) return undefined;
  return parsed.acts.find((act) => MAKING.has(act.verb) && isDoneTo({ objects: act.objects.slice(0, 1) }, RECORDED));
}
