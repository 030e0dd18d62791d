/** ISO 3166-1, two letters. */
const COUNTRIES = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
  KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
  MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
  UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/),
);

/** Members of the European Union: one jurisdiction, `EU`. */
const MEMBERS = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** What people write instead of the code. */
const OTHER_NAMES = new Map([
  ['UK', 'GB'],
  ['EL', 'GR'],
  ['UAE', 'AE'],
  ['USA', 'US'],
]);

/** The code in capitals, or a sentence that helps to find it. `EU` is one. */
export function readCountry(text: string): { readonly code: string } | { readonly hint: string } {
  const code = text.trim().toUpperCase();
  if (code === 'EU' || COUNTRIES.has(code)) return { code };
  const meant = OTHER_NAMES.get(code);
  return { hint: meant ? `did you mean "${meant}"?` : 'ISO codes of two letters, like DE or US; EU stands for its 27 members' };
}

/** Jurisdictions of countries: members of the Union fold to `EU`; sorted, each once. */
export function asJurisdictions(codes: readonly string[]): readonly string[] {
  return [...new Set(codes.map((code) => (MEMBERS.includes(code) ? 'EU' : code)))].sort();
}

/** Countries behind codes: `EU` becomes its members; sorted, each once. */
export function asCountries(codes: readonly string[]): readonly string[] {
  return [...new Set(codes.flatMap((code) => (code === 'EU' ? MEMBERS : [code])))].sort();
}
