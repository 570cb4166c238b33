package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the accesses to a field have in common, and who is blamed. */
class CausesTest {
    private static final String ODD = "../specs/race/odd_one_out.bpf.o";

    @TempDir
    private Path folder;

    private static JsonNode report(String object) {
        return JsonMapper.shared().readTree(Cli.run("check", "--format", "json", object).out());
    }

    private static Stream<JsonNode> in(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String blamed(String format) {
        return Cli.run("check", "--format", format, ODD).out();
    }

    /** The line that forgets the lock, by its text. */
    private static int oddLine() throws IOException {
        var lines = Files.readAllLines(Path.of(ODD.replace(".o", ".c")));
        return lines.lastIndexOf("\tflow->bytes += skb->len; // expect: data-race, lost-update") + 1;
    }

    @Test
    void findingsWithOneCauseAreOneProblemAndNameTheLineThatForgetsTheLock() throws IOException {
        JsonNode report = report(ODD);
        assertThat(report.get("problems")).hasSize(1);
        JsonNode problem = report.get("problems").get(0);
        assertThat(problem.get("cause").get("message").asString())
                .isEqualTo("flows[key].bytes: three of four accesses hold flows[key].lock; redirected line " + oddLine() + " does not.");
        assertThat(in(problem.get("cause").get("accesses")).filter(a -> a.get("odd").asBoolean()).map(a -> a.get("program").asString())).containsExactly("redirected");
        assertThat(in(problem.get("blamed")).map(b -> b.get("line").asInt())).containsOnly(oddLine());
        assertThat(problem.get("fix").asString()).isEqualTo("take flows[key].lock around redirected line " + oddLine()
                + ":   bpf_spin_lock(&flow->lock); flow->bytes += skb->len; bpf_spin_unlock(&flow->lock)");
        assertThat(problem.get("scenarios").asInt()).isEqualTo(4);
    }

    @Test
    void annotationsAndSarifPointAtTheLineThatForgetsTheLock() throws IOException {
        int odd = oddLine();
        assertThat(blamed("github").lines()).singleElement().satisfies(l -> assertThat(l).contains("odd_one_out.bpf.c,line=" + odd + ","));
        JsonNode result = JsonMapper.shared().readTree(blamed("sarif")).get("runs").get(0).get("results").get(0);
        assertThat(in(result.get("locations")).map(l -> l.get("physicalLocation").get("region").get("startLine").asInt())).containsOnly(odd);
        assertThat(in(result.get("relatedLocations")).map(l -> l.get("physicalLocation").get("region").get("startLine").asInt())).isNotEmpty()
                .anyMatch(n -> n < odd);
    }

    @Test
    void idsNameTheProgramsThatTakePart() {
        JsonNode problem = report(ODD).get("problems").get(0);
        assertThat(Stream.concat(Stream.of(problem.get("id")), in(problem.get("sameCause"))).map(JsonNode::asString)).contains(
                "lost-update/flows.bytes/ingress+redirected", "lost-update/flows.bytes/redirected+redirected", "data-race/flows.bytes/redirected+reset")
                .allMatch(id -> id.contains("redirected"));
    }

    /** The odd access is an atomic one's neighbour. */
    @Test
    void aPlainAccessAmongAtomicOnesIsBlamed() {
        JsonNode cause = report("../specs/atomics/add_plain_read.bpf.o").get("problems").get(0).get("cause");
        assertThat(cause.get("message").asString()).contains("one of two accesses is atomic; ");
    }

    /** Where nothing orders any of them, none is to blame more than another. */
    @Test
    void allAreBlamedWhereNothingOrdersAny() {
        JsonNode problem = report("../specs/lock/hash_elem_no_lock.bpf.o").get("problems").get(0);
        assertThat(in(problem.get("cause").get("accesses")).noneMatch(a -> a.get("odd").asBoolean())).isTrue();
        assertThat(problem.get("blamed").size()).isEqualTo(2);
    }

    /** An atomic addition does not mend what a plain store does to the same field. */
    @Test
    void whatMendsOneAccessOfSeveralIsNoFix() {
        assertThat(report("../specs/bench/twelve.bpf.o").get("problems").get(1).get("fix").asString()).startsWith("__sync_fetch_and_add(count, 1), or ");
        JsonNode updated = JsonMapper.shared().readTree(Cli.run("check", "--format", "json", "--user", "update:drops", "../specs/bench/twelve.bpf.o").out());
        assertThat(in(updated.get("problems")).filter(p -> p.get("title").asString().contains("drops"))).singleElement().satisfies(p -> {
            assertThat(p.get("cause").get("accesses").size()).isEqualTo(2);
            assertThat(p.get("fix").asString()).startsWith("an atomic operation");
        });
    }

    /** User space takes the lock of an element by a flag, not by a helper. */
    @Test
    void aSystemCallTakesTheLockByItsFlag() {
        JsonNode read = JsonMapper.shared().readTree(Cli.run("check", "--format", "json", "--user", "lookup:totals", "../specs/bench/twelve.bpf.o").out());
        assertThat(in(read.get("problems")).filter(p -> p.get("title").asString().contains("totals"))).singleElement()
                .satisfies(p -> assertThat(p.get("fix").asString()).isEqualTo("say BPF_F_LOCK in user:lookup totals"));
    }

    /** Grouping is for readers: a race that stands below a lost update is not fixed. */
    @Test
    void whatIsComparedAreFindings() throws IOException {
        Path old = folder.resolve("old.json");
        JsonNode whole = report("../specs/lock/hash_elem_no_lock.bpf.o");
        Files.writeString(old, whole.toString().replace("lost-update/hash_map.cnt/count+count", "data-race/hash_map.cnt/count+count"));
        String since = Cli.run("check", "-q", "--compare", old.toString(), "../specs/lock/hash_elem_no_lock.bpf.o").out();
        assertThat(since).contains("fixed               none", "new                 1\n  hash_elem_no_lock.bpf.o: lost-update/hash_map.cnt/count+count")
                .contains("still open          1\n  hash_elem_no_lock.bpf.o: data-race/hash_map.cnt/count+count");
    }
}
