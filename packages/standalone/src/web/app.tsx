import { createElement } from 'react';
import { bug } from '@fettle/base';
import { AppIcon, components, eventActions } from '@fettle/components';
import { createAppClient, createExtensionRegistry, startApp } from '@fettle/runtime';
import { addressOf } from './app-address.ts';
import '@mantine/core/styles.css';

const element = document.getElementById('root');
if (element === null) throw bug('The page has no #root.');
const { address, basePath } = addressOf(window.location);
startApp(element, {
  client: createAppClient(address),
  extensions: createExtensionRegistry({ components, eventActions }),
  basePath,
  renderIcon: (name) => createElement(AppIcon, { name, size: 18 }),
});
