package io.jdocker.compose.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.YamlReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A later file over an earlier one, key by key. */
class MergeTest {
  private static Mapping document(String service) {
    Mapping raw = YamlReader.read("f", "services: {app: {" + service + "}}").get(0);
    return new Canonical(Path.of("/d")).document(raw);
  }

  private static String merged(String base, String over) {
    Mapping merged = Merge.documents(document(base), document(over));
    return DocumentText.json(merged.mapping("services").find("app").orElseThrow())
        .replace("\"", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          image: a                  | image: b                    | {image:b}
          image: a                  | user: u                     | {image:a,user:u}
          command: [a, b]           | command: [c]                | {command:[c]}
          command: a b              | command: [c]                | {command:[c]}
          entrypoint: [a]           | entrypoint: []              | {entrypoint:[]}
          healthcheck: {test: a, retries: 3} | healthcheck: {test: [CMD, b]} | {healthcheck:{retries:3,test:[CMD,b]}}
          environment: [A=1, B=1]   | environment: {B: 2, C: 3}   | {environment:{A:1,B:2,C:3}}
          labels: {a: x}            | labels: [b=y]               | {labels:{a:x,b:y}}
          dns: 1.1.1.1              | dns: [2.2.2.2, 1.1.1.1]     | {dns:[1.1.1.1,2.2.2.2]}
          cap_add: [A]              | cap_add: [B]                | {cap_add:[A,B]}
          expose: [1]               | expose: [2, 1]              | {expose:[1,2]}
          volumes: ["a:/x", "b:/y"] | volumes: ["c:/x"]           | {volumes:[{source:c,target:/x,type:volume},{source:b,target:/y,type:volume}]}
          devices: ["/dev/a:/dev/x"]| devices: ["/dev/b:/dev/x"]  | {devices:[/dev/b:/dev/x]}
          secrets: [a]              | secrets: [{source: a, mode: 5}, b] | {secrets:[{mode:5,source:a},{source:b}]}
          depends_on: [a]           | depends_on: {a: {condition: service_healthy}, b: {}} | {depends_on:{a:{condition:service_healthy,required:true},b:{}}}
          networks: [a]             | networks: {a: {aliases: [x]}, b: } | {networks:{a:{aliases:[x]},b:null}}
          deploy: {replicas: 2, resources: {limits: {cpus: 1}}} | deploy: {resources: {limits: {memory: 1g}}} | {deploy:{replicas:2,resources:{limits:{cpus:1,memory:1g}}}}
          logging: {driver: a, options: {x: 1}} | logging: {driver: b} | {logging:{driver:b}}
          logging: {driver: a, options: {x: 1}} | logging: {options: {y: 2}} | {logging:{driver:a,options:{x:1,y:2}}}
          build: ./a                | build: {args: [X=1], context: b} | {build:{args:{X:1},context:/d/b}}
          environment: {A: 1}       | environment:                | {environment:{A:1}}
          ports: ["1:1", "2:2"]     | ports: !reset []            | {}
          ports: ["1:1"]            | ports: !override ["2:2"]    | {ports:[{mode:ingress,protocol:tcp,published:2,target:2}]}
          environment: {A: 1, B: 2} | environment: {A: !reset }   | {environment:{B:2}}
          environment: {A: 1}       | environment: !override {B: 2} | {environment:{B:2}}
          image: a                  | image: !reset null          | {}
          """)
  void oneKey(String base, String over, String expected) {
    assertEquals(expected, merged(base, over));
  }

  @Test
  void portsAreTheSameWhenAllOfThemIs() {
    assertEquals(
        "{ports:[{mode:ingress,protocol:tcp,published:1,target:80},"
            + "{mode:ingress,protocol:udp,published:1,target:80},"
            + "{host_ip:127.0.0.1,mode:ingress,protocol:tcp,published:1,target:80}]}",
        merged("ports: ['1:80', '1:80/udp']", "ports: ['1:80', '127.0.0.1:1:80']"));
  }

  @Test
  void wholeServicesAndSectionsCanBeTakenAway() {
    Mapping base = YamlReader.read("f", "services: {a: {image: x}, b: {image: y}}").get(0);
    Mapping over =
        YamlReader.read("f", "services: {a: !reset , c: {image: z}}\nnetworks: {n: {}}").get(0);
    assertEquals(
        "{\"networks\":{\"n\":{}},\"services\":{\"b\":{\"image\":\"y\"},"
            + "\"c\":{\"image\":\"z\"}}}",
        DocumentText.json(Merge.documents(base, over)));
  }
}
