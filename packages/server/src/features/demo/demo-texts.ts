/** What a ticket of a category can be about: subject, description, asset category it concerns. */
export const ticketTopics: Readonly<Record<string, readonly (readonly [string, string, string | null])[]>> = {
  Hardware: [
    [
      'Laptop battery drains within an hour',
      'Fully charged in the morning, empty before the stand-up. The underside gets hot.',
      'Laptop',
    ],
    [
      'External monitor flickers',
      'The screen goes black for a second every few minutes. A different cable did not help.',
      'Monitor',
    ],
    ['Keyboard has keys that stick', 'Space and E need a second press. Happens since last week.', 'Laptop'],
    ['Laptop does not wake from sleep', 'After closing the lid only a hard restart helps.', 'Laptop'],
    ['Docking station loses the second screen', 'Works after unplugging, then drops again during calls.', 'Monitor'],
    ['Phone screen cracked', 'Dropped on the way to a customer. Touch still works in most places.', 'Phone'],
    ['Printer on the second floor jams', 'Every duplex job jams at tray 2.', 'Printer'],
  ],
  Software: [
    [
      'Quill Office does not open shared files',
      'The error says the file is locked by another user, but nobody has it open.',
      'Laptop',
    ],
    ['Update stuck at 62 percent', 'The update has been running since yesterday evening.', 'Laptop'],
    [
      'Drawdown Studio crashes on export',
      'Exporting any report with more than one sheet closes the program.',
      'Laptop',
    ],
    ['Calendar shows meetings in the wrong time zone', 'All meetings moved by one hour after travelling.', null],
    ['Cannot install Plainview', 'The installer asks for administrator rights.', 'Laptop'],
  ],
  Access: [
    [
      'Locked out after password change',
      'I changed the password this morning and cannot sign in on the laptop any more.',
      null,
    ],
    ['Needs access to the finance share', 'For the month-end closing. My manager has approved it.', null],
    ['New phone for two-step sign-in', 'I replaced my phone and lost the codes.', null],
    ['Remove access of a leaver', 'Last working day is Friday. Please close all accounts that evening.', null],
    ['Shared mailbox missing', 'The support mailbox disappeared from my list.', null],
  ],
  Network: [
    ['Wi-Fi drops in meeting room 3', 'Calls break off every day around noon. Other rooms are fine.', 'Network'],
    ['VPN disconnects every few minutes', 'Only from home; the office works.', null],
    ['Slow file transfers to the plant', 'Copying the drawings takes four times longer than last month.', 'Network'],
    ['No network at desk 2.114', 'The socket is dead. The neighbouring one works.', 'Network'],
  ],
  Onboarding: [
    [
      'Laptop and accounts for a new colleague',
      'Starts on the first of the month. Standard equipment, two monitors.',
      null,
    ],
    ['Phone for a new colleague', 'Needs a number by the start date.', null],
    ['Move of desk and equipment', 'The team moves to the third floor next week.', null],
  ],
  Security: [
    ['Suspicious e-mail with an invoice', 'I did not open the attachment. Forwarded as asked.', null],
    ['Laptop left on a train', 'Reported to lost property. It was locked.', 'Laptop'],
    ['Unknown sign-in from another country', 'The alert came at night. It was not me.', null],
  ],
};
/** What people of the service desk write. */
export const agentNotes: readonly string[] = [
  'Thanks for the details. I am looking into it now.',
  'I could reproduce it here. Trying a newer driver first.',
  'Could you send the serial number from the sticker underneath?',
  'Replacement ordered; delivery is expected in two working days.',
  'Restarted the service and cleared the queue. Please try again.',
  'I have reset the account. You will be asked for a new password at the next sign-in.',
  'Moved you to the other access point while we check this one.',
  'Booked twenty minutes tomorrow morning to look at it together.',
  'Waiting for the vendor. They confirmed they see the same fault.',
  'Closing this as it has worked for a week. Reply to open it again.',
];
/** What requesters answer. */
export const requesterNotes: readonly string[] = [
  'Works again, thank you.',
  'Still the same after the restart.',
  'It got worse today. I am working on a spare for now.',
  'Yes, any time after ten is fine.',
  'The serial number is on its way by chat.',
  'That helped for a day, then it came back.',
  'Perfect, quicker than I hoped.',
];
/** Notes that only the desk sees. */
export const internalNotes: readonly string[] = [
  'Third case with this model this month. Watch the batch.',
  'Check whether the warranty covers it before ordering.',
  'Hand over to the late shift if there is no answer by four.',
];
/** Changes: title, description, risk, category of the assets concerned. */
export const changeTopics: readonly (readonly [string, string, string, string])[] = [
  [
    'Firmware update of access switches',
    'Vendor fixes for two known faults. Rolling, floor by floor.',
    'Medium',
    'Network',
  ],
  [
    'Replace storage controller',
    'The spare has arrived. Service runs on the second controller meanwhile.',
    'High',
    'Server',
  ],
  ['Monthly patches for servers', 'Operating system updates, staged: test, then production.', 'Low', 'Server'],
  ['New VPN gateway', 'Runs beside the old one for two weeks.', 'Medium', 'Network'],
  ['Roll out Lockstep Endpoint to laptops', 'In waves of fifty, support informed.', 'Low', 'Laptop'],
  ['Move backups to the second site', 'First full copy over the weekend.', 'High', 'Server'],
  ['Exchange expiring certificates', 'Wildcard certificate of internal services.', 'Medium', 'Server'],
  ['Change of print queue server', 'Queues keep their names.', 'Low', 'Printer'],
  ['Extend Wi-Fi on the shop floor', 'Six more access points.', 'Low', 'Network'],
  ['Upgrade of the finance database', 'Next major version. Tested twice with a copy.', 'High', 'Server'],
];
