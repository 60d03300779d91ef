package io.engram.deploy;

import java.io.IOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** A module's {@code pom.xml}. */
final class Pom {

  private Pom() {}

  static Document of(String module) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(Repository.path(module + "/pom.xml").toFile());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of the first node. */
  static String value(Document pom, String path) {
    try {
      return XPathFactory.newInstance().newXPath().evaluate(path, pom);
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
