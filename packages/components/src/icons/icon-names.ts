/**
 * The icons a builder can choose from: names of Tabler icons in kebab case. A chosen set and not all six thousand, so
 * that they load as one small file. `icon-set.ts` holds their drawings.
 */
export const iconNames: readonly string[] = `
  activity address-book adjustments alarm alert-circle alert-triangle align-left anchor antenna api apps
  archive arrow-back-up arrow-down arrow-left arrow-right arrow-up arrow-up-right-circle arrows-exchange
  arrows-maximize arrows-sort article at award backpack ban barcode basket battery bell bell-ringing bolt
  book bookmark box braces brand-discord brand-github brand-javascript brand-mysql
  brand-slack brand-teams briefcase browser bug building building-bank building-factory building-store
  building-warehouse bulb bus cake calculator calendar calendar-event camera car cards cash category
  chart-area chart-bar chart-donut chart-line chart-pie check checkbox checklist chevron-down chevron-left
  chevron-right chevron-up circle circle-check circle-dot circle-x clipboard clipboard-list clock cloud
  cloud-download cloud-upload code coffee coin color-swatch columns command compass components confetti
  container contract copy copy-plus credit-card crown cube currency-dollar currency-euro cursor-text
  dashboard database database-import device-desktop device-floppy device-laptop device-mobile device-tv
  diamond dice dimensions disc discount door dots dots-vertical download droplet edit engine error-404
  exclamation-circle external-link eye eye-off face-id file file-export file-import file-plus file-search
  file-spreadsheet file-text file-type-csv file-type-pdf file-type-xls file-type-xml files filter
  fingerprint first-aid-kit flag flame flask focus folder folder-open forms gauge gavel gift git-branch
  globe grid-dots hammer hand-click heading headphones headset heart help help-circle hierarchy history home
  hospital hourglass icons id id-badge inbox info-circle key keyboard language layers-intersect layout
  layout-bottombar layout-cards layout-columns layout-dashboard layout-grid layout-kanban layout-list
  layout-navbar layout-rows layout-sidebar layout-sidebar-right leaf letter-t license lifebuoy line link
  list list-check list-details list-numbers list-search loader location lock lock-open login logout mail
  mail-opened mailbox man map map-pin markdown math medal menu-2 message message-bolt message-circle
  messages microphone minus mood-happy mood-sad moon mountain mouse movie music network news note notebook
  notes number nurse package packages palette paperclip password pencil percentage phone phone-call photo
  pill pin plane planet plant player-pause player-play player-track-next plug plus pointer power
  presentation printer progress progress-check prompt puzzle qrcode question-mark quote radar receipt
  recycle refresh reload repeat report report-analytics report-money rocket rotate route router ruler run
  scale scan school scissors search section select send separator server settings share shield shield-check
  shield-lock ship shirt shopping-bag shopping-cart sitemap sort-ascending sort-descending sparkles
  speakerphone square stack stack-2 stack-push star status-change stethoscope sticker subtask sum sun
  switch-horizontal table table-import table-options tag tags target temperature template terminal-2
  test-pipe text-caption text-size thumb-down thumb-up ticket timeline toggle-left toggle-right tool tools
  transfer transform trash trees trending-down trending-up trophy truck typography umbrella upload urgent
  user user-check user-circle user-minus user-plus users users-group variable vector-triangle versions video
  wallet wand webhook wifi windmill window woman world writing x zoom-in zoom-out
`
  .trim()
  .split(/\s+/);
