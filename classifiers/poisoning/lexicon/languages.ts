import { phrases } from '../../phrases.ts';
import { bounded, type Language } from './language.ts';
import { LANGUAGES_IN_OTHER_SCRIPTS } from './languages-in-other-scripts.ts';

const SPANISH: Language = {
  overrides: bounded(
    /\b(?:ignor(?:a|e|ar|en)|olvid(?:a|e|ar)|descart(?:a|e)|omite|desobedec\w+|haz caso omiso de) (?:\p{L}+ ){0,3}(?:instrucciones|reglas|indicaciones|órdenes|directrices|normas|mensajes|políticas)(?: \p{L}+){0,3} ?(?:anterior|previ|del sistema|originales|recibid)?/u,
  ),
  hides: bounded(
    /\b(?:no|nunca|jamás|sin) (?:se )?(?:lo |la |le |les )*(?:dig[ao]s?(?:selo)?|decir(?:lo|le|selo)?|cuentes?|menciones?|mencionar(?:lo)?|muestres?|mostrar(?:lo)?|reveles?|revelar(?:lo)?|informes?|informar|avises?|avisar|comentes?|expliques?|notifi\w+)(?: \p{L}+){0,4} (?:al|el|la|a la|a los|del|los) (?:usuari|person|humano|cliente)|\bel usuario no (?:debe|puede|tiene que|necesita) (?:\p{L}+ ){0,2}(?:saber|enterar|ver|notar|conocer)|\bsin que (?:el|la|los) (?:usuari|person|cliente)\p{L}* (?:lo )?(?:sepa|note|vea|se entere)|\b(?:oculta|esconde)(?:lo|la|selo)? (?:\p{L}+ ){0,3}(?:al|del) usuari/u,
  ),
  takes: bounded(
    /\b(?:lee|lea|leer|abre|abra|copia|copie|envía|envíe|enviar|manda|mande|pon|ponlo|poner|ponga|adjunta|adjunte|incluye|incluya|incluir|añade|añada|agrega|agregue|escribe|escriba|pasa|pase|reenvía|recopila|obtén|obtenga|inserta|pega|coloca|sube|extrae|rellena)(?:lo|la|los|las)?\b/u,
  ),
  secrets: bounded(
    /\b(?:contraseñas?|claves?(?: privadas?| de api)?|credenciales|secretos?|conversaci[oó]n(?:es)?|historial|mensajes (?:anteriores|previos)|variables de entorno|contactos|tarjetas?|contenido (?:del|de los) archivos?|datos personales|prompt del sistema|instrucciones del sistema|tokens?)\b/u,
  ),
  speaks: phrases(
    'el, la, los, las, del, en, y, que, al, con, antes, campo, archivo, usuario, no, lo, un, una, por, para, de, instrucciones, reglas, sistema, todas',
  ),
};
const FRENCH: Language = {
  overrides: bounded(
    /\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|ne (?:tiens|tenez) (?:pas|aucun) compte|contourne[zr]?|écarte[zr]?|ne sui(?:s|vez) (?:pas|plus)) (?:\S+ ){0,3}(?:instructions|consignes|règles|directives|ordres|messages|politiques)/u,
  ),
  hides: bounded(
    /\b(?:n[e'] ?(?:\S+ ){0,3}(?:dis|dites|dire|parle[zr]?|mentionne[zr]?|montre[zr]?|révèle[zr]?|révéler|informe[zr]?|préviens|prévenez|signale[zr]?|explique[zr]?|divulgue[zr]?)(?: \S+){0,5} (?:à |l')?(?:l')?(?:utilisat|personne|client|humain)|sans (?:le |la |l'|en |rien )?(?:dire|mentionner|informer|prévenir|signaler|révéler|montrer|avertir|en parler)(?: \S+){0,4} (?:à |l')?(?:l')?(?:utilisat|client|personne)|à l'insu (?:de |du )|(?:l'utilisat\p{L}*|le client|la personne) (?:ne |n')(?:doit|doivent|devra|devrait|peut|sait|saura)\S* (?:pas|jamais|rien)(?: \S+){0,3} (?:informé|savoir|être|voir|apprendre|remarquer|avertie?)|cache[zr]?(?: \S+){0,3} à l'utilisat)/u,
  ),
  takes: bounded(
    /\b(?:lis|lisez|lire|ouvre[zr]?|copie[zr]?|envoie|envoyez|envoyer|mets|mettez|mettre|joins|joignez|inclu(?:s|ez|re)|ajoute[zr]?|écris|écrivez|écrire|place[zr]?|insère|insérez|insérer|transmet(?:s|tez|tre)|passe[zr]?|collecte[zr]?|récupère[zr]?|récupérer|colle[zr]?|fournis|fournissez|extrai[st]|rassemble[zr]?)\b/u,
  ),
  secrets: bounded(
    /(?:mots? de passe|clés?(?: privées?| d'api| ssh)|identifiants|secrets?|conversations?|historique|messages précédents|variables d'environnement|contacts|carnet d'adresses|contenu d(?:u|es) fichiers?|données personnelles|invite système|prompt système|jetons?)/u,
  ),
  speaks: phrases(
    'le, la, les, du, des, dans, et, que, au, avec, avant, champ, fichier, un, une, ne, pas, pour, de, utilisateur, instructions, précédentes, consignes, toutes, sans',
  ),
};
const GERMAN: Language = {
  overrides: bounded(
    /\b(?:ignorier(?:e|en|t)|vergiss|vergessen sie|missacht(?:e|en)|verwirf|verwerfen sie|überge(?:he|hen)|setze|setz) (?:\S+ ){0,4}(?:anweisungen|instruktionen|regeln|vorgaben|richtlinien|befehle|systemnachricht(?:en)?|anleitungen|weisungen)/u,
  ),
  hides: bounded(
    /\b(?:(?:sag|sage|sagen|erwähn|erwähne|erwähnen|zeig|zeige|zeigen|verrat|verrate|verraten|informier|informiere|informieren|teile|teilen|erzähl|erzähle|erzählen|melde|nenne|erkläre)\b(?: \S+){0,6} (?:nicht|nichts|nie|niemals)\b.{0,30}|(?:nutzer|benutzer|anwender|person|kunde|mensch)\p{L}* (?:\S+ ){0,4}(?:nicht|nichts|nie)\b.{0,30}(?:sag|erwähn|zeig|verrat|mitteil|inform|erfahr|wissen|sehen|merken)|ohne (?:\S+ ){0,4}(?:nutzer|benutzer|anwender|person|kunden)\p{L}* (?:\S+ ){0,4}zu (?:informieren|fragen|sagen|erwähnen|benachrichtigen|zeigen)|(?:verheimlich|verschweig|verberg)\p{L}*)(?<=(?:nutzer|benutzer|anwender|person|kund|mensch|verheimlich|verschweig|verberg).{0,120})/u,
  ),
  takes: bounded(
    /\b(?:lies|lesen sie|öffne|öffnen sie|kopiere?|kopieren sie|sende|senden sie|schick|schicke|schicken sie|häng|hänge|hängen sie|füge?|fügen sie|schreib|schreibe|schreiben sie|setze|leg|lege|gib|geben sie|übergib|übergeben sie|übermittle|übermitteln sie|sammle|sammeln sie|trage?|nimm|packe?|stelle|reiche|lade|leite)\b/u,
  ),
  secrets: bounded(
    /(?:passw(?:ort|örter)|kennw(?:ort|örter)|schlüssel|zugangsdaten|geheimnis|anmeldedaten|unterhaltung|gespräch|verlauf|nachrichten|umgebungsvariable|kontakte|adressbuch|kreditkarte|inhalt der datei|dateiinhalt|persönliche daten|systemprompt|system-prompt|systemanweisung|token)/u,
  ),
  speaks: phrases(
    'der, die, das, den, dem, und, in, im, an, zu, ein, eine, vor, datei, parameter, feld, nicht, alle, anweisungen, nutzer, benutzer, anwender, von, bisherigen, vorherigen, davon, darf, regeln',
  ),
};
const ITALIAN: Language = {
  overrides: bounded(
    /\b(?:ignora(?:re|te)?|dimentica(?:re|te)?|trascura(?:re)?|non seguire|scarta) (?:\S+ ){0,4}(?:istruzioni|regole|indicazioni|direttive|linee guida|ordini|comandi)/u,
  ),
  hides: bounded(
    /\b(?:non|senza|mai) (?:\S+ ){0,2}(?:dir(?:e|lo|glielo)|menzionar(?:e|lo)|mostrar(?:e|lo)|rivelar(?:e|lo)|informar(?:e|lo)|avvisar(?:e|lo)|comunicar(?:e|lo)|spiegar(?:e|lo))(?: \S+){0,5} (?:al|all'|l'|il|alla|la|agli)? ?(?:utent|persona|client)|all'insaputa/u,
  ),
  takes: bounded(
    /\b(?:leggi|leggere|apri|copia|copiare|invia|inviare|manda|metti|mettere|mettilo|inserisci|inserire|inseriscilo|allega|includi|aggiungi|scrivi|passa|raccogli|recupera|incolla|trasmetti|inoltra|estrai|carica)\b/u,
  ),
  secrets: bounded(
    /(?:password|chiav[ei](?: privat[ae]| ssh| api)?|credenziali|segret[oi]|conversazion[ei]|cronologia|messaggi precedenti|variabili d'ambiente|contatti|rubrica|contenuto del file|dati personali|prompt di sistema|token)/u,
  ),
  speaks: phrases(
    'il, lo, la, gli, del, della, nel, e, che, al, con, prima, campo, file, non, le, di, istruzioni, precedenti, utente, all, tutte, senza',
  ),
};
const PORTUGUESE: Language = {
  overrides: bounded(
    /\b(?:ignor(?:e|a|ar|em)|esque[çc](?:a|er)|desconsider(?:e|ar)|descarte) (?:\S+ ){0,4}(?:instruções|regras|orientações|diretrizes|ordens|comandos|mensagens)/u,
  ),
  hides: bounded(
    /\b(?:não|nunca|jamais|sem) (?:\S+ ){0,2}(?:dig[ao]|diz(?:er)?|cont[ea]r?|mencion[ea]r?|mostr[ea]r?|revel[ea]r?|inform[ea]r?|avis[ea]r?|coment[ea]r?|expliqu?[ea]r?)(?: \S+){0,5} (?:ao?s?|o|à|para o) (?:usuári|utilizador|pessoa|cliente)|sem (?:o )?conhecimento do (?:usuári|utilizador)/u,
  ),
  takes: bounded(
    /\b(?:leia|ler|abra|copie|copiar|envie|enviar|mande|coloque|colocar|ponha|anexe|anexar|inclua|incluir|adicione|adicionar|escreva|insira|inserir|passe|reúna|colete|obtenha|cole|transmita|encaminhe|extraia)\b/u,
  ),
  secrets: bounded(
    /(?:senhas?|palavras?-passe|chaves?(?: privadas?| de api| ssh)?|credenciais|segredos?|conversas?|histórico|mensagens anteriores|variáveis de ambiente|contatos|contactos|conteúdo do (?:arquivo|ficheiro)|dados pessoais|prompt do sistema|tokens?)/u,
  ),
  speaks: phrases(
    'o, os, a, as, do, da, no, na, e, que, ao, com, antes, campo, arquivo, não, todas, instruções, anteriores, em, de, usuário, regras',
  ),
};
const DUTCH: Language = {
  overrides: bounded(/\b(?:negeer|vergeet|sla) (?:\S+ ){0,4}(?:instructies|regels|aanwijzingen|richtlijnen|opdrachten)/u),
  hides: bounded(
    /\b(?:(?:vertel|zeg|meld|noem|toon|vermeld|laat|verklap|informeer)\b(?: \S+){0,7} (?:niet|niets|nooit)\b.{0,40}|zonder (?:\S+ ){0,4}(?:gebruiker|klant|persoon) (?:\S+ ){0,3}te (?:informeren|vertellen|vragen|melden)|(?:verberg|verzwijg)\p{L}*)(?<=(?:gebruiker|klant|persoon|verberg|verzwijg).{0,100})/u,
  ),
  takes: bounded(/\b(?:lees|open|kopieer|stuur|verstuur|verzend|zet|plaats|voeg|schrijf|geef|verzamel|haal|neem|plak|zend)\b/u),
  secrets: bounded(
    /(?:wachtwoord|sleutel|inloggegevens|geheim|gesprek|geschiedenis|berichten|omgevingsvariabele|contacten|adresboek|inhoud van|persoonsgegevens|systeemprompt|token)/u,
  ),
  speaks: phrases(
    'de, het, een, van, en, naar, aan, bestand, veld, voor, niet, niets, gebruiker, alle, eerdere, instructies, vorige, regels, dit, hier, in',
  ),
};
const POLISH: Language = {
  overrides: bounded(/\b(?:zignoruj|ignoruj|zapomnij|pomiń|odrzuć) (?:\S+ ){0,4}(?:instrukcj|polece|zasad|reguł|wytyczn)/u),
  hides: bounded(
    /\b(?:nie|nigdy nie|bez) (?:\S+ ){0,2}(?:mów|informuj|wspominaj|pokazuj|ujawniaj|powiadamiaj|informowania|wyjaśniaj|zdradzaj|wiedzy)(?: \S+){0,4} ?(?:użytkownik|osob|klient|człowiek)/u,
  ),
  takes: bounded(
    /\b(?:przeczytaj|odczytaj|otwórz|skopiuj|wyślij|prześlij|wstaw|umieść|dodaj|dołącz|wpisz|zapisz|przekaż|zbierz|wklej|podaj)\b/u,
  ),
  secrets: bounded(
    /(?:hasł|klucz|poświadcze|sekret|rozmow|histori|wiadomości|zmienn\p{L}* środowiskow|kontakt|zawartość|dane osobowe|token)/u,
  ),
  speaks: phrases(
    'nie, poprzednie, instrukcje, wszystkie, do, pliku, zignoruj, ignoruj, polecenia, zasady, i, w, na, pole, przeczytaj, użytkownikowi, tym, z',
  ),
};
const TURKISH: Language = {
  overrides: bounded(
    /(?:önceki|tüm|bütün|yukarıdaki|mevcut|sistem)(?: \p{L}+){0,3} (?:talimat|kural|yönerge|komut|emir)\p{L}*(?: \p{L}+){0,2} (?:yok ?say|unut|görmezden|dikkate alma|göz ardı|geçersiz)/u,
  ),
  hides: bounded(
    /(?:kullanıcı|müşteri|kişi)\p{L}*(?: \p{L}+){0,5} (?:söyleme|bahsetme|gösterme|bildirme|açıklama(?!s)|haber verme|anlatma|belli etme)\p{L}*|kullanıcının haberi olmadan/u,
  ),
  takes: bounded(/(?:oku|aç|kopyala|gönder|ekle|yaz|koy|yerleştir|ilet|topla|yapıştır|aktar)\p{L}*/u),
  secrets: bounded(
    /(?:şifre|parola|anahtar|kimlik bilgi|gizli|konuşma|sohbet|geçmiş|mesajlar|ortam değişken|kişiler|rehber|dosyanın içeriği|kişisel|belirteç|token)/u,
  ),
  speaks: /[şğıçöü]/,
};

export const LANGUAGES: readonly Language[] = [
  SPANISH,
  FRENCH,
  GERMAN,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  POLISH,
  TURKISH,
  ...LANGUAGES_IN_OTHER_SCRIPTS,
];
