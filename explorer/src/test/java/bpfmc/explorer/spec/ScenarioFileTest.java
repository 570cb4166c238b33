package bpfmc.explorer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.model.InputException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ScenarioFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        Files.writeString(folder.resolve("a.o"), "");
        return Files.writeString(folder.resolve("s.yaml"), text);
    }

    @Test
    void aFileIsOneScenarioOrHasSeveral() throws IOException {
        assertThat(ScenarioFile.read(file("object: a.o\n"))).singleElement().satisfies(s -> assertThat(s.name()).isEqualTo("a.o"));
        var two = ScenarioFile.read(file("object: a.o\ncpus: 3\nscenarios:\n  - name: x\n  - {name: y, cpus: 2}\n"));
        assertThat(two.collect(ScenarioSpec::name)).containsExactly("x", "y");
        assertThat(two.collect(s -> s.options().makeString(" "))).containsExactly("--cpus 3", "--cpus 2");
    }

    @Test
    void keysAreTheOptionsOfCheck() throws IOException {
        var one = ScenarioFile.read(file("""
                object: a.o
                waive: [calls-under-lock, one-lock-held]
                preempt: true
                context: {probe: hardirq}
                user: update m lock
                """)).getOnly();
        assertThat(one.options()).containsExactly("--waive", "calls-under-lock", "--waive", "one-lock-held", "--preempt", "--context", "probe=hardirq",
                "--user", "update m lock");
    }

    @Test
    void agentsStandOnTheirCpus() throws IOException {
        var agents = ScenarioFile.read(file("object: a.o\nagents:\n  - program: p\n  - {user: lookup m, cpu: 0, level: task, runs: 2}\n")).getOnly().agents();
        assertThat(agents.collect(AgentSpec::program)).containsExactly("p", "user:lookup m");
        assertThat(agents.getLast().runs()).isEqualTo(2);
        assertThat(agents.getLast().place()).endsWith("s.yaml:4:5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "objct: a.o|s.yaml:1:1: there is no key 'objct'; did you mean 'object'?",
        "cpus: 2|s.yaml:1:1: which object?",
        "object: b.o|s.yaml:1:9: there is no file",
        "object: a.o, cpus: two|s.yaml:1:21: 'two' is no number",
        "object: a.o, cpus: -1|-1 is negative",
        "object: a.o, preempt: maybe|'maybe' is neither true nor false",
        "object: a.o, object: a.o|the key 'object' stands here twice",
        "object: a.o, expect: hold|there is no verdict 'hold'; did you mean 'holds'?",
        "object: a.o, expect: {violated: [x], holds: []}|expected one verdict",
        "object: a.o, agents: []|there is no agent",
        "object: a.o, agents: [{cpu: 0}]|say 'program: NAME' or 'user: CALL'",
        "object: a.o, agents: [{program: p, level: nmy}]|there is no level 'nmy'; did you mean 'nmi'?",
        "object: a.o, agents: [{program: p, cpu: 64}]|64 is out of range: 0 to 63",
        "object: a.o, agents: [{program: p, cpu: all}]|'all' is no CPU: 0 to 63, or any",
        "object: a.o, agents: [{program: p, runs: 0}]|0 is out of range",
        "object: a.o, scenarios: []|there is no scenario",
        "object: a.o, scenarios: [{cpus: 2}, {cpus: 3}]|there are two scenarios 'a.o'",
        "object: [[a.o]]|expected a word", "object: []|which object?", "object: [a.o, b.o]|there is no file"})
    void whatIsWrongIsToldWithItsPlace(String flow, String message) throws IOException {
        Path file = file("{" + flow + "}");
        String expected = message.replace("s.yaml:1:", "s.yaml:1:");
        assertThatThrownBy(() -> ScenarioFile.read(file)).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(e.getMessage().replaceAll("s.yaml:1:\\d+", "s.yaml:1:N")).contains(expected.replaceAll("s.yaml:1:\\d+", "s.yaml:1:N")));
    }

    @Test
    void brokenYamlIsAnErrorWithItsPlace() throws IOException {
        Path broken = file("object: a.o\nagents: [\n");
        assertThatThrownBy(() -> ScenarioFile.read(broken)).isInstanceOf(InputException.class).hasMessageContaining("s.yaml:3:1");
        Path empty = file("");
        assertThatThrownBy(() -> ScenarioFile.read(empty)).isInstanceOf(InputException.class).hasMessageContaining("empty");
        assertThatThrownBy(() -> ScenarioFile.read(folder.resolve("no.yaml"))).isInstanceOf(InputException.class).hasMessageContaining("no such file");
    }

    @Test
    void theSchemaKnowsTheKeysThatTheReaderKnows() {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JsonMapper.shared().readTree(ScenarioSchema.text()));
        var keys = JsonMapper.shared().readTree(ScenarioSchema.text()).at("/$defs/scenario/properties").propertyNames();
        assertThat(keys).containsExactlyInAnyOrderElementsOf(Keys.ofScenario());
        assertThat(JsonMapper.shared().readTree(ScenarioSchema.text()).at("/$defs/agent/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(Keys.OF_AGENT);
        assertThat(schema.validate(JsonMapper.shared().readTree("{\"object\": \"a.o\", \"expect\": {\"violated\": [\"data-race\"]}}"))).isEmpty();
        assertThat(schema.validate(JsonMapper.shared().readTree("{\"object\": \"a.o\", \"expekt\": \"holds\"}"))).isNotEmpty();
        assertThat(schema.validate(JsonMapper.shared().readTree("{\"object\": \"a.o\", \"expect\": \"hold\"}"))).isNotEmpty();
    }
}
