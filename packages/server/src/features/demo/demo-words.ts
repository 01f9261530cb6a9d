/** Given names from many places. */
export const givenNames: readonly string[] = [
  'Amara', 'Jonas', 'Mei', 'Rafael', 'Ingrid', 'Tariq', 'Sofia', 'Kenji', 'Nadia', 'Oskar', 'Leila', 'Mateo', 'Priya',
  'Emil', 'Zanele', 'Lukas', 'Hana', 'Diego', 'Freya', 'Omar', 'Chiara', 'Anton', 'Yuki', 'Samuel', 'Elif', 'Viktor',
  'Noor', 'Pablo', 'Astrid', 'Kwame', 'Marta', 'Ravi', 'Clara', 'Tomasz', 'Aisha', 'Henrik', 'Lucia', 'Dae', 'Ines',
  'Felix', 'Thandi', 'Marco', 'Sana', 'Erik', 'Paula', 'Arjun', 'Julia', 'Minh', 'Greta', 'Bilal', 'Rosa', 'Stefan',
  'Adaeze', 'Bruno', 'Linnea', 'Hugo', 'Farah', 'Nils', 'Camila', 'Ivan', 'Sara', 'Kofi', 'Maja', 'Dario', 'Anika',
  'Jorge', 'Selin', 'Peter', 'Ximena', 'Aleksi', 'Miriam', 'Tobias', 'Keiko', 'Andre', 'Wanjiru', 'Petra', 'Cem', 'Ottilie',
];
/** Family names from many places. */
export const familyNames: readonly string[] = [
  'Okafor', 'Lindqvist', 'Tanaka', 'Moreau', 'Haddad', 'Kowalski', 'Fernandes', 'Nakamura', 'Schreiber', 'Adeyemi',
  'Rossi', 'Castellanos', 'Iyer', 'Bergstrom', 'Dlamini', 'Novak', 'Petrov', 'Silveira', 'Yildiz', 'Nguyen', 'Hansen',
  'Mensah', 'Bianchi', 'Varga', 'Rahman', 'Dubois', 'Kimura', 'Ortega', 'Weiss', 'Banerjee', 'Halonen', 'Costa', 'Aziz',
  'Brandt', 'Mwangi', 'Salgado', 'Horvat', 'Chowdhury', 'Leclerc', 'Sato', 'Vasquez', 'Engel', 'Demir', 'Sorensen',
  'Pereira', 'Kaplan', 'Osei', 'Ricci', 'Jansen', 'Menon', 'Virtanen', 'Farouk', 'Lopes', 'Zielinski', 'Park', 'Achterberg',
];
/** Departments: name, cost centre, share of the people, job titles. */
export const departments: readonly (readonly [string, string, number, readonly string[]])[] = [
  ['IT operations', 'CC-1100', 9, ['Service desk analyst', 'Systems administrator', 'Network engineer', 'Endpoint engineer']],
  ['Engineering', 'CC-2100', 24, ['Software engineer', 'Senior software engineer', 'Test engineer', 'Product designer']],
  ['Sales', 'CC-3100', 16, ['Account executive', 'Sales development representative', 'Solutions consultant']],
  ['Customer support', 'CC-3200', 13, ['Support specialist', 'Senior support specialist', 'Onboarding manager']],
  ['Finance', 'CC-4100', 8, ['Accountant', 'Financial analyst', 'Payroll specialist']],
  ['People', 'CC-4200', 5, ['Recruiter', 'People partner', 'Learning specialist']],
  ['Marketing', 'CC-3300', 9, ['Content editor', 'Campaign manager', 'Brand designer']],
  ['Legal', 'CC-4300', 3, ['Counsel', 'Contract manager']],
  ['Manufacturing', 'CC-5100', 10, ['Production planner', 'Quality inspector', 'Line supervisor']],
  ['Facilities', 'CC-4400', 3, ['Facilities coordinator', 'Reception lead']],
];
/** Locations: name, city, country, time zone, share of the people. */
export const locations: readonly (readonly [string, string, string, string, number])[] = [
  ['Headquarters', 'Rotterdam', 'Netherlands', 'Europe/Amsterdam', 34],
  ['Lisbon office', 'Lisbon', 'Portugal', 'Europe/Lisbon', 16],
  ['Nairobi office', 'Nairobi', 'Kenya', 'Africa/Nairobi', 12],
  ['Osaka office', 'Osaka', 'Japan', 'Asia/Tokyo', 9],
  ['Austin office', 'Austin', 'United States', 'America/Chicago', 16],
  ['Gdynia plant', 'Gdynia', 'Poland', 'Europe/Warsaw', 11],
  ['Rotterdam data centre', 'Rotterdam', 'Netherlands', 'Europe/Amsterdam', 2],
];
/** Vendors: name and what they deliver. */
export const vendors: readonly (readonly [string, 'hardware' | 'network' | 'software'])[] = [
  ['Northfell Computers', 'hardware'], ['Calder Systems', 'hardware'], ['Brightpane Displays', 'hardware'],
  ['Relay Mobile', 'hardware'], ['Stackworth Servers', 'network'], ['Meshline Networks', 'network'],
  ['Papertrail Print', 'hardware'], ['Quillbase Software', 'software'], ['Harbour Cloud', 'software'],
  ['Lockstep Security', 'software'], ['Drawdown Analytics', 'software'], ['Plainview Design', 'software'],
];
/** Asset models by category: model, vendor, lowest and highest price. */
export const assetModels: Readonly<Record<string, readonly (readonly [string, string, number, number])[]>> = {
  Laptop: [
    ['Fell 14 Pro', 'Northfell Computers', 1240, 1680], ['Fell 16 Max', 'Northfell Computers', 1890, 2650],
    ['Calder Slate 13', 'Calder Systems', 980, 1290], ['Calder Forge 15', 'Calder Systems', 1750, 2340],
  ],
  Monitor: [
    ['Pane 24', 'Brightpane Displays', 165, 210], ['Pane 27 QHD', 'Brightpane Displays', 289, 349],
    ['Pane 34 Wide', 'Brightpane Displays', 479, 619],
  ],
  Phone: [['Relay S2', 'Relay Mobile', 389, 449], ['Relay X1', 'Relay Mobile', 749, 899]],
  Server: [['SW-420 rack', 'Stackworth Servers', 4200, 9800], ['SW-860 storage', 'Stackworth Servers', 11500, 23800]],
  Network: [
    ['Mesh 48 switch', 'Meshline Networks', 1290, 1840], ['Mesh AP 6', 'Meshline Networks', 240, 320],
    ['Mesh Edge firewall', 'Meshline Networks', 2890, 4150],
  ],
  Printer: [['Trail M400', 'Papertrail Print', 420, 560], ['Trail C900', 'Papertrail Print', 2150, 2890]],
  Licence: [['Named user licence', 'Quillbase Software', 60, 240], ['Device licence', 'Lockstep Security', 18, 48]],
};
/** Software titles: name, vendor, licence model, seats, yearly cost. */
export const softwareTitles: readonly (readonly [string, string, string, number, number])[] = [
  ['Quill Office', 'Quillbase Software', 'Subscription', 420, 50400], ['Harbour Drive', 'Harbour Cloud', 'Subscription', 420, 25200],
  ['Lockstep Endpoint', 'Lockstep Security', 'Subscription', 600, 21600], ['Lockstep Vault', 'Lockstep Security', 'Subscription', 400, 14400],
  ['Drawdown Studio', 'Drawdown Analytics', 'Named user', 45, 32400], ['Plainview', 'Plainview Design', 'Named user', 60, 10800],
  ['Harbour Connect VPN', 'Harbour Cloud', 'Device', 500, 9000], ['Quill Meet', 'Quillbase Software', 'Subscription', 420, 18900],
  ['Stackwatch', 'Harbour Cloud', 'Device', 90, 16200], ['Papertrail Queue', 'Papertrail Print', 'Site', 6, 2400],
];
