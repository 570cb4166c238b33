package bpfmc.explorer.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Origin;
import bpfmc.explorer.report.Unreadable;
import bpfmc.explorer.verdict.Level;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What machines read is as their schemas say: SARIF's published one, the common one of JUnit XML, our own for JSON. */
class SchemaTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static List<CheckReport> reports() {
        return List.of(Reported.all(), Reported.of(FailOn.ERROR, Lists.immutable.empty(), "lock/read_outside"),
                Reported.of(FailOn.WARNING, Lists.immutable.empty(), "nesting/perf_over_uprobe", "clock/refill_wraps"),
                Reported.of(FailOn.WARNING, Lists.immutable.empty()),
                Reported.of(FailOn.WARNING, Lists.immutable.with(new Unreadable("a\u0001 b#%.o", "<no> \"such\"\r\n & file \u0000"))));
    }

    private static Schema schema(SpecificationVersion version, String text) {
        return SchemaRegistry.withDefaultDialect(version).getSchema(MAPPER.readTree(text));
    }

    private static String sarifSchema() throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void sarifIsValid(CheckReport report) throws IOException {
        Schema schema = schema(SpecificationVersion.DRAFT_7, sarifSchema());
        assertThat(schema.validate(MAPPER.readTree(SarifReport.of(report)))).extracting(Error::toString).isEmpty();
    }

    @Test
    void sarifSchemaRefusesWhatIsNoSarif() throws IOException {
        Schema schema = schema(SpecificationVersion.DRAFT_7, sarifSchema());
        String broken = SarifReport.of(Reported.all()).replace("\"executionOrder\" : 1,", "\"executionOrder\" : \"first\",");
        assertThat(schema.validate(MAPPER.readTree(broken))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void jsonIsValid(CheckReport report) {
        Schema schema = schema(SpecificationVersion.DRAFT_2020_12, Schemas.report());
        assertThat(schema.validate(MAPPER.readTree(JsonReport.of(report)))).extracting(Error::toString).isEmpty();
    }

    @Test
    void jsonSchemaRefusesWhatIsNoReport() {
        Schema schema = schema(SpecificationVersion.DRAFT_2020_12, Schemas.report());
        String json = JsonReport.of(Reported.all());
        assertThat(schema.validate(MAPPER.readTree(json.replace("\"version\" : 1,", "\"version\" : 2,")))).isNotEmpty();
        assertThat(schema.validate(MAPPER.readTree(json.replace("\"pending\"", "\"waiting\"")))).isNotEmpty();
        assertThat(schema.validate(MAPPER.readTree(json.replace("\"verdict\" : \"holds\"", "\"verdict\" : \"OK\"")))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void junitXmlIsValid(CheckReport report) throws SAXException, IOException {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(SchemaTest.class.getResource("junit.xsd"));
        for (var inconclusive : JUnitReport.Inconclusive.values()) {
            schema.newValidator().validate(new StreamSource(new StringReader(JUnitReport.of(report, inconclusive))));
        }
    }

    @Test
    void junitCountsWhatItLists() throws Exception {
        for (var inconclusive : JUnitReport.Inconclusive.values()) {
            var suites = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(JUnitReport.of(Reported.all(), inconclusive)))).getDocumentElement();
            assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(7);
            assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(4);
            boolean errors = inconclusive == JUnitReport.Inconclusive.ERROR;
            assertThat(suites.getElementsByTagName("error").getLength()).isEqualTo(errors ? 2 : 1);
            assertThat(suites.getElementsByTagName("skipped").getLength()).isEqualTo(errors ? 0 : 1);
        }
    }

    @Test
    void sarifTellsTheOrderOfAllSteps() {
        CheckReport report = Reported.all();
        JsonNode results = MAPPER.readTree(SarifReport.of(report)).at("/runs/0/results");
        JsonNode result = results.valueStream().filter(r -> r.has("codeFlows")).findFirst().orElseThrow();
        var orders = Lists.mutable.<Integer>empty();
        for (JsonNode thread : result.at("/codeFlows/0/threadFlows")) {
            thread.get("locations").forEach(l -> orders.add(l.get("executionOrder").asInt()));
        }
        int steps = report.reports().getFirst().problems().getFirst().fault().counterexample().steps().size();
        assertThat(orders.toSortedList()).isEqualTo(Lists.mutable.withAll(java.util.stream.IntStream.rangeClosed(1, steps).boxed().toList()));
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString()).isEqualTo("specs/lock/hash_elem_no_lock.bpf.c");
    }

    @Test
    void warningsAreWarningsInEveryFormat() {
        CheckReport report = Reported.of(FailOn.ERROR, Lists.immutable.empty(), "lock/read_outside");
        assertThat(report.reports().getFirst().problems()).allSatisfy(p -> assertThat(p.fault().finding().level()).isEqualTo(Level.WARNING));
        assertThat(MAPPER.readTree(SarifReport.of(report)).at("/runs/0/results/0/level").asString()).isEqualTo("warning");
        assertThat(GitHubReport.of(report)).startsWith("::warning file=");
        assertThat(MAPPER.readTree(JsonReport.of(report)).at("/scope/failOn").asString()).isEqualTo("error");
    }

    @Test
    void nothingReadIsNeverAProof() {
        CheckReport report = Reported.of(FailOn.WARNING, Lists.immutable.with(new Unreadable("a.o", "a.o: no such file")));
        for (ReportFormat format : ReportFormats.all()) {
            String text = format.writer().apply(report).replaceAll("(?s)<style>.*</style>", "");
            assertThat(text.toLowerCase(java.util.Locale.ROOT)).as(format.name()).doesNotContain("holds");
        }
    }

    @Test
    void sourceNamesAreRelativeToTheFolder() {
        var origin = new Origin("1", Path.of("/home/me/src"));
        assertThat(origin.source("./a/../b.c")).isEqualTo("b.c");
        assertThat(origin.source("/home/me/src/x/b.c")).isEqualTo("x/b.c");
        assertThat(origin.source("/usr/include/b.h")).isEqualTo("/usr/include/b.h");
        assertThat(Json.uri("/usr/a b.h")).isEqualTo("file:///usr/a%20b.h");
        assertThat(Json.uri("a b#c.h")).isEqualTo("a%20b%23c.h");
    }
}
