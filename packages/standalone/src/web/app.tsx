import { createElement } from 'react';
import { bug } from '@fettle/base';
import { AppIcon, components, eventActions } from '@fettle/components';
import { createAppClient, createExtensionRegistry, startApp, type AppClient } from '@fettle/runtime';
import { addressOf } from './app-address.ts';
import '@mantine/core/styles.css';

const element = document.getElementById('root');
if (element === null) throw bug('The page has no #root.');
const { address, basePath } = addressOf(window.location);
const start = (client: AppClient): void => {
  startApp(element, {
    client,
    extensions: createExtensionRegistry({ components, eventActions }),
    basePath,
    renderIcon: (name) => createElement(AppIcon, { name, size: 18 }),
  });
};
// Published apps have no use for what plays an app on rows in memory.
if ('template' in address)
  void import('@fettle/runtime/preview').then(({ createTemplateClient }) => start(createTemplateClient(address)));
else start(createAppClient(address));
