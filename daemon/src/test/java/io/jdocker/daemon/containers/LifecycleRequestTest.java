package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LifecycleRequestTest {
  /** As the docker command sends it, but for the quotes. */
  private static LifecycleSpec spec(String config, String hostConfig) {
    String body = "{\"Image\":\"b\"" + comma(config) + ",\"HostConfig\":{" + hostConfig + "}}";
    CreateDocument document = new Json().read(body.replace('\'', '"'), CreateDocument.class);
    return new LifecycleRequest(document.config(), document.hostConfig(), false).spec();
  }

  private static String comma(String members) {
    return members.isEmpty() ? "" : "," + members;
  }

  @Test
  void nothingIsAskedFor() {
    assertEquals(LifecycleSpec.standard(), spec("", ""));
    assertEquals(
        LifecycleSpec.standard(),
        spec("'Healthcheck':null", "'RestartPolicy':null,'AutoRemove':false,'Init':null"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'RestartPolicy':{'Name':'','MaximumRetryCount':0}               | NO             | 0",
        "'RestartPolicy':{'Name':'no'},'AutoRemove':true                 | NO             | 0",
        "'RestartPolicy':{'Name':'always'}                               | ALWAYS         | 0",
        "'RestartPolicy':{'Name':'unless-stopped'}                       | UNLESS_STOPPED | 0",
        "'RestartPolicy':{'Name':'on-failure','MaximumRetryCount':4}     | ON_FAILURE     | 4",
        "'restartpolicy':{'name':'on-failure'}                           | ON_FAILURE     | 0",
      })
  void policies(String hostConfig, RestartPolicy.Mode mode, int count) {
    assertEquals(new RestartPolicy(mode, count), spec("", hostConfig).restart());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'RestartPolicy':{'Name':'always'},'AutoRemove':true"
            + "| can't create 'AutoRemove' container with restart policy",
        "'RestartPolicy':{'Name':'on-failure','MaximumRetryCount':-2}"
            + "| invalid restart policy: maximum retry count cannot be negative",
        "'RestartPolicy':{'Name':'always','MaximumRetryCount':2}"
            + "| invalid restart policy: maximum retry count can only be used with 'on-failure'",
        "'RestartPolicy':{'Name':'maybe'}"
            + "| invalid restart policy: unknown policy 'maybe'; use one of 'no', 'always',"
            + " 'on-failure', or 'unless-stopped'",
      })
  void wrongPolicies(String hostConfig, String message) {
    assertEquals(
        message, assertThrows(InvalidArgument.class, () -> spec("", hostConfig)).getMessage());
  }

  @Test
  void aHealthCheckIsTakenAsItIs() {
    assertEquals(
        Optional.of(
            new HealthSpec(
                List.of("CMD-SHELL", "a | b"),
                1_000_000,
                2_000_000,
                3_000_000,
                4_000_000,
                5,
                List.of())),
        spec(
                "'Healthcheck':{'Test':['CMD-SHELL','a | b'],'Interval':1000000,'Timeout':2000000,"
                    + "'StartPeriod':3000000,'StartInterval':4000000,'Retries':5}",
                "")
            .health());
  }

  @Test
  void onlyItsTimesMayBeSetAndTheRestIsTheImages() {
    HealthSpec health = spec("'Healthcheck':{'Interval':7000000}", "").health().orElseThrow();
    assertEquals(List.of(), health.test());
    assertEquals(7_000_000, health.interval());
    assertEquals(
        List.of("NONE"), spec("'Healthcheck':{'Test':['NONE']}", "").health().orElseThrow().test());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'Interval':999999       | Interval in Healthcheck cannot be less than 1ms",
        "'Interval':-1           | Interval in Healthcheck cannot be less than 1ms",
        "'Timeout':1             | Timeout in Healthcheck cannot be less than 1ms",
        "'StartPeriod':-5        | StartPeriod in Healthcheck cannot be less than 1ms",
        "'StartInterval':999     | StartInterval in Healthcheck cannot be less than 1ms",
        "'Retries':-1            | Retries in Healthcheck cannot be negative",
        "'Test':['CMD']          | Healthcheck.Test says CMD and no command",
        "'Test':['CMD-SHELL']    | Healthcheck.Test says CMD-SHELL and no command",
        "'Test':['curl','x']     | Unknown healthcheck type 'curl' (expected 'CMD', 'CMD-SHELL' or"
            + " 'NONE' as the first word of Test)",
      })
  void wrongHealthChecks(String members, String message) {
    assertEquals(
        message,
        assertThrows(InvalidArgument.class, () -> spec("'Healthcheck':{" + members + "}", ""))
            .getMessage());
  }
}
