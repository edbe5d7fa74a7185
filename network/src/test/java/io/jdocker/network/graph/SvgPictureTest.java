package io.jdocker.network.graph;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The picture as SVG: read by a parser of XML, so that what is not well-formed fails. */
class SvgPictureTest {
  private static Document read(Survey survey) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(SvgPicture.draw(survey))));
  }

  private static List<String> texts(Document picture) {
    List<String> texts = new ArrayList<>();
    NodeList all = picture.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent());
    }
    return texts;
  }

  private static List<Element> elements(Document picture, String tag, String style) {
    List<Element> found = new ArrayList<>();
    NodeList all = picture.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (List.of(element.getAttribute("class").split(" ", -1)).contains(style)) {
        found.add(element);
      }
    }
    return found;
  }

  @Test
  void anEmptyHostIsAPictureToo() throws Exception {
    Document picture = read(SurveyOnPaper.of(PlaceOnPaper.host()));
    assertTrue(texts(picture).contains("host"), texts(picture).toString());
    assertEquals(0, picture.getElementsByTagName("path").getLength());
  }

  @Test
  void aPairIsOneWireAndABridgeOneBox() throws Exception {
    Document picture = read(TownFixture.oneContainer());
    assertEquals(1, elements(picture, "path", "wire").size());
    assertEquals(1, elements(picture, "rect", "bridge").size());
    assertEquals(0, elements(picture, "rect", "foreign").size());
    List<String> texts = texts(picture);
    for (String line :
        List.of(
            "vethweb #4",
            "172.18.0.2/16",
            "container web",
            "0.0.0.0:8080 -> 80/tcp",
            "uplink, default route via 192.0.2.1")) {
      assertTrue(texts.contains(line), line + " in " + texts);
    }
  }

  @Test
  void aBoxIsInsideOfThePicture() throws Exception {
    for (Survey survey : List.of(TownFixture.oneContainer(), TownFixture.foreigners())) {
      Document picture = read(survey);
      int width = Integer.parseInt(picture.getDocumentElement().getAttribute("width"));
      int height = Integer.parseInt(picture.getDocumentElement().getAttribute("height"));
      NodeList boxes = picture.getElementsByTagName("rect");
      for (int i = 0; i < boxes.getLength(); i++) {
        Element box = (Element) boxes.item(i);
        assertTrue(number(box, "x") + number(box, "width") <= width);
        assertTrue(number(box, "y") + number(box, "height") <= height);
      }
    }
  }

  private static int number(Element element, String name) {
    return Integer.parseInt(element.getAttribute(name));
  }

  @Test
  void markupInNamesIsText() throws Exception {
    List<String> texts = texts(read(TownFixture.foreigners()));
    assertTrue(texts.contains("virbr\"<&> #7"), texts.toString());
    assertTrue(texts.contains("process 12 (a \"b\" <c>)"), texts.toString());
  }

  @Test
  void foreignPlacesAreDashedAndAPairBetweenThemIsOneBow() throws Exception {
    Document picture = read(TownFixture.foreigners());
    assertEquals(4, elements(picture, "rect", "foreign").size(), "two places, two host links");
    assertEquals(2, elements(picture, "path", "wire").size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xb, 0x1b, 0x1f, 0xd800, 0xfffe, 0xffff})
  void whatXmlCannotSayIsReplaced(int character) throws Exception {
    String name = "a" + (char) character + "b";
    Document picture =
        read(SurveyOnPaper.of(PlaceOnPaper.host().with(link(2, name).kind("veth").foreign())));
    String shown = texts(picture).stream().filter(t -> t.endsWith(" #2")).findFirst().orElseThrow();
    assertEquals("a\ufffdb #2", shown);
  }

  @Test
  void numbersAreDigitsInEveryLocale() throws Exception {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      String picture = SvgPicture.draw(TownFixture.oneContainer());
      assertFalse(
          picture.codePoints().anyMatch(c -> c > 127 && Character.isDigit(c)), "of this locale");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
