package io.jdocker.images.tar;

import static io.jdocker.images.testing.RawTar.header;
import static io.jdocker.images.testing.RawTar.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.testing.RawTar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the several places that may name a member, and its target, counts. */
final class LongNamesTest {
  private static final String LONG = "d/".repeat(120) + "name";

  @Test
  void gnusNameMayOrMayNotEndWithAZeroByte() throws Exception {
    for (String written : List.of(LONG, LONG + "\0", LONG + "\0\0junk")) {
      byte[] tar = new RawTar().member("././@LongLink", 'L', written).member("d/", '0', "").build();
      assertEquals(List.of(LONG), Members.names(tar));
    }
  }

  @Test
  void gnusNameIsForTheNextMemberAlone() throws Exception {
    byte[] tar =
        new RawTar()
            .member("././@LongLink", 'L', LONG)
            .member("a", '0', "1")
            .member("b", '0', "2")
            .build();
    assertEquals(List.of(LONG, "b"), Members.names(tar));
  }

  @Test
  void nameAndTargetMayBothBeLong() throws Exception {
    byte[] tar =
        new RawTar()
            .member("././@LongLink", 'K', LONG + "/target\0")
            .member("././@LongLink", 'L', LONG + "\0")
            .header(header("d", '2').link("d"))
            .build();
    TarEntry link = Members.first(tar);
    assertEquals(LONG, link.name());
    assertEquals(LONG + "/target", link.linkName());
  }

  @Test
  void paxOutranksGnuAndGnuTheHeader() throws Exception {
    byte[] both =
        new RawTar()
            .member("././@LongLink", 'L', "gnu")
            .member("././@LongLink", 'K', "gnu target")
            .member("pax", 'x', record("path", "pax") + record("linkpath", "pax target"))
            .header(header("header", '2').at(345, "prefix").link("header target"))
            .build();
    assertEquals("pax", Members.first(both).name());
    assertEquals("pax target", Members.first(both).linkName());
    byte[] gnu =
        new RawTar()
            .member("././@LongLink", 'L', "gnu")
            .header(header("header", '2').at(345, "prefix").link("header target"))
            .build();
    assertEquals("gnu", Members.first(gnu).name());
    assertEquals("header target", Members.first(gnu).linkName());
  }

  @Test
  void anEmptyPaxPathLeavesTheOtherName() throws Exception {
    byte[] tar =
        new RawTar().member("pax", 'x', record("path", "")).member("plain", '0', "").build();
    assertEquals(List.of("plain"), Members.names(tar));
  }

  @Test
  void paxRecordsAreForTheNextMemberAlone() throws Exception {
    byte[] tar =
        new RawTar()
            .member("pax", 'x', record("path", "a") + record("uid", "7"))
            .member("x", '0', "")
            .member("b", '0', "")
            .build();
    assertEquals(List.of("a", "b"), Members.names(tar));
    assertEquals(0, Members.read(tar).get(1).entry().uid());
  }

  @Test
  void sunsCapitalXIsAPaxHeaderToo() throws Exception {
    byte[] tar =
        new RawTar().member("pax", 'X', record("path", "sun")).member("x", '0', "").build();
    assertEquals(List.of("sun"), Members.names(tar));
  }

  @Test
  void globalHeadersAndVolumeNamesAreNoMembers() throws Exception {
    byte[] tar =
        new RawTar()
            .member("volume", 'V', "")
            .member("pax_global_header", 'g', record("path", "all") + record("uid", "9"))
            .member("f", '0', "data")
            .build();
    Members.Member file = Members.read(tar).get(0);
    assertEquals("f", file.entry().name());
    assertEquals(0, file.entry().uid());
    assertEquals("data", file.data());
  }

  @Test
  void headersThatPrecedeNothingAreNoMember() throws Exception {
    byte[] tar = new RawTar().member("pax", 'x', record("path", "a")).zeros(2).build();
    assertEquals(List.of(), Members.names(tar));
  }

  @Test
  void aHardLinkHasNoDataWhateverItsSizeSays() throws Exception {
    byte[] tar =
        new RawTar()
            .member("f", '0', "data")
            .header(header("h", '1').link("f").size(4))
            .member("next", '0', "n")
            .build();
    assertEquals(List.of("f", "h", "next"), Members.names(tar));
    TarEntry link = Members.read(tar).get(1).entry();
    assertEquals(TarType.HARD_LINK, link.type());
    assertEquals(0, link.size());
    assertEquals("f", link.linkName());
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '5', '6'})
  void onlyFilesHaveData(char type) throws Exception {
    byte[] tar =
        new RawTar()
            .member("pax", 'x', record("size", "1000"))
            .header(header("m", type).link("t").size(1000))
            .member("next", '0', "n")
            .build();
    assertEquals(List.of("m", "next"), Members.names(tar));
  }

  @Test
  void aPaxSizeOutranksTheHeaders() throws Exception {
    byte[] tar =
        new RawTar()
            .member("pax", 'x', record("size", "600"))
            .header(header("f", '0').size(7))
            .data("x".repeat(600))
            .member("next", '0', "n")
            .build();
    assertEquals("x".repeat(600), Members.read(tar).get(0).data());
    assertEquals("next", Members.read(tar).get(1).entry().name());
  }

  @Test
  void beforePosixAFolderWasAFileWithASlash() throws Exception {
    for (char type : new char[] {'0', '\0', '7'}) {
      byte[] tar = new RawTar().member("d/", type, "").member("f", type, "data").build();
      assertEquals(TarType.DIRECTORY, Members.read(tar).get(0).entry().type());
      assertEquals(TarType.FILE, Members.read(tar).get(1).entry().type());
    }
  }

  @Test
  void gnusDumpFolderHasAListAsItsData() throws Exception {
    byte[] tar = new RawTar().member("d/", 'D', "Yfile\0\0").member("f", '0', "").build();
    assertEquals(TarType.DIRECTORY, Members.first(tar).type());
    assertEquals(List.of("d/", "f"), Members.names(tar));
  }

  @Test
  void onlyDevicesHaveANumberAndOnlyLinksATarget() throws Exception {
    RawTar tar = new RawTar();
    for (char type : "034".toCharArray()) {
      tar.header(header("m", type).link("target").at(329, "0000001\0").at(337, "0000003\0"));
    }
    List<Members.Member> members = Members.read(tar.build());
    assertEquals(List.of(0L, 1L, 1L), majors(members));
    for (Members.Member member : members) {
      assertEquals("", member.entry().linkName());
    }
  }

  private static List<Long> majors(List<Members.Member> members) {
    return members.stream().map(member -> member.entry().deviceMajor()).toList();
  }

  @Test
  void onlyPermissionsAreTakenFromTheMode() throws Exception {
    byte[] tar = new RawTar().header(header("f", '0').at(100, "0104755\0")).build();
    assertEquals(04755, Members.first(tar).mode());
  }

  @ParameterizedTest
  @ValueSource(chars = {'8', '9', 'A', 'M', 'N', 'Z', '\u00ff'})
  void otherTypesAreRefusedByName(char type) {
    byte[] tar = new RawTar().header(header("odd", type)).build();
    TarFormatException e = assertThrows(TarFormatException.class, () -> Members.read(tar));
    assertEquals("unsupported tar member type '" + type + "': odd", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "4294967295", "4294967296", "x"})
  void ownersThatChownWouldMisreadAreRefused(String id) throws Exception {
    for (String key : List.of("uid", "gid")) {
      byte[] tar = new RawTar().member("pax", 'x', record(key, id)).member("f", '0', "").build();
      assertThrows(TarFormatException.class, () -> Members.read(tar), key);
    }
    byte[] most =
        new RawTar().member("pax", 'x', record("uid", "4294967294")).member("f", '0', "").build();
    assertEquals(4_294_967_294L, Members.first(most).uid());
  }
}
