import { isJsonObject } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { addressBelow, sendJson, textAt } from '../http/send-json.ts';
import { optionalText, required, requiredText } from '../required.ts';

/** See {@link servicenowRecordManifest}: the Table API. Doubles show by `correlation_id`, the idempotency key. */
export const action: FlowActionImplementation = {
  describe: ({ table }) => `Add a record to ${optionalText(table) ?? 'incident'} in ServiceNow`,
  async run(context) {
    const { settings, secrets, signal, idempotencyKey } = context;
    signal.throwIfAborted();
    const instance = requiredText(settings['instance'], 'Give the address of the instance.');
    const user = requiredText(settings['user'], 'Give the user.');
    const password = required(secrets['password'], 'Choose the stored secret with the password.');
    const values = required(
      isJsonObject(settings['values']) ? settings['values'] : undefined,
      'Give the values of the record by column.',
    );
    const { body } = await sendJson(context, {
      url: addressBelow(instance, 'api', 'now', 'table', optionalText(settings['table']) ?? 'incident'),
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      service: 'ServiceNow',
      user,
      json: { correlation_id: idempotencyKey, ...values },
    });
    const record = isJsonObject(body) ? (body['result'] ?? null) : null;
    return { id: textAt(record, 'sys_id'), number: textAt(record, 'number'), record };
  },
};
