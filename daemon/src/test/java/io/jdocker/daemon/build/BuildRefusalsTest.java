package io.jdocker.daemon.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a build is asked for and cannot be: said before anything of the context is read. */
final class BuildRefusalsTest {
  @TempDir Path folder;
  private ApiFixture api;

  @BeforeEach
  void open() throws Exception {
    api = ApiFixture.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    api.close();
  }

  private Answer build(String query) throws Exception {
    return api.call("POST", "/build?" + query, "application/x-tar", "not a tar");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "version=2 | 501 | BuildKit's protocol is not supported",
        "remote=https://example.com/x.git | 501 | a build context by its address",
        "memory=1048576 | 501 | build with memory is not supported",
        "memswap=-1 | 501 | build with memswap is not supported",
        "cpushares=2 | 501 | build with cpushares is not supported",
        "cpuperiod=2 | 501 | build with cpuperiod is not supported",
        "cpuquota=2 | 501 | build with cpuquota is not supported",
        "cpusetcpus=0 1 | 501 | build with cpusetcpus is not supported",
        "cgroupparent=/x | 501 | build with cgroupparent is not supported",
        "squash=1 | 501 | build with --squash is not supported",
        "platform=linux/s390x | 501 | cannot build for linux/s390x on linux/",
        "platform=a/b/c/d | 400 | is an invalid platform",
        "t=UPPER | 400 | must be lowercase",
        "t=a:b:c | 400 | invalid reference format",
        "shmsize=big | 400 | invalid value \"big\" for shmsize",
        "buildargs=[] | 400 | error reading buildargs",
        "buildargs={ | 400 | error reading buildargs",
        "buildargs={\"a\":{}} | 400 | error reading buildargs",
        "labels=7 | 400 | error reading labels",
        "labels={\"a\":[\"b\",\"c\"]} | 400 | error reading labels",
      })
  void eachIsNamed(String query, int status, String message) throws Exception {
    int equals = query.indexOf('=');
    Answer answer =
        build(query.substring(0, equals + 1) + ApiFixture.encode(query.substring(equals + 1)));
    assertEquals(status, answer.status(), answer.body());
    assertTrue(answer.message().contains(message), answer.message());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "memory=0&memswap=0&cpushares=0&cpuperiod=0&cpuquota=0&cpusetcpus=&rm=1&forcerm=1",
        "version=1&cachefrom=[]&shmsize=0&buildargs={}&labels={}&squash=0&remote=&target=",
        "version=1&buildargs=null&labels=null&remote=client-session&networkmode=default",
      })
  void whatClientsSendWithoutAWishIsTaken(String query) throws Exception {
    Answer answer = build(query.replace("{", "%7B").replace("}", "%7D"));
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.message().contains("cannot read the build context"), answer.message());
  }

  @Test
  void anEmptyCacheCanBePruned() throws Exception {
    Answer answer = api.post("/build/prune", "");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("{\"CachesDeleted\":[],\"SpaceReclaimed\":0}", answer.body().strip());
  }
}
