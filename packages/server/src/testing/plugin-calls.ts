import { routes } from '@fettle/contract';
import type { TestBody, TestClient, TestReply } from './test-client.ts';
import { packTestPlugin, type TestPlugin } from './test-plugins.ts';
import { good, type TestWorld } from './test-world.ts';

const { plugins } = routes;

/** What an admin does with plugins in the first workspace of a test world. */
export function createPluginCalls(world: TestWorld) {
  const workspace = () => ({ params: { workspaceId: world.own.workspaceId } });
  const one = (plugin: string) => ({ params: { workspaceId: world.own.workspaceId, plugin } });
  const upload = (archive: Uint8Array, by: TestClient = world.operator): Promise<TestReply> => {
    const boundary = 'boundary-of-the-test';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="sample.tgz"\r\ncontent-type: application/gzip\r\n\r\n`;
    return by.send('POST', plugins.upload.path.replace(':workspaceId', world.own.workspaceId), {
      body: new Uint8Array(
        Buffer.concat([Buffer.from(head), archive, Buffer.from(`\r\n--${boundary}--\r\n`)]),
      ) as never,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  };
  const keysOf = (inspection: TestBody | undefined): string[] =>
    ((inspection?.['permissions'] ?? []) as unknown as { key: string; change: string }[])
      .filter(({ change }) => change !== 'removed')
      .map(({ key }) => key);
  const agree = async (inspection: TestBody | undefined): Promise<TestReply> =>
    world.operator.call(plugins.install, {
      ...workspace(),
      body: { integrity: inspection?.['integrity'], granted: keysOf(inspection) },
    });
  const look = async (archive: Uint8Array): Promise<TestBody | undefined> => good(await upload(archive))['inspection'];
  const install = async (plugin: TestPlugin): Promise<TestBody | undefined> =>
    good(await agree(await look(packTestPlugin(plugin))))['plugin'];
  const remove = async (id: string): Promise<number> => (await world.operator.call(plugins.remove, one(id))).status;

  return { workspace, one, upload, keysOf, agree, look, install, remove };
}
