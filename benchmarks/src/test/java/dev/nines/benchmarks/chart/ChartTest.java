package dev.nines.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("bare", 1_000.0);
    values.put("a < b & c", 250.0);
    Document svg = parse(new BarChart("Requests & more", values).svg());

    double first = width(svg, 1);
    assertThat(width(svg, 2)).isCloseTo(first / 4, offset(0.1));
    assertThat(svg.getDocumentElement().getTextContent()).contains("a < b & c", "1,000", "250");
  }

  @Test
  void curvesRiseWithTheirValues() throws Exception {
    Document svg = parse(new LineChart(
            "Heap", "how many", Map.of("routes", new TreeMap<>(Map.of(1, 0.0, 10, 5.0, 100, 10.0))))
        .svg());

    String points = ((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points");
    assertThat(points).isEqualTo("80.0,272.0 315.0,160.0 550.0,48.0");
  }

  private static double width(Document svg, int index) {
    return Double.parseDouble(
        ((Element) svg.getElementsByTagName("rect").item(index)).getAttribute("width"));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
