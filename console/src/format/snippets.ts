// Programs of some ten lines that ask for a flag, each with the key that its SDK shows.

export interface Snippet {
  /** How it is called. */
  name: string;
  /** How the SDK is got. */
  install: string;
  /** Which key it shows. */
  uses: 'sdk' | 'client';
  lines: (at: { server: string; key: string; flag: string }) => string[];
}

export const SNIPPETS: Record<string, Snippet> = {
  python: {
    name: 'Python',
    install: 'pip install launchdarkly-server-sdk',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      'import ldclient',
      'from ldclient import Config, Context',
      '',
      `server = "${server}"`,
      `ldclient.set_config(Config("${key}",`,
      '    base_uri=server, stream_uri=server, events_uri=server))',
      'user = Context.builder("user-1").set("country", "FI").build()',
      `print(ldclient.get().variation("${flag}", user, False))`,
      'ldclient.get().close()',
    ],
  },
  node: {
    name: 'Node.js',
    install: 'npm install @launchdarkly/node-server-sdk',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      "const { init } = require('@launchdarkly/node-server-sdk');",
      `const server = '${server}';`,
      `const client = init('${key}', { baseUri: server, streamUri: server, eventsUri: server });`,
      'client.waitForInitialization({ timeout: 5 }).then(async () => {',
      "  const user = { kind: 'user', key: 'user-1', country: 'FI' };",
      `  console.log(await client.variation('${flag}', user, false));`,
      '  await client.flush();',
      '  client.close();',
      '});',
    ],
  },
  go: {
    name: 'Go',
    install: 'go get github.com/launchdarkly/go-server-sdk/v7',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      'package main',
      '',
      'import (',
      '\t"fmt"',
      '\t"time"',
      '',
      '\t"github.com/launchdarkly/go-sdk-common/v3/ldcontext"',
      '\tld "github.com/launchdarkly/go-server-sdk/v7"',
      '\t"github.com/launchdarkly/go-server-sdk/v7/ldcomponents"',
      ')',
      '',
      'func main() {',
      `\tconfig := ld.Config{ServiceEndpoints: ldcomponents.RelayProxyEndpoints("${server}")}`,
      `\tclient, _ := ld.MakeCustomClient("${key}", config, 5*time.Second)`,
      '\tdefer client.Close()',
      `\tshow, _ := client.BoolVariation("${flag}", ldcontext.New("user-1"), false)`,
      '\tfmt.Println(show)',
      '}',
    ],
  },
  java: {
    name: 'Java',
    install: 'com.launchdarkly:launchdarkly-java-server-sdk:7.10.2',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      'import com.launchdarkly.sdk.LDContext;',
      'import com.launchdarkly.sdk.server.*;',
      '',
      'public class Main {',
      '  public static void main(String[] args) throws Exception {',
      `    var endpoints = Components.serviceEndpoints().relayProxy("${server}");`,
      '    var config = new LDConfig.Builder().serviceEndpoints(endpoints).build();',
      `    try (var client = new LDClient("${key}", config)) {`,
      `      System.out.println(client.boolVariation("${flag}", LDContext.create("user-1"), false));`,
      '    }',
      '  }',
      '}',
    ],
  },
  dotnet: {
    name: '.NET',
    install: 'dotnet add package LaunchDarkly.ServerSdk',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      'using LaunchDarkly.Sdk;',
      'using LaunchDarkly.Sdk.Server;',
      '',
      `var endpoints = Components.ServiceEndpoints().RelayProxy("${server}");`,
      `var config = Configuration.Builder("${key}").ServiceEndpoints(endpoints).Build();`,
      'using var client = new LdClient(config);',
      `Console.WriteLine(client.BoolVariation("${flag}", Context.New("user-1"), false));`,
    ],
  },
  ruby: {
    name: 'Ruby',
    install: 'gem install launchdarkly-server-sdk',
    uses: 'sdk',
    lines: ({ server, key, flag }) => [
      "require 'ldclient-rb'",
      '',
      `server = '${server}'`,
      'config = LaunchDarkly::Config.new(base_uri: server, stream_uri: server, events_uri: server)',
      `client = LaunchDarkly::LDClient.new('${key}', config)`,
      "user = LaunchDarkly::LDContext.create({ key: 'user-1', kind: 'user' })",
      `puts client.variation('${flag}', user, false)`,
      'client.close',
    ],
  },
  browser: {
    name: 'JavaScript',
    install: 'npm install launchdarkly-js-client-sdk',
    uses: 'client',
    lines: ({ server, key, flag }) => [
      "import { initialize } from 'launchdarkly-js-client-sdk';",
      '',
      `const server = '${server}';`,
      "const user = { kind: 'user', key: 'user-1' };",
      `const client = initialize('${key}', user, { baseUrl: server, streamUrl: server, eventsUrl: server });`,
      'await client.waitForInitialization(5);',
      `console.log(client.variation('${flag}', false));`,
      'await client.flush();',
    ],
  },
};
