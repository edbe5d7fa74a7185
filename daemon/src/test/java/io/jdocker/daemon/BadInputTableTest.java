package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each endpoint says to what it cannot take: one line that names it, never a 500, and nothing
 * is made. The texts are Docker's where it has one.
 */
class BadInputTableTest {
  @TempDir static Path folder;
  private static ApiFixture api;

  @BeforeAll
  static void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image("bb:1", "CMD [\"sh\"]");
    api.container("c1", "{\"Image\":\"bb:1\"}");
  }

  @AfterAll
  static void close() throws IOException {
    api.close();
  }

  /** What was made by mistake is taken away again, so that only its own test fails. */
  @AfterEach
  void nothingWasMade() throws IOException {
    Answer left = api.get("/containers/json?all=1");
    api.delete("/containers/wrong");
    api.delete("/containers/deep");
    api.delete("/networks/n");
    assertEquals(1, left.array().size(), left.body());
    assertEquals(1, api.get("/images/json").array().size());
    assertEquals(0, api.get("/volumes").object().getAsJsonArray("Volumes").size());
    assertEquals(4, api.get("/networks").array().size());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET    | /containers/nope/json              | 404 | No such container: nope
          POST   | /containers/nope/start             | 404 | No such container: nope
          POST   | /containers/nope/stop?t=1          | 404 | No such container: nope
          POST   | /containers/nope/restart           | 404 | No such container: nope
          POST   | /containers/nope/kill              | 404 | No such container: nope
          POST   | /containers/nope/wait              | 404 | No such container: nope
          POST   | /containers/nope/pause             | 404 | No such container: nope
          POST   | /containers/nope/unpause           | 404 | No such container: nope
          POST   | /containers/nope/rename?name=x1    | 404 | No such container: nope
          POST   | /containers/nope/resize?h=1&w=1    | 404 | No such container: nope
          POST   | /containers/nope/attach?stdout=1   | 404 | No such container: nope
          GET    | /containers/nope/logs?stdout=1     | 404 | No such container: nope
          GET    | /containers/nope/top               | 404 | No such container: nope
          GET    | /containers/nope/stats?stream=0    | 404 | No such container: nope
          DELETE | /containers/nope                   | 404 | No such container: nope
          DELETE | /containers/nope?force=1           | 404 | No such container: nope
          GET    | /containers/%00/json               | 404 | No such container: \\u0000
          GET    | /containers/..%2f..%2fetc/json     | 404 | No such container: ../../etc
          GET    | /containers/c1%0a/json             | 404 | No such container: c1\\n
          GET    | /exec/nope/json                    | 404 | No such exec instance: nope
          POST   | /exec/nope/resize?h=1&w=1          | 404 | No such exec instance: nope
          GET    | /images/nope/json                  | 404 | No such image: nope:latest
          GET    | /images/nope:2/json                | 404 | No such image: nope:2
          GET    | /images/nope/history               | 404 | No such image: nope:latest
          DELETE | /images/nope                       | 404 | No such image: nope:latest
          GET    | /containers/json?filters=%7B%22before%22:[%22nope%22]%7D | 404 | No such container: nope
          GET    | /containers/json?filters=%7B%22since%22:[%22nope%22]%7D  | 404 | No such container: nope
          POST   | /images/nope/tag?repo=x            | 404 | No such image: nope:latest
          GET    | /networks/nope                     | 404 | network nope not found
          DELETE | /networks/nope                     | 404 | network nope not found
          DELETE | /networks/bridge                   | 403 | bridge is a pre-defined network and cannot be removed
          DELETE | /networks/host                     | 403 | host is a pre-defined network and cannot be removed
          DELETE | /networks/none                     | 403 | none is a pre-defined network and cannot be removed
          GET    | /volumes/nope                      | 404 | get nope: no such volume
          DELETE | /volumes/nope                      | 404 | get nope: no such volume
          """)
  void whatIsNotThere(String method, String path, int status, String message) throws IOException {
    Answer answer = api.call(method, path, "", "");
    assertEquals(
        status + " {\"message\":\"" + message + "\"}\n", answer.status() + " " + answer.body());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET    | /containers/json?limit=x                                 | invalid value
          GET    | /containers/json?filters=x                               | not a JSON object
          GET    | /containers/json?filters=[]                              | not a JSON object
          GET    | /containers/json?filters=1                               | not a JSON object
          GET    | /containers/json?filters=%7B%22nope%22:[%221%22]%7D      | Invalid filter 'nope'
          GET    | /containers/json?filters=%7B%22status%22:[%22up%22]%7D   | Invalid filter 'status=up'
          GET    | /containers/json?filters=%7B%22exited%22:[%22x%22]%7D    | Invalid filter 'exited=x'
          GET    | /containers/json?filters=%7B%22publish%22:[%22x%22]%7D   | Invalid filter 'publish=x'
          GET    | /containers/json?filters=%7B%22label%22:[1,%7B%7D]%7D    | not a text
          GET    | /containers/json?filters=%7B%22label%22:%7B%22a%22:1     | not a JSON object
          GET    | /images/json?filters=%7B%22dangling%22:[%22maybe%22]%7D  | Invalid filter 'dangling=maybe'
          GET    | /images/json?filters=%7B%22nope%22:[%221%22]%7D          | Invalid filter 'nope'
          GET    | /networks?filters=%7B%22nope%22:[%221%22]%7D             | Invalid filter 'nope'
          GET    | /networks?filters=%7B%22type%22:[%22odd%22]%7D           | type
          GET    | /volumes?filters=%7B%22nope%22:[%221%22]%7D              | Invalid filter 'nope'
          GET    | /volumes?filters=%7B%22dangling%22:[%22maybe%22]%7D      | Invalid filter 'dangling=maybe'
          POST   | /containers/prune?filters=%7B%22status%22:[%22x%22]%7D   | Invalid filter 'status'
          POST   | /images/prune?filters=%7B%22nope%22:[%22x%22]%7D         | Invalid filter 'nope'
          POST   | /networks/prune?filters=%7B%22driver%22:[%22x%22]%7D     | Invalid filter 'driver'
          POST   | /volumes/prune?filters=%7B%22name%22:[%22x%22]%7D        | Invalid filter 'name'
          POST   | /containers/prune?filters=%7B%22until%22:[%22x%22]%7D    | failed to parse value as time
          GET    | /events?filters=%7B%22nope%22:[%221%22]%7D&until=1       | Invalid filter 'nope'
          GET    | /events?since=yesterday&until=1                          | yesterday
          GET    | /events?since=1&until=later                              | later
          POST   | /containers/c1/stop?t=soon                               | soon
          POST   | /containers/c1/kill?signal=FOO                           | Invalid signal: FOO
          POST   | /containers/c1/kill?signal=99                            | Invalid signal: 99
          POST   | /containers/c1/kill?signal=-1                            | Invalid signal: -1
          POST   | /containers/c1/wait?condition=never                      | never
          POST   | /containers/c1/rename                                    | Neither old nor new names may be empty
          POST   | /containers/c1/rename?name=                              | Neither old nor new names may be empty
          POST   | /containers/c1/rename?name=-x                            | Invalid container name (-x)
          POST   | /containers/c1/rename?name=c1                            | same name
          GET    | /containers/c1/logs                                      | Bad parameters: you must choose at least one stream
          GET    | /containers/c1/logs?stdout=1&since=x                     | x
          GET    | /images/get                                              |
          POST   | /images/bb:1/tag                                         |
          POST   | /images/bb:1/tag?repo=UPPER                              | repository name
          POST   | /images/bb:1/tag?repo=x&tag=-y                           | invalid
          POST   | /containers/create?name=x                                |
          """)
  void aWrongParameter(String method, String path, String named) throws IOException {
    Answer answer = api.call(method, path, "application/json", "");
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.message().contains(named == null ? "" : named), answer.body());
    assertTrue(answer.message().lines().count() == 1, answer.body());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Image":"bb:1","Env":"A=1"}
          {"Image":"bb:1","Env":[1,{}]}
          {"Image":"bb:1","Cmd":{"a":1}}
          {"Image":"bb:1","Tty":"yes"}
          {"Image":"bb:1","Tty":1}
          {"Image":7}
          {"Image":["bb:1"]}
          {"Image":"bb:1","Labels":["a"]}
          {"Image":"bb:1","Labels":{"a":{}}}
          {"Image":"bb:1","ExposedPorts":["80"]}
          {"Image":"bb:1","ExposedPorts":{"x":{}}}
          {"Image":"bb:1","ExposedPorts":{"99999/tcp":{}}}
          {"Image":"bb:1","StopTimeout":"10"}
          {"Image":"bb:1","StopTimeout":1e99}
          {"Image":"bb:1","HostConfig":[]}
          {"Image":"bb:1","HostConfig":"x"}
          {"Image":"bb:1","HostConfig":{"Memory":"64m"}}
          {"Image":"bb:1","HostConfig":{"Memory":1.5}}
          {"Image":"bb:1","HostConfig":{"Memory":99999999999999999999}}
          {"Image":"bb:1","HostConfig":{"Memory":-1}}
          {"Image":"bb:1","HostConfig":{"Memory":1024}}
          {"Image":"bb:1","HostConfig":{"NanoCpus":-5}}
          {"Image":"bb:1","HostConfig":{"PortBindings":{"80/tcp":{}}}}
          {"Image":"bb:1","HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"x"}]}}}
          {"Image":"bb:1","HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"70000"}]}}}
          {"Image":"bb:1","HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"nowhere"}]}}}
          {"Image":"bb:1","HostConfig":{"PortBindings":{"80/odd":[{}]}}}
          {"Image":"bb:1","HostConfig":{"Binds":["nocolon"]}}
          {"Image":"bb:1","HostConfig":{"Binds":["/a:rel"]}}
          {"Image":"bb:1","HostConfig":{"Binds":["/a:/b:odd"]}}
          {"Image":"bb:1","HostConfig":{"Binds":["/a:/"]}}
          {"Image":"bb:1","HostConfig":{"Binds":["a b:/x"]}}
          {"Image":"bb:1","HostConfig":{"Binds":["/a:/x","/b:/x"]}}
          {"Image":"bb:1","HostConfig":{"Mounts":[{"Type":"bind","Target":"/x"}]}}
          {"Image":"bb:1","HostConfig":{"Mounts":[{"Type":"bind","Source":"/nope-x","Target":"/x"}]}}
          {"Image":"bb:1","HostConfig":{"Mounts":[{"Type":"volume","Target":""}]}}
          {"Image":"bb:1","HostConfig":{"Mounts":[{"Type":"odd","Target":"/x"}]}}
          {"Image":"bb:1","HostConfig":{"Tmpfs":{"rel":""}}}
          {"Image":"bb:1","HostConfig":{"CapAdd":["NO_SUCH_CAP"]}}
          {"Image":"bb:1","HostConfig":{"SecurityOpt":["odd"]}}
          {"Image":"bb:1","HostConfig":{"SecurityOpt":["seccomp=not json"]}}
          {"Image":"bb:1","HostConfig":{"RestartPolicy":{"Name":"odd"}}}
          {"Image":"bb:1","HostConfig":{"RestartPolicy":{"Name":"always","MaximumRetryCount":3}}}
          {"Image":"bb:1","HostConfig":{"AutoRemove":true,"RestartPolicy":{"Name":"always"}}}
          {"Image":"bb:1","HostConfig":{"Dns":["nowhere"]}}
          {"Image":"bb:1","HostConfig":{"ExtraHosts":["nocolon"]}}
          {"Image":"bb:1","HostConfig":{"ShmSize":-1}}
          {"Image":"bb:1","HostConfig":{"PidMode":"odd"}}
          {"Image":"bb:1","HostConfig":{"IpcMode":"odd"}}
          {"Image":"bb:1","HostConfig":{"NetworkMode":"container:"}}
          {"Image":"bb:1","HostConfig":{"Ulimits":[{"Name":"odd","Hard":1,"Soft":1}]}}
          {"Image":"bb:1","HostConfig":{"Sysctls":{"kernel.hostname":"x"}}}
          {"Image":"bb:1","WorkingDir":"rel"}
          {"Image":"bb:1","StopSignal":"SIGODD"}
          {"Image":"bb:1","Env":["=x"]}
          {"Image":"bb:1","MacAddress":"zz"}
          {"Image":"bb:1","Healthcheck":{"Test":["ODD"]}}
          {"Image":"bb:1","Healthcheck":{"Test":["CMD","x"],"Interval":1}}
          {"Image":"bb:1","NetworkingConfig":{"EndpointsConfig":{"own":{"IPAMConfig":{"IPv4Address":"1.2.3"}}}}}
          """)
  void aContainerThatCannotBe(String body) throws IOException {
    Answer answer = api.post("/containers/create?name=wrong", body);
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.message().lines().count() == 1, answer.body());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /networks/create            | {}
          /networks/create            | {"Name":""}
          /networks/create            | {"Name":7}
          /networks/create            | {"Name":"a b"}
          /networks/create            | {"Name":"n","IPAM":{"Config":[{"Subnet":"10.1.1.1/33"}]}}
          /networks/create            | {"Name":"n","IPAM":{"Config":[{"Subnet":"x"}]}}
          /networks/create            | {"Name":"n","IPAM":{"Config":[{"Subnet":"10.5.0.0/24","Gateway":"10.6.0.1"}]}}
          /networks/create            | {"Name":"n","IPAM":{"Config":[{"Subnet":"10.5.0.0/24","IPRange":"10.6.0.0/25"}]}}
          /networks/create            | {"Name":"n","IPAM":{"Config":{}}}
          /networks/create            | {"Name":"n","Internal":"yes"}
          /networks/create            | {"Name":"n","Options":["x"]}
          /networks/create            | {"Name":"host"}
          /networks/own/connect       | {}
          /networks/own/connect       | {"Container":7}
          /networks/own/disconnect    | {}
          /volumes/create             | {"Name":"a b"}
          /volumes/create             | {"Name":"../x"}
          /volumes/create             | {"Name":"x"}
          /volumes/create             | {"Name":7}
          /volumes/create             | {"Name":"v1","Labels":["a"]}
          /containers/c1/exec         | {}
          /containers/c1/exec         | {"Cmd":[]}
          /containers/c1/exec         | {"Cmd":"ls"}
          /containers/c1/exec         | []
          """)
  void anObjectThatCannotBe(String path, String body) throws IOException {
    Answer answer = api.post(path, body);
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer.status() + answer.body());
    assertTrue(answer.message().lines().count() == 1, answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.23/info",
        "/v0.1/info",
        "/v1.52/info",
        "/v2.0/info",
        "/v1./info",
        "/v1.x/info",
        "/v.51/info",
        "/v1.511111/info",
        "/v-1.51/info",
        "/v1.51.1/info",
        "/v1,51/info"
      })
  void aVersionThatIsNotSpoken(String path) throws IOException {
    Answer answer = api.get(path);
    assertTrue(answer.status() == 400 || answer.status() == 404, answer.status() + answer.body());
  }

  @Test
  void aDocumentAsDeepAsAStackIsRefused() throws IOException {
    int depth = 100_000;
    String deep = "{\"Image\":\"bb:1\",\"Labels\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    Answer answer = api.post("/containers/create?name=deep", deep);
    assertEquals(400, answer.status(), answer.body());
    String unknown =
        "{\"Image\":7,\"Odd\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}";
    assertEquals(400, api.post("/containers/create?name=deep", unknown).status());
  }
}
